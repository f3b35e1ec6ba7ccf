import { cleanPath } from './clean-path.js'
import type { Arrival } from './arrival.js'
import {
  decideArrival,
  judgeActions,
  lapsed,
  shown,
  unreachable,
  unreadableRecord,
  usedUp,
} from './arrival.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import { complete } from './completion.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { hasRecord, kindOf } from './handle.js'
import { createHeld } from './held.js'
import { evidenceOf } from './queue.js'
import { signedOut, wrongAccount } from './call.js'
import { cancelled, expired, outcomeUnknown } from './refusals.js'
import type { Revival } from './revival.js'
import { runReturned } from './run-returned.js'
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
  const { dispatch, drafts, environment, navigate, session, store, trips } = steps
  const { clock } = environment
  const { url, answer } = steps.arrived

  const held = createHeld(trips)
  /** How often the proof of the record on the screen was sought in vain. */
  let tries: 0 | 1 = 0
  /** The address is where the provider sends people, and nobody has led the person away from it. */
  let stranded = false

  function fail(error: StepUpError, retry: boolean): void {
    dispatch({ type: 'failed', error, retry, returned: shown(held.record) })
  }

  function drop(error: StepUpError): void {
    held.forget()
    fail(error, false)
  }

  function tellTaken(by: 'running' | 'gone'): void {
    if (by === 'gone') held.forget()
    dispatch({ type: 'resumed', outcome: by === 'running' ? 'unknown' : 'elsewhere' })
  }

  /** Unless a router has moved on already, the provider's answer leaves the address. */
  function cleanAddress(): void {
    if (environment.url().href === url.href) environment.replaceUrl(cleanPath(url))
  }

  const evidence = (authentication: Authentication) => evidenceOf(steps, authentication)

  async function begin(): Promise<void> {
    const record = held.load()
    const unreadable = !record && hasRecord(environment.storage)
    const back = answer && record && isReturnOf(record, answer.state) ? answer : null
    // Of an ordinary sign-in, nothing is ours to clean.
    const stray = answer !== null && !back && kindOf(answer.state) !== undefined
    stranded = stray || back !== null
    if (stray) cleanAddress()
    if (!record) {
      trips.remove()
      if (unreadable) drafts.wipe()
      if (stray || unreadable) {
        dispatch({ type: 'returned' })
        fail(stray ? usedUp() : unreadableRecord(), false)
      }
      return
    }
    if (isGivenUp(record) && !back) {
      held.forget()
      return
    }
    dispatch({ type: 'returned' })
    let facts: { authentication: Authentication | null; failure?: unknown }
    try {
      facts = {
        authentication: await (back ? complete(steps, record, back, held.keep) : session.read()),
      }
    } catch (failure) {
      facts = { authentication: session.authentication(), failure }
    }
    if (back) cleanAddress()
    const arrival = decideArrival(record, { ...facts, back, now: clock.now().wall })
    if (stranded && arrival.to !== 'hide') {
      stranded = false
      goBack(record)
    }
    await arrive(held.record ?? record, arrival, facts.authentication)
  }

  function goBack({ returnTo, scroll }: TripRecord): void {
    navigate(returnTo)
    if (!scroll) return
    const stop = environment.scrollTo(scroll, new URL(returnTo, url).pathname)
    const unsubscribe = store.subscribe(() => {
      if (store.getState().status !== 'idle') return
      stop()
      unsubscribe()
    })
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
      held.forget()
      dispatch({ type: 'resumed', outcome: 'unknown', returned: shown(current) })
      for (const action of current.actions) revival.refuse(action, outcomeUnknown())
    } else if (authentication) await welcome(current, authentication)
  }

  /** What is another person's is forgotten; what is nobody's yet waits, unseen. */
  function hide(current: TripRecord, error: StepUpError, retry: boolean): void {
    if (error.code !== 'network') drafts.wipe()
    if (current.phase === 'claimed' && error.code === 'signed_out') held.show(null)
    else if (error.code === 'wrong_account' || !retry) {
      held.forget()
      held.show({ ...current, actions: [] })
    }
    const returned = { items: [], returnTo: cleanPath(url) }
    dispatch({ type: 'failed', error, retry, returned })
  }

  /** Offers the actions that passed. */
  async function welcome(current: TripRecord, authentication: Authentication): Promise<void> {
    const late = current.phase === 'returned'
    // What was proved once, by whichever try, and has lapsed since, is asked for from the beginning.
    const asked = late ? { ...current, attempt: 1 as const } : current
    const { passed, refused } = judgeActions(asked, evidence(authentication))
    const gone = await revival.check(passed)
    const kept = passed.filter((action) => !gone.has(action))
    const [refusal] = refused.values()
    const [missing] = gone.values()
    if (kept.some(({ asked }) => asked) || (!refusal && !missing)) {
      for (const [action, { error }] of refused) revival.refuse(action, error)
      for (const [action, error] of gone) revival.refuse(action, error)
      offer(current, kept, [...refused.keys(), ...gone.keys()])
    } else if (refusal?.again) {
      tries = late ? 0 : 1
      fail(late ? lapsed() : refusal.error, true)
    } else drop(refusal?.error ?? missing ?? signedOut())
  }

  function offer(
    current: TripRecord,
    actions: readonly StoredAction[],
    refused: readonly StoredAction[],
  ): void {
    if (actions.length === 0) {
      held.forget()
      dispatch({ type: 'closed' })
      return
    }
    held.keep({ ...current, actions, phase: 'returned' })
    dispatch({ type: 'proved', returned: shown(held.record, refused) })
    const automatic = actions.every((action) => revival.isAutomatic(action))
    if (automatic && refused.length === 0 && !environment.framed) void confirm()
  }

  async function confirm(): Promise<void> {
    recheck()
    const { record } = held
    if (store.getState().status !== 'confirming' || !record) return
    const authentication = session.authentication()
    if (!authentication) fail(unreachable(null), true)
    else if (clock.now().wall > record.expiresAt) drop(expired())
    else if (judgeActions(record, evidence(authentication)).refused.size > 0) {
      tries = 0
      fail(lapsed(), true)
    } else {
      dispatch({ type: 'confirmed' })
      await claim(record)
    }
  }

  async function claim(record: TripRecord): Promise<void> {
    const taken = held.isTaken()
    if (taken) {
      tellTaken(taken)
      return
    }
    const actions = record.actions.filter(({ id }) => id !== null)
    const claimed: TripRecord = { ...record, actions, phase: 'claimed' }
    try {
      trips.write(claimed)
    } catch (error) {
      // Without a claim a reload could run it a second time.
      drop(toStepUpError(error, 'storage_unavailable', 'Nothing could be stored.'))
      return
    }
    held.show(claimed)
    await runReturned(steps, held, revival, actions)
  }

  function recheck(): void {
    const state = store.getState()
    const shows = state.status === 'confirming' || state.status === 'failed'
    const { record } = held
    const now = session.authentication()
    if (now && state.status === 'failed' && state.error.code === 'signed_out') {
      // The app has signed somebody in meanwhile: whether what waits is theirs is known now.
      dispatch({ type: 'closed' })
      void begin()
      return
    }
    if (!record || !shows || state.items.length === 0) return
    if (session.isSignedOut()) hide(record, signedOut(), false)
    else if (now && !samePerson(now, record)) hide(record, wrongAccount(), true)
  }

  function askAgain({ actions, ...record }: TripRecord): void {
    held.keep({ ...record, actions, phase: 'leaving' })
    dispatch({ type: 'closed' })
    revival.ask(actions, tries, held.release)
  }

  async function startOver(current: TripRecord, signedIn: Authentication): Promise<void> {
    dispatch({ type: 'closed' })
    dispatch({ type: 'returned' })
    const error = await signInAs(steps, current, signedIn)
    // The page did not get away: it waits as before.
    const waits = current.actions.length > 0 && error.code === 'network'
    if (waits) held.keep(current)
    fail(error, waits)
  }

  return {
    begin,
    confirm,
    recheck,
    async retry() {
      const state = store.getState()
      const { record } = held
      if (state.status !== 'failed' || !state.retry || !record) return
      const authentication = session.authentication()
      const unread = record.phase === 'returned' && state.error.code === 'network'
      const taken = held.isTaken()
      if (session.isSignedOut() && !taken) await startOver(record, record)
      else if (!authentication || unread) {
        dispatch({ type: 'closed' })
        await begin()
      } else if (state.error.code === 'wrong_account') await startOver(record, authentication)
      else if (taken) {
        dispatch({ type: 'closed' })
        dispatch({ type: 'returned' })
        tellTaken(taken)
      } else if (record.actions.length === 0) cancel()
      else askAgain(record)
    },
    cancel,
  }

  function cancel(): void {
    const state = store.getState()
    // It goes on by itself; nobody need watch it.
    if (state.status === 'resuming') dispatch({ type: 'closed' })
    if (state.status === 'confirming' || state.status === 'failed') {
      const error = state.status === 'failed' ? state.error : cancelled('person')
      held.forget()
      for (const action of held.record?.actions ?? []) revival.refuse(action, error)
    } else if (state.status !== 'resumed') return
    held.show(null)
    dispatch({ type: 'closed' })
    // Where the provider sends people there is nothing to see: next door is the app.
    if (stranded) navigate(new URL('.', url).pathname)
    stranded = false
  }
}
