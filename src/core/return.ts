import { cleanPath } from './clean-path.js'
import type { Arrival } from './arrival.js'
import { decideArrival, judgeActions, lapsed, shown, unreachable, usedUp } from './arrival.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import { complete } from './completion.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { isHandle } from './handle.js'
import { evidenceOf } from './queue.js'
import { cancelled, expired, outcomeUnknown, signedOut, wrongAccount } from './refusals.js'
import type { Revival } from './revival.js'
import { signInAs } from './sign-in-as.js'
import type { StoredAction, TripRecord } from './trip.js'
import { isGivenUp, isReturnOf } from './trip.js'

/** Coming back: from the address and the record to a proof, and from the click to the run. */
export interface Homecoming {
  begin(): Promise<void>
  readonly confirm: () => Promise<void>
  readonly retry: () => Promise<void>
  cancel(): void
  /** Whoever else is signed in now is not shown what the first person was about to do. */
  recheck(): void
}

export function createHomecoming(steps: Steps, revival: Revival): Homecoming {
  const { dispatch, environment, navigate, session, store, trips } = steps
  const { clock } = environment
  const { url, answer } = steps.arrived

  /** The record on the screen, and how often its proof was sought in vain. */
  let record: TripRecord | null = null
  let tries: 0 | 1 = 0
  /** The record is in storage too, unless another page of this tab has taken it. */
  let stored = false

  /** Where storage fails now, only a reload would lose something. */
  function keep(next: TripRecord): void {
    record = next
    try {
      trips.write(next)
      stored = true
    } catch {
      trips.remove()
      stored = false
    }
  }

  /** A page out of the back/forward cache may offer what a later page has run, or what was given up. */
  function isTaken({ handle }: TripRecord): boolean {
    const slot = trips.read()
    return stored && (slot?.handle !== handle || slot.phase === 'claimed' || isGivenUp(slot))
  }

  /** Leaves the slot alone where another trip has taken it over. */
  function forget(): void {
    if (record && trips.read()?.handle === record.handle) trips.remove()
  }

  /** From now on a reload finds nothing of this action. */
  function release(action: StoredAction): void {
    if (!record || trips.read()?.handle !== record.handle) return
    const actions = record.actions.filter((other) => other !== action)
    if (actions.length > 0) keep({ ...record, actions })
    else forget()
  }

  function fail(error: StepUpError, retry: boolean): void {
    dispatch({ type: 'failed', error, retry, returned: shown(record) })
  }

  function drop(error: StepUpError): void {
    forget()
    fail(error, false)
  }

  function tellElsewhere(): void {
    forget()
    dispatch({ type: 'resumed', outcome: 'elsewhere' })
  }

  const evidence = (authentication: Authentication) => evidenceOf(steps, authentication)

  async function begin(): Promise<void> {
    record = trips.read()
    stored = record !== null
    const back = answer && record && isReturnOf(record, answer.state) ? answer : null
    // Of an ordinary sign-in, nothing is ours to clean.
    const stray = answer !== null && !back && isHandle(answer.state)
    if (stray) environment.replaceUrl(cleanPath(url))
    if (!record) {
      trips.remove()
      if (stray) {
        dispatch({ type: 'returned' })
        fail(usedUp(), false)
      }
      return
    }
    if (isGivenUp(record) && !back) {
      forget()
      return
    }
    dispatch({ type: 'returned' })
    let facts: { authentication: Authentication | null; failure?: unknown }
    try {
      facts = {
        authentication: await (back ? complete(steps, record, back, keep) : session.read()),
      }
    } catch (failure) {
      facts = { authentication: session.authentication(), failure }
    }
    if (back) environment.replaceUrl(cleanPath(url))
    const arrival = decideArrival(record, { ...facts, back, now: clock.now().wall })
    if (back && arrival.to !== 'hide') navigate(record.returnTo)
    await arrive(record, arrival, facts.authentication)
  }

  async function arrive(
    current: TripRecord,
    arrival: Arrival,
    authentication: Authentication | null,
  ): Promise<void> {
    if (arrival.to === 'hide') hide(current, arrival.error, arrival.retry)
    else if (arrival.to === 'drop') drop(arrival.error)
    else if (arrival.to === 'offer again') {
      tries = arrival.tries
      fail(arrival.error, true)
    } else if (arrival.to === 'unknown') {
      forget()
      dispatch({ type: 'resumed', outcome: 'unknown', returned: shown(current) })
      for (const action of current.actions) revival.refuse(action, outcomeUnknown())
    } else if (authentication) await welcome(current, authentication)
  }

  /** What is another person's is forgotten; what is nobody's yet waits, unseen. */
  function hide(current: TripRecord, error: StepUpError, retry: boolean): void {
    if (current.phase === 'claimed' && error.code === 'signed_out') record = null
    else if (error.code !== 'network') {
      forget()
      record = { ...current, actions: [], returnTo: cleanPath(url) }
    }
    const returned = { items: [], returnTo: cleanPath(url) }
    dispatch({ type: 'failed', error, retry, returned })
  }

  /** Offers the actions that passed. */
  async function welcome(current: TripRecord, authentication: Authentication): Promise<void> {
    const { passed, refused } = judgeActions(current, evidence(authentication))
    const gone = await revival.check(passed)
    const kept = passed.filter((action) => !gone.has(action))
    const [refusal] = refused.values()
    const [missing] = gone.values()
    if (kept.some(({ asked }) => asked) || (!refusal && !missing)) {
      for (const [action, { error }] of refused) revival.refuse(action, error)
      for (const [action, error] of gone) revival.refuse(action, error)
      offer(current, kept)
    } else if (refusal?.again) {
      const late = current.phase === 'returned'
      tries = late ? 0 : 1
      fail(late ? lapsed() : refusal.error, true)
    } else drop(refusal?.error ?? missing ?? signedOut())
  }

  function offer(current: TripRecord, actions: readonly StoredAction[]): void {
    if (actions.length === 0) {
      forget()
      dispatch({ type: 'closed' })
      return
    }
    keep({ ...current, actions, phase: 'returned' })
    dispatch({ type: 'proved', returned: shown(record) })
    const automatic = actions.every((action) => revival.isAutomatic(action))
    if (automatic && !environment.framed) void confirm()
  }

  async function confirm(): Promise<void> {
    if (store.getState().status !== 'confirming' || !record) return
    recheck()
    const authentication = session.authentication()
    if (store.getState().status !== 'confirming') return
    if (!authentication) {
      fail(unreachable(null), true)
      return
    }
    if (clock.now().wall > record.expiresAt) {
      drop(expired())
      return
    }
    if (judgeActions(record, evidence(authentication)).refused.size > 0) {
      tries = 0
      fail(lapsed(), true)
      return
    }
    dispatch({ type: 'confirmed' })
    if (isTaken(record)) {
      tellElsewhere()
      return
    }
    const actions = record.actions.filter(({ id }) => id !== null)
    const { handle } = record
    try {
      record = { ...record, actions, phase: 'claimed' }
      trips.write(record)
    } catch (error) {
      // Without a claim a reload could run it a second time.
      drop(toStepUpError(error, 'storage_unavailable', 'Nothing could be stored.'))
      return
    }
    if (await environment.tabs.consume(handle)) await run(actions)
    else tellElsewhere()
  }

  function recheck(): void {
    const state = store.getState()
    const shows = state.status === 'confirming' || state.status === 'failed'
    if (!record || !shows || state.items.length === 0) return
    const now = session.authentication()
    if (session.isSignedOut()) hide(record, signedOut(), false)
    else if (now && !samePerson(now, record)) hide(record, wrongAccount(), true)
  }

  async function run(actions: readonly StoredAction[]): Promise<void> {
    let leaving = false
    const stop = environment.onLeave(() => {
      leaving = true
    })
    const outcomes = await Promise.all(
      actions
        .filter(({ asked }) => asked)
        .map(async (action) => {
          const outcome = await revival.run(action)
          // A page that goes away cuts its requests off: what they did before is not known.
          if (!(leaving && 'error' in outcome)) release(action)
          return outcome
        }),
    )
    stop()
    if (actions.length === 0) forget()
    const failed = outcomes.find((outcome) => 'error' in outcome)
    const rest = actions.filter(({ asked }) => !asked)
    if (failed) dispatch({ type: 'resumed', outcome: 'failed', error: failed.error })
    else if (outcomes.every(({ ended }) => ended)) dispatch({ type: 'resumed', outcome: 'done' })
    else dispatch({ type: 'closed' })
    if (rest.length > 0) askAgain(rest)
  }

  function askAgain(actions: readonly StoredAction[]): void {
    if (!record) return
    keep({ ...record, actions, phase: 'leaving' })
    dispatch({ type: 'closed' })
    revival.ask(actions, tries, release)
  }

  async function startOver(current: TripRecord, signedIn: Authentication): Promise<void> {
    dispatch({ type: 'closed' })
    dispatch({ type: 'returned' })
    fail(await signInAs(steps, current, signedIn), false)
  }

  return {
    begin,
    confirm,
    recheck,
    async retry() {
      const state = store.getState()
      if (state.status !== 'failed' || !state.retry || !record) return
      const authentication = session.authentication()
      const unread = record.phase === 'returned' && state.error.code === 'network'
      if (!authentication || unread) {
        dispatch({ type: 'closed' })
        await begin()
      } else if (state.error.code === 'wrong_account') await startOver(record, authentication)
      else if (isTaken(record)) {
        dispatch({ type: 'closed' })
        dispatch({ type: 'returned' })
        tellElsewhere()
      } else askAgain(record.actions)
    },
    cancel() {
      const state = store.getState()
      if (state.status === 'confirming' || state.status === 'failed') {
        const error = state.status === 'failed' ? state.error : cancelled('person')
        forget()
        for (const action of record?.actions ?? []) revival.refuse(action, error)
      } else if (state.status !== 'resumed') return
      record = null
      dispatch({ type: 'closed' })
    },
  }
}
