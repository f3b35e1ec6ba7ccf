import type { Method } from './adapter.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import type { Refusal } from './arrival.js'
import { createComings } from './comings.js'
import { createDeparture } from './departure.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import type { InPage } from './in-page.js'
import { createInPage } from './in-page.js'
import type { Leave } from './leave.js'
import { createLeave } from './leave.js'
import { methodsFor } from './methods.js'
import { lostDraft } from './pack-draft.js'
import type { Pause } from './pause.js'
import { toEntry } from './pause.js'
import type { Entry, Group } from './queue.js'
import {
  evidenceOf,
  freshAmong,
  gather,
  judgeAll,
  promptedAt,
  promptFor,
  shownOf,
  toStored,
} from './queue.js'
import { signedOut, wrongAccount } from './call.js'
import {
  cancelled,
  isFinal,
  noDialog,
  noMethod,
  notResumable,
  stillStale,
  unreadable,
} from './refusals.js'
import { requirementKey } from './requirement.js'
import { isOnlyTabTrips, isOnlyTrips } from './verification.js'
import { createWork } from './work.js'

/** Asks for one proof at a time, for everything that waits. */
export interface Prompter extends InPage {
  readonly add: (pause: Pause) => void
  /** Asks again for those whose proof did not do; leaves at once where leaving is all there is. */
  askAgain(again: readonly Entry[]): void
  /** Takes one entry out, because its caller gave it up. */
  readonly drop: (requestId: string, error: StepUpError) => void
  /** Shows the next prompt, if something waits and nothing else is on the screen. */
  next(): void
  readonly leave: Leave['leave']
  cancel(): void
  /** Whoever waits cannot be served any more. */
  readonly rejectAll: (error: StepUpError) => void
  /** A prompt is for one person: whoever else is signed in now is not asked in their place. */
  recheck(): void
}

export function createPrompter(steps: Steps): Prompter {
  const { dispatch, environment, hasDialog, session, store } = steps
  const departure = createDeparture(steps)
  let entries: readonly Entry[] = []
  const comings = createComings(() => {
    takeIn()
  })
  /** Who was signed in when the first of them began to wait. */
  let person: Authentication | null = null
  /** Those whom the prompt on the screen, or the one being prepared, is for. */
  let group: Group | null = null
  const work = createWork()

  function close(): void {
    work.begin()
    group = null
    if ('waiting' in store.getState()) dispatch({ type: 'closed' })
  }

  function take(taken: readonly Entry[]): void {
    const all = new Set(taken)
    entries = entries.filter((entry) => !all.has(entry))
  }

  function rejectAll(error: StepUpError): void {
    departure.bury()
    const all = [...entries, ...comings.take().added]
    entries = []
    close()
    for (const entry of all) entry.reject(error)
  }

  /** Once for all who have come and gone since the last time. */
  function takeIn(): void {
    const { added, gone } = comings.take()
    const all = [...entries, ...added]
    const dropped = all.filter(({ requestId }) => gone.has(requestId))
    if (added.length + dropped.length === 0) return
    entries = all
    take(dropped)
    if (added.length > 0 && !work.committed) entries = entries.toSorted((a, b) => a.order - b.order)
    for (const { reject, requestId } of dropped) reject(gone.get(requestId) ?? cancelled('person'))
    regroup()
    try {
      rewrite()
    } catch (cause) {
      if (added.length === 0) departure.bury()
      take(added)
      regroup()
      const error = toStepUpError(cause, 'storage_unavailable', 'Nothing could be stored.')
      for (const { reject } of added) reject(error)
    }
  }

  /** From the queue to the screen. */
  async function present(error?: StepUpError, straight = false): Promise<void> {
    const signal = work.begin()
    const authentication = session.authentication()
    const fresh = freshAmong(entries, session)
    take(fresh)
    for (const { resolve } of fresh) resolve()
    entries = promptedAt(entries, session.authTime())
    group = gather(entries)
    if (!group) {
      close()
      return
    }
    if (!authentication) {
      rejectAll(session.isSignedOut() ? signedOut() : unreadable())
      return
    }
    const { requirement } = group
    let methods: readonly Method[]
    try {
      methods = authentication.impersonated
        ? []
        : await methodsFor(steps, requirement, authentication, signal)
    } catch (cause) {
      const message = 'The ways to confirm that it is you could not be found out.'
      if (!signal.aborted) rejectAll(toStepUpError(cause, 'provider_error', message))
      return
    }
    if (signal.aborted) return
    if (isOnlyTabTrips(methods) && refuseTied()) {
      void present(error, straight)
      return
    }
    const stop = environment.clock.after(0, () => {
      if (!hasDialog()) rejectAll(noDialog())
    })
    signal.addEventListener('abort', stop)
    show(authentication, methods, error)
    if (straight && isOnlyTrips(methods)) ways.leave('tab')
  }

  function show(
    authentication: Authentication,
    methods: readonly Method[],
    error = methods.length === 0 ? noMethod() : undefined,
    step = 1,
  ): void {
    if (!group) return
    const prompt = promptFor(group, authentication, methods, step)
    dispatch({ type: 'prompted', prompt, ...(error && { error }) })
    // Something that came back has the screen: `next` comes again when it is done.
    if (!('waiting' in store.getState())) close()
  }

  /** Where people can only leave, whatever could not come back is refused before the dialog shows. */
  function refuseTied(): boolean {
    const lost = lostDraft(steps.drafts)
    if (lost) rejectAll(lost)
    const tied = entries.filter(({ tiedBy }) => tiedBy !== null)
    take(tied)
    for (const entry of tied) entry.reject(notResumable(entry))
    return lost !== null || tied.length > 0
  }

  /** The list has changed under what is on the screen, or on the way there. */
  function regroup(): void {
    const state = store.getState()
    const next = gather(entries, work.committed ? group?.requirement : undefined)
    if (!next) {
      departure.bury()
      close()
    } else if (group && requirementKey(group.requirement) === requirementKey(next.requirement)) {
      group = next
      dispatch({ type: 'joined', waiting: shownOf(next.entries) })
    } else if ('waiting' in state || state.status === 'idle') void present()
  }

  /** While the page leaves, the record says who waits. */
  function rewrite(): void {
    if (group) departure.rewrite(toStored(entries, group))
  }

  function settle(authentication: Authentication | null, asked: Authentication): void {
    takeIn()
    if (!authentication || !samePerson(authentication, asked)) {
      rejectAll(authentication ? wrongAccount() : signedOut())
      return
    }
    const evidence = evidenceOf(steps, authentication)
    const verdicts = judgeAll(entries, group, evidence)
    const again = verdicts.filter(({ refusal }) => refusal?.again).map(({ entry }) => entry)
    take(verdicts.map(({ entry }) => entry))
    entries = [...again.map((entry) => ({ ...entry, tries: 1 as const })), ...entries]
    for (const { entry, refusal } of verdicts) {
      if (!refusal) entry.resolve()
      else if (!refusal.again) entry.reject(refusal.error)
    }
    void present(again.length > 0 ? stillStale() : undefined)
  }

  /** The provider has said no: for good, or for this time. */
  function refuse(refusal: Refusal): void {
    if (refusal.to === 'drop') {
      rejectAll(refusal.error)
      return
    }
    // Asked in another way, which counts as the second try.
    if (refusal.tries === 1 && group) {
      const asked = new Set(group.entries)
      entries = entries.map((entry) => (asked.has(entry) ? { ...entry, tries: 1 } : entry))
    }
    void present(refusal.error)
  }

  function failed(error: StepUpError): void {
    work.uncommit()
    dispatch({ type: 'rejected', error })
  }

  const ways = createLeave(steps, departure, {
    commit: work.commit,
    settle,
    refuse,
    failed,
    rejectAll,
    stored: () => (group ? toStored(entries, group) : []),
    tied: () => entries.find(({ tiedBy }) => tiedBy !== null),
  })

  return {
    ...createInPage(steps, {
      commit: work.commit,
      showNext: (authentication, methods, step) => show(authentication, methods, undefined, step),
      settle,
      refuse,
      failed,
    }),
    rejectAll,
    add(pause) {
      const entry = toEntry(pause)
      const state = store.getState()
      const gone = state.status === 'leaving' && !state.popup
      const goes = gone || ('methods' in state && isOnlyTabTrips(state.methods))
      if (goes && entry.tiedBy !== null) {
        entry.reject(notResumable(entry))
        return
      }
      if (entries.length === 0 && comings.isEmpty()) person = session.authentication()
      comings.add(entry)
    },
    askAgain(again) {
      takeIn()
      if (entries.length === 0) person = session.authentication()
      entries = [...again, ...entries]
      void present(undefined, true)
    },
    drop: comings.drop,
    next() {
      ways.prepare()
      if (store.getState().status === 'idle' && entries.length > 0 && !group) void present()
    },
    leave: ways.leave,
    cancel() {
      takeIn()
      const state = store.getState()
      if (!group || !('waiting' in state)) return
      const error = state.status === 'prompting' ? state.error : null
      departure.bury()
      const { entries: served } = group
      const reason = error && isFinal(error) ? error : cancelled('person')
      take(served)
      close()
      for (const { reject } of served) reject(reason)
    },
    recheck() {
      takeIn()
      const { status } = store.getState()
      // A sign-in that is under way may pass through anything; what it ends in is judged.
      if (entries.length === 0 || status === 'verifying' || status === 'leaving') return
      const authentication = session.authentication()
      if (session.isSignedOut()) rejectAll(signedOut())
      else if (authentication && person && !samePerson(authentication, person)) {
        rejectAll(wrongAccount())
      }
    },
  }
}
