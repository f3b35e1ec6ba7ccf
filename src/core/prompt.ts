import type { Method } from './adapter.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import { createDeparture } from './departure.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { limited } from './limit.js'
import type { Entry, Group } from './queue.js'
import { gather, judge, toStored } from './queue.js'
import {
  cancelled,
  noDialog,
  noMethod,
  notResumable,
  signedOut,
  stillStale,
  wrongAccount,
} from './refusals.js'
import { requirementKey } from './requirement.js'
import type { SubmitInput } from './verification.js'
import { isInPage, verificationOf } from './verification.js'

/** Asks for one proof at a time, for everything that waits. */
export interface Prompter {
  readonly add: (entry: Entry) => void
  /** Asks again for those whose proof did not do; leaves at once where leaving is all there is. */
  askAgain(again: readonly Entry[]): void
  /** Takes one entry out, because its caller gave it up. */
  readonly drop: (entry: Entry, error: StepUpError) => void
  /** Shows the next prompt, if something waits and nothing else is on the screen. */
  next(): void
  readonly send: () => Promise<void>
  readonly submit: (input: SubmitInput) => Promise<void>
  readonly leave: () => void
  cancel(): void
  /** Whoever waits cannot be served any more. */
  readonly rejectAll: (error: StepUpError) => void
}

/** What cancelling does not hide: nothing that the person does could end otherwise. */
const FINAL = new Set(['no_method', 'storage_unavailable', 'not_resumable'])

export function createPrompter(steps: Steps): Prompter {
  const { adapter, dispatch, environment, hasDialog, limits, session, store } = steps
  const { clock } = environment
  const departure = createDeparture(steps)
  let entries: readonly Entry[] = []
  /** Those whom the prompt on the screen, or the one being prepared, is for. */
  let group: Group | null = null
  /** The person was sent something for `group.requirement` already: it cannot change any more. */
  let committed = false
  let work = new AbortController()

  /** Ends whatever is under way: its answer will be nobody's. */
  function begin(): AbortSignal {
    work.abort()
    work = new AbortController()
    return work.signal
  }

  function close(): void {
    begin()
    group = null
    committed = false
    if ('waiting' in store.getState()) dispatch({ type: 'closed' })
  }

  function take(taken: readonly Entry[]): void {
    entries = entries.filter((entry) => !taken.includes(entry))
  }

  function rejectAll(error: StepUpError): void {
    const all = entries
    entries = []
    close()
    for (const entry of all) entry.reject(error)
  }

  /** From the queue to the screen. */
  async function present(error?: StepUpError, straight = false): Promise<void> {
    const signal = begin()
    committed = false
    group = gather(entries)
    const authentication = session.authentication()
    if (!group) return
    if (!authentication) {
      rejectAll(signedOut())
      return
    }
    const { requirement } = group
    let methods: readonly Method[]
    try {
      methods = authentication.impersonated
        ? []
        : await limited(clock, limits.network, signal, () =>
            adapter.methods(requirement, authentication),
          )
    } catch (cause) {
      if (signal.aborted) return
      const message = 'The ways to confirm that it is you could not be found out.'
      rejectAll(toStepUpError(cause, 'provider_error', message))
      return
    }
    if (signal.aborted || refuseTied(methods)) return
    show(authentication, methods, error)
    if (straight && methods.every(({ type }) => type === 'redirect')) leave()
    clock.after(0, () => {
      if (!signal.aborted && !hasDialog()) rejectAll(noDialog())
    })
  }

  function show(
    authentication: Authentication,
    methods: readonly Method[],
    error = methods.length === 0 ? noMethod() : undefined,
  ): void {
    if (!group) return
    const [first] = group.entries
    const prompt = {
      why: first.why,
      authentication,
      attempt: first.tries === 0 ? 1 : 2,
      requirement: group.requirement,
      waiting: group.entries,
      methods,
    } as const
    dispatch({ type: 'prompted', prompt, ...(error && { error }) })
  }

  /** Where people can only leave, whatever could not come back is refused before the dialog shows. */
  function refuseTied(methods: readonly Method[]): boolean {
    if (methods.length === 0 || methods.some(({ type }) => type !== 'redirect')) return false
    const tied = entries.filter(({ tiedBy }) => tiedBy !== null)
    take(tied)
    for (const { label, tiedBy, reject } of tied) reject(notResumable(label, tiedBy ?? ''))
    if (tied.length > 0) regroup()
    return tied.length > 0
  }

  /** The list has changed under what is on the screen. */
  function regroup(): void {
    if (store.getState().status === 'leaving' && group && entries.length > 0) {
      departure.rewrite(toStored(entries, group))
    }
    const next = gather(entries, committed ? group?.requirement : undefined)
    if (!next) {
      if (store.getState().status === 'leaving') departure.bury()
      close()
      return
    }
    const state = store.getState()
    const same = group && requirementKey(group.requirement) === requirementKey(next.requirement)
    if ('waiting' in state && same) {
      group = next
      dispatch({ type: 'joined', waiting: next.entries })
    } else if ('waiting' in state || state.status === 'idle') {
      void present()
    }
  }

  function settle(authentication: Authentication | null, asked: Authentication): void {
    if (!authentication || !samePerson(authentication, asked)) {
      rejectAll(authentication ? wrongAccount() : signedOut())
      return
    }
    const evidence = {
      authentication,
      age: session.age(),
      now: clock.now().wall,
      skew: limits.skew,
    }
    const served = group?.entries ?? []
    const verdicts = served.map((entry) => ({
      entry,
      refusal: judge(entry, entry.tries, evidence),
    }))
    const again = verdicts.filter(({ refusal }) => refusal?.again).map(({ entry }) => entry)
    take(served)
    entries = [...again.map((entry) => ({ ...entry, tries: 1 as const })), ...entries]
    close()
    for (const { entry, refusal } of verdicts) {
      if (!refusal) entry.resolve()
      else if (!refusal.again) entry.reject(refusal.error)
    }
    if (entries.length > 0) void present(again.length > 0 ? stillStale() : undefined)
  }

  /** One step of a method: what fails is shown where it failed. */
  async function attempt<T>(
    run: (signal: AbortSignal) => Promise<T>,
    failure: string,
  ): Promise<T | undefined> {
    const signal = begin()
    committed = true
    try {
      const value = await limited(clock, limits.network, signal, run)
      return signal.aborted ? undefined : value
    } catch (cause) {
      if (signal.aborted) return undefined
      dispatch({ type: 'rejected', error: toStepUpError(cause, 'network', failure) })
      return undefined
    }
  }

  function leave(): void {
    const state = store.getState()
    if (state.status !== 'prompting' || state.method?.type !== 'redirect' || !group) return
    const tied = entries.find(({ tiedBy }) => tiedBy !== null)
    if (tied) {
      const error = notResumable(tied.label, tied.tiedBy ?? '')
      dispatch({ type: 'rejected', error })
      return
    }
    const signal = begin()
    committed = true
    const { method, authentication, attempt, requirement } = state
    departure.leave({
      method,
      actions: toStored(entries, group),
      requirement,
      issuer: authentication.issuer,
      subject: authentication.subject,
      attempt,
      ...(attempt === 2 && { prompt: 'login' }),
      loginHint: authentication.account?.loginHint,
      signal,
      started() {
        dispatch({ type: 'left', method, popup: false })
      },
      failed(error) {
        committed = false
        dispatch({ type: 'rejected', error })
      },
      stayed(reason) {
        rejectAll(cancelled(reason))
      },
    })
  }

  return {
    rejectAll,
    add(entry) {
      entries = [...entries, entry]
      regroup()
    },
    askAgain(again) {
      entries = [...again, ...entries]
      void present(undefined, true)
    },
    drop(entry, error) {
      const found = entries.find(({ requestId }) => requestId === entry.requestId)
      if (!found) return
      take([found])
      entry.reject(error)
      if (group?.entries.includes(found)) regroup()
    },
    next() {
      if (store.getState().status === 'idle' && entries.length > 0 && !group) void present()
    },
    async send() {
      const state = store.getState()
      if (state.status !== 'prompting' || state.method?.type !== 'code') return
      const { method } = state
      const sent = await attempt(
        async (signal) => method.send?.(signal),
        'The code could not be sent. Try again.',
      )
      if (sent) dispatch({ type: 'sent', sent })
    },
    async submit(input) {
      const state = store.getState()
      if (state.status !== 'prompting' || !state.method || !isInPage(state.method)) return
      const { method, authentication } = state
      const verification = verificationOf(method, input)
      dispatch({ type: 'verifying' })
      const outcome = await attempt(async (signal) => {
        let next: readonly Method[] | undefined
        const proof = await session.receive(async () => {
          next = (await verification(signal))?.next
          if (!next) await adapter.refresh?.(signal)
        })
        return { proof, next }
      }, 'The confirmation could not be checked. Try again.')
      if (outcome?.next) show(authentication, outcome.next)
      else if (outcome) settle(outcome.proof, authentication)
    },
    leave,
    cancel() {
      const state = store.getState()
      if (!group || !('waiting' in state)) return
      const error = state.status === 'prompting' ? state.error : null
      if (state.status === 'leaving') departure.bury()
      const served = group.entries
      take(served)
      close()
      for (const { reject } of served) {
        reject(error && FINAL.has(error.code) ? error : cancelled('person'))
      }
      if (entries.length > 0) void present()
    },
  }
}
