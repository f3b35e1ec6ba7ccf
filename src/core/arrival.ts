import type { TripReturn } from './adapter.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import { StepUpError, toStepUpError } from './errors.js'
import type { Returned } from './machine.js'
import type { Evidence } from './queue.js'
import { judge } from './queue.js'
import { signedOut, wrongAccount } from './call.js'
import { cancelled, expired } from './refusals.js'
import type { StoredAction, TripRecord } from './trip.js'
import { isGivenUp } from './trip.js'

export interface Facts {
  readonly authentication: Authentication | null
  /** What went wrong while the SDK finished, or while the authentication was read. */
  readonly failure?: unknown
  /** The address of this page is the end of this very trip. */
  readonly back: TripReturn | null
  /** Seconds since the epoch, this machine's clock. */
  readonly now: number
}

/** What a record found at start-up comes to, before its actions are judged. */
export type Arrival =
  /** Of somebody else, or of nobody known: not even the names of the actions are shown. */
  | { readonly to: 'hide'; readonly error: StepUpError; readonly retry: boolean }
  | { readonly to: 'unknown' }
  | { readonly to: 'drop'; readonly error: StepUpError }
  | { readonly to: 'offer again'; readonly error: StepUpError; readonly tries: 0 | 1 }
  | { readonly to: 'judge' }

/** An answer that says no (RFC 6749 5.2), as SDKs throw it; everything else may be a lost connection. */
const isAnswer = (cause: unknown) =>
  typeof (cause as { error?: unknown } | null)?.error === 'string'

export const unreachable = (cause: unknown) =>
  isAnswer(cause)
    ? toStepUpError(
        cause,
        'provider_error',
        'The sign-in page took back what it had said. Try again.',
      )
    : toStepUpError(cause, 'network', 'The connection was lost on the way back. Try again.')

export const lapsed = () =>
  new StepUpError('expired', 'It has been too long since you confirmed. Please confirm once more.')

export const unreadableRecord = () =>
  new StepUpError(
    'not_resumable',
    'What was kept while you were away does not fit this app any more, so nothing was done.',
  )

export const usedUp = () =>
  new StepUpError('expired', 'This way back was used already, or belongs to another tab.')

export function decideArrival(record: TripRecord, facts: Facts): Arrival {
  const { authentication, failure, back, now } = facts
  const tries = record.attempt === 2 ? 1 : 0
  if (!authentication) {
    if (failure !== undefined) return { to: 'hide', error: unreachable(failure), retry: true }
    // An app may keep its tokens in memory: whoever signs in again is told the rest.
    const over = record.phase === 'claimed' || isGivenUp(record) || now > record.expiresAt
    return { to: 'hide', error: signedOut(), retry: !over }
  }
  if (!samePerson(authentication, record)) return { to: 'hide', error: wrongAccount(), retry: true }
  if (record.phase === 'claimed') return { to: 'unknown' }
  if (isGivenUp(record)) return { to: 'drop', error: cancelled('page_restored') }
  if (now > record.expiresAt) return { to: 'drop', error: expired() }
  if (back?.error) return readReturnError(back.error, record)
  if (failure !== undefined) return { to: 'offer again', error: unreachable(failure), tries }
  if (record.phase === 'leaving' && !back) {
    return { to: 'offer again', error: cancelled('person'), tries }
  }
  return { to: 'judge' }
}

/** Errors after which the person may simply try again. */
const PASSING = new Set([
  'login_required',
  'interaction_required',
  'server_error',
  'temporarily_unavailable',
])

/** A provider's no: for good, or for this time. */
export type Refusal = Extract<Arrival, { to: 'drop' | 'offer again' }>

/** A provider's error in our words (OAuth 2.0 4.1.2.1, OpenID Connect Core 3.1.2.6). */
export function readReturnError(
  { code, description }: NonNullable<TripReturn['error']>,
  { requirement, attempt }: Pick<TripRecord, 'requirement' | 'attempt'>,
): Refusal {
  const tries = attempt === 2 ? 1 : 0
  // What the provider says is a stranger's text: kept as the cause, never shown as our own words.
  const cause = new Error(description === undefined ? code : `${code}: ${description}`)
  if (code === 'access_denied') {
    const { message } = cancelled('provider')
    const error = new StepUpError('cancelled', message, { cause, reason: 'provider' })
    return { to: 'offer again', error, tries }
  }
  if (code === 'unmet_authentication_requirements') {
    const message = 'The sign-in page cannot reach the level that is required.'
    return { to: 'drop', error: new StepUpError('insufficient_acr', message, { cause }) }
  }
  const message = 'The sign-in page answered with an error, so nothing was done.'
  const error = new StepUpError('provider_error', message, { cause })
  // Some providers refuse max_age=0: the second try asks in another way.
  if (code === 'invalid_request' && requirement.maxAge === 0 && attempt === 1) {
    return { to: 'offer again', error, tries: 1 }
  }
  return PASSING.has(code) ? { to: 'offer again', error, tries } : { to: 'drop', error }
}

/** Which actions passed, each by its own requirement, and why the others did not. */
export function judgeActions(
  { actions, attempt }: TripRecord,
  evidence: Evidence,
): {
  readonly passed: readonly StoredAction[]
  readonly refused: ReadonlyMap<StoredAction, Refused>
} {
  const passed: StoredAction[] = []
  const refused = new Map<StoredAction, Refused>()
  for (const action of actions) {
    // What was not asked for on this trip is asked for after it.
    const refusal = action.asked ? judge(action, attempt === 2 ? 1 : 0, evidence) : null
    if (refusal) refused.set(action, refusal)
    else passed.push(action)
  }
  return { passed, refused }
}
type Refused = NonNullable<ReturnType<typeof judge>>

/** What of a record a dialog shows, and of what came with it and will not run. */
export function shown(record: TripRecord | null, refused: readonly StoredAction[] = []): Returned {
  const items = (record?.actions ?? []).map(({ id, label }) => ({
    label,
    kind: id === null ? ('press_again' as const) : ('run' as const),
  }))
  const not = refused.map(({ label }) => ({ label, kind: 'refused' as const }))
  return { items: [...items, ...not], returnTo: record?.returnTo ?? '/' }
}
