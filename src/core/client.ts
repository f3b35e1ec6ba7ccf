import type { Action, AnyAction, Definition } from './action.js'
import { definitionOf } from './action.js'
import type { AuthAdapter, Method } from './adapter.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import type { RequireFreshAuth } from './call.js'
import type { Environment } from './environment.js'
import { StepUpError } from './errors.js'
import type { Flow, Limits } from './flow.js'
import { defaultLimits } from './flow.js'
import type { StepUpState } from './machine.js'
import type { Outcome } from './outcomes.js'
import { createOutcomes } from './outcomes.js'
import { createPrompter } from './prompt.js'
import { signedOut, wrongAccount } from './refusals.js'
import type { Policies, RequirementInput } from './requirement.js'
import { toRequirement } from './requirement.js'
import { createHomecoming } from './return.js'
import { createRunner } from './run.js'
import type { Freshness } from './session.js'
import { createSession } from './session.js'
import type { StepUpListener } from './store.js'
import { createStore } from './store.js'
import { createTrips } from './trip.js'
import type { SubmitInput } from './verification.js'

export interface StepUpClientOptions {
  readonly adapter: AuthAdapter
  readonly policies?: Policies
  /** Every action that may come back from a trip. */
  readonly actions?: readonly AnyAction[]
  /** Your router's navigation, to put people back where they were. Without it: `history.replaceState`. */
  readonly navigate?: (path: string, options: { replace: true }) => unknown
  /** Seconds; see `Limits`. */
  readonly limits?: Partial<Limits>
  /** The page around the client; the real one by default. */
  readonly environment?: Environment
}

/** What a dialog needs. Calls that do not fit the state do nothing. */
export interface StepUpControls {
  choose(method: Method | null): void
  send(): Promise<void>
  submit(input: SubmitInput): Promise<void>
  /** Inside the click: leaves the page. */
  leave(where: 'tab'): void
  confirm(): Promise<void>
  retry(): void
  cancel(): void
}

export interface StepUpClient {
  /** Constant for this page load: the URL is the end of one of our trips. For `skipSigninCallback`, `skipRedirectCallback`. */
  readonly returning: boolean
  readonly controls: StepUpControls
  /** The same as `useRequireFreshAuth`, outside React. `owner` aborts functions, never actions. */
  requireFreshAuth(requirement?: RequirementInput, owner?: AbortSignal): RequireFreshAuth
  getState(): StepUpState
  /** The listener gets the event that moved the state. */
  subscribe(listener: StepUpListener): () => void
  getAuthentication(): Authentication | null
  /** Seconds since the last authentication; `null` where that is not known. */
  getAge(): number | null
  subscribeAuthentication(listener: () => void): () => void
  getFreshness(requirement: RequirementInput): Freshness
  subscribeFreshness(requirement: RequirementInput, listener: () => void): () => void
  /** Outcomes of an action that was resumed after a trip, each once. */
  onResumed<Variables, Data>(
    action: Action<Variables, Data>,
    handler: (outcome: Outcome<Data>, variables: Variables) => void,
  ): () => void
  /** Reads the authentication and takes up what came back; returns how to stop. */
  start(): () => void
  /** Somebody is there to ask the person; returns how to leave. */
  attachDialog(): () => void
  /** The dialog could not be shown: nobody is left waiting for it. */
  dialogFailed(cause: unknown): void
}

/** Joins adapter, queue, prompt and return. `createStepUpClient` of "." adds the browser to it. */
export function createClient(
  options: StepUpClientOptions & { readonly environment: Environment },
): StepUpClient {
  const { adapter, environment, policies = {}, navigate } = options
  const limits = { ...defaultLimits, ...options.limits }
  for (const requirement of Object.values(policies)) toRequirement(requirement)
  const definitions = register(options.actions ?? [], policies)
  const { storage, clock } = environment
  const store = createStore()
  const session = createSession(adapter, clock, limits.skew)
  const trips = createTrips(storage, environment.url().origin)
  const flow: Flow = { adapter, environment, session, store, trips, limits }
  const outcomes = createOutcomes()
  let dialogs = 0
  let begun = false
  const prompter = createPrompter(flow, () => dialogs > 0)
  const runner = createRunner(flow, { policies, definitions, outcomes, prompter })
  const homecoming = createHomecoming(flow, {
    ...runner.revival,
    navigate(path) {
      try {
        if (navigate) navigate(path, { replace: true })
        else environment.replaceUrl(path)
      } catch {
        environment.replaceUrl(path)
      }
    },
  })

  const reread = () => {
    session.read().catch(() => {
      // Not known: `unmet` tells it, and the next notice asks again.
    })
  }

  /** A prompt is for one person: whoever else is signed in now is not asked in their place. */
  function recheckPerson(): void {
    const state = store.getState()
    if (state.status !== 'prompting') return
    const authentication = session.authentication()
    if (session.unmet(state.requirement) === 'signed_out') prompter.rejectAll(signedOut())
    else if (authentication && !samePerson(authentication, state.authentication)) {
      prompter.rejectAll(wrongAccount())
    }
  }

  return {
    returning: homecoming.returning,
    requireFreshAuth: runner.requireFreshAuth,
    getState: () => store.getState(),
    subscribe: (listener) => store.subscribe(listener),
    getAuthentication: () => session.authentication(),
    getAge: () => session.age(),
    subscribeAuthentication: (listener) => session.subscribe(listener),
    getFreshness: (input) => session.freshness(toRequirement(input, policies)),
    subscribeFreshness: (input, listener) =>
      session.watch(toRequirement(input, policies), listener),
    onResumed: (action, handler) => outcomes.listen(action.id, handler as never),
    start() {
      const stops = [
        adapter.subscribe(reread),
        session.subscribe(recheckPerson),
        store.subscribe(() => {
          prompter.next()
        }),
        environment.onWake(() => {
          session.recheck()
          reread()
        }),
      ]
      if (!begun) {
        begun = true
        void session.ready()
        void homecoming.begin()
      } else reread()
      return () => {
        for (const stop of stops) stop()
      }
    },
    attachDialog() {
      dialogs++
      let attached = true
      return () => {
        if (attached) dialogs--
        attached = false
      }
    },
    dialogFailed(cause) {
      const message = 'The dialog that asks for your confirmation could not be loaded. Try again.'
      prompter.rejectAll(new StepUpError('network', message, { cause }))
    },
    controls: {
      choose(method) {
        store.dispatch({ type: 'chosen', method })
      },
      send: () => prompter.send(),
      submit: (input) => prompter.submit(input),
      leave() {
        prompter.leave()
      },
      confirm: () => homecoming.confirm(),
      retry() {
        void homecoming.retry()
      },
      cancel() {
        if ('waiting' in store.getState()) prompter.cancel()
        else homecoming.cancel()
      },
    },
  }
}

function register(
  actions: readonly AnyAction[],
  policies: Policies,
): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>()
  for (const action of actions) {
    const definition = definitionOf(action)
    if (!definition)
      throw new TypeError('`actions` takes what defineAction made, and nothing else.')
    if (definitions.has(action.id)) {
      throw new TypeError(`Two actions are called "${action.id}". Give each its own id.`)
    }
    if (typeof definition.requirement === 'string') toRequirement(definition.requirement, policies)
    definitions.set(action.id, definition)
  }
  return definitions
}
