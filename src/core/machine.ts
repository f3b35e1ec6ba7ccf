import type { Method, Sent } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { StepUpError } from './errors.js'
import type { Requirement } from './requirement.js'

/** One action in a prompt. */
export interface Waiting {
  /** What the action says of itself; `null` for a closure. */
  readonly label: string | null
  readonly requirement: Requirement
  /** Whether it survives a trip by itself. */
  readonly resumable: boolean
}

/** What a dialog shows before the proof. */
export interface Prompt {
  readonly why: 'stale' | 'no_auth_time' | 'acr' | 'challenged'
  readonly authentication: Authentication
  readonly attempt: 1 | 2
  /** 1, and one more for each method that was accepted and asks for another beside it. */
  readonly step: number
  readonly requirement: Requirement
  readonly waiting: readonly [Waiting, ...Waiting[]]
  /** Best first; empty: a dead end, to be said plainly. */
  readonly methods: readonly Method[]
}

/** What a dialog shows after the way back. */
export interface Returned {
  readonly items: readonly {
    readonly label: string | null
    /** `refused`: it will not run, and whoever listens by `useResumed` knows why. */
    readonly kind: 'run' | 'press_again' | 'refused'
  }[]
  readonly returnTo: string
}

/** How what came back ended; `unknown`: the page closed while it ran; `elsewhere`: another page took it. */
export type ResumedOutcome = 'done' | 'failed' | 'unknown' | 'elsewhere'

/** Where the step-up stands; `switch` on `status`. */
export type StepUpState =
  | { readonly status: 'idle' }
  | ({
      readonly status: 'prompting'
      readonly method: Method | null
      readonly sent: Sent | null
      readonly error: StepUpError | null
    } & Prompt)
  | ({
      readonly status: 'verifying'
      readonly method: Method
      readonly sent: Sent | null
    } & Prompt)
  | ({ readonly status: 'leaving'; readonly method: Method; readonly popup: boolean } & Prompt)
  | ({ readonly status: 'returning' } & Returned)
  | ({ readonly status: 'confirming' } & Returned)
  | ({ readonly status: 'resuming' } & Returned)
  | ({
      readonly status: 'resumed'
      readonly outcome: ResumedOutcome
      readonly error?: unknown
    } & Returned)
  | ({ readonly status: 'failed'; readonly error: StepUpError; readonly retry: boolean } & Returned)

/** What moved the state; listeners of `subscribe` get it. */
export type StepUpEvent =
  | { readonly type: 'prompted'; readonly prompt: Prompt; readonly error?: StepUpError }
  | { readonly type: 'joined'; readonly waiting: Prompt['waiting'] }
  | { readonly type: 'chosen'; readonly method: Method | null }
  | { readonly type: 'sent'; readonly sent: Sent; readonly method: Method }
  | { readonly type: 'verifying' }
  | { readonly type: 'left'; readonly method: Method; readonly popup: boolean }
  | { readonly type: 'rejected'; readonly error: StepUpError }
  | { readonly type: 'returned' }
  | { readonly type: 'proved'; readonly returned: Returned }
  | { readonly type: 'confirmed' }
  | {
      readonly type: 'resumed'
      readonly outcome: ResumedOutcome
      readonly error?: unknown
      readonly returned?: Returned
    }
  | {
      readonly type: 'failed'
      readonly error: StepUpError
      readonly retry: boolean
      readonly returned?: Returned
    }
  | { readonly type: 'closed' }

/** Moves the state; an event that does not fit it changes nothing. */
export function step(state: StepUpState, event: StepUpEvent): StepUpState {
  switch (event.type) {
    case 'closed':
      return state.status === 'idle' ? state : { status: 'idle' }
    case 'prompted': {
      if (isReturned(state)) return state
      const { prompt, error = null } = event
      const method = preferred(prompt.methods, 'method' in state ? state.method : null)
      return { status: 'prompting', ...prompt, method, sent: null, error }
    }
    case 'joined':
      return isPrompt(state) ? { ...state, waiting: event.waiting } : state
    case 'chosen':
      if (state.status !== 'prompting' && state.status !== 'verifying') return state
      if (state.method?.id === event.method?.id) return state
      if (event.method && !isOffered(state.methods, event.method)) return state
      return {
        status: 'prompting',
        ...promptOf(state),
        method: event.method,
        sent: null,
        error: null,
      }
    case 'sent':
      // It may come when another method has been chosen.
      if (state.status !== 'prompting' || state.method?.id !== event.method.id) return state
      return { ...state, sent: event.sent, error: null }
    case 'verifying':
      if (state.status !== 'prompting' || !state.method) return state
      return {
        status: 'verifying',
        ...promptOf(state),
        method: state.method,
        sent: state.sent,
      }
    case 'left': {
      if (state.status !== 'prompting' && !isAway(state)) return state
      const { method, popup } = event
      return { status: 'leaving', ...promptOf(state), method, popup }
    }
    case 'rejected':
      if (!isPrompt(state)) return state
      return {
        status: 'prompting',
        ...promptOf(state),
        method: state.method,
        sent: 'sent' in state ? state.sent : null,
        error: event.error,
      }
    case 'returned':
      // Whose actions these are is not known yet, so nothing of them is shown.
      return state.status === 'idle' ? { status: 'returning', items: [], returnTo: '/' } : state
    case 'proved':
      return state.status === 'returning' ? { status: 'confirming', ...event.returned } : state
    case 'confirmed':
      return state.status === 'confirming' ? { status: 'resuming', ...returnedOf(state) } : state
    case 'resumed': {
      if (state.status !== 'resuming' && state.status !== 'returning') return state
      const { outcome, error, returned = returnedOf(state) } = event
      return { status: 'resumed', ...returned, outcome, ...(error !== undefined && { error }) }
    }
    case 'failed': {
      if (!isReturned(state)) return state
      const { error, retry, returned = returnedOf(state) } = event
      return { status: 'failed', ...returned, error, retry }
    }
    default:
      return state
  }
}

type PromptState = Extract<StepUpState, Prompt>
type ReturnedState = Extract<StepUpState, Returned>

const isPrompt = (state: StepUpState): state is PromptState => 'waiting' in state
/** Waiting for another window, which can be given up for this tab. */
const isAway = (state: StepUpState): state is Extract<StepUpState, { status: 'leaving' }> =>
  state.status === 'leaving' && state.popup
const isReturned = (state: StepUpState): state is ReturnedState => 'items' in state

const promptOf = (state: PromptState): Prompt => {
  const { why, authentication, attempt, step, requirement, waiting, methods } = state
  return { why, authentication, attempt, step, requirement, waiting, methods }
}
const returnedOf = ({ items, returnTo }: ReturnedState): Returned => ({ items, returnTo })

const isOffered = (methods: readonly Method[], method: Method) =>
  methods.some(({ id }) => id === method.id)

/** The method in use stays, if it is still offered; a single one needs no choice. */
const preferred = (methods: readonly Method[], current: Method | null): Method | null =>
  methods.find(({ id }) => id === current?.id) ?? methods[0] ?? null
