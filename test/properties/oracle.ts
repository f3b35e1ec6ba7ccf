import type { Authentication, Requirement } from 'react-step-up'

/** What is true at the moment of a request, whatever the client made of it. */
export interface Truth {
  /** With what the request is made; `null`: with nothing. */
  readonly tokens: Authentication | null
  /** Seconds since the epoch by the issuer's clock. */
  readonly now: number
  /** Seconds for which this page has had the tokens, by a clock that nobody can set. */
  readonly heldFor: number
  /** Somebody has set this machine's clock: then the page can only know what `heldFor` tells. */
  readonly clockSet: boolean
  /** Seconds by which a decision may be off: clocks, rounding, a lock that takes its time. */
  readonly tolerance: number
}

/** What a request has to be measured by. */
export interface Claim {
  readonly requirement: Requirement | null
  /** Whose request it is; `null`: nobody was known when it was made. */
  readonly person: Pick<Authentication, 'issuer' | 'subject'> | null
  /** Seconds since the epoch by the issuer's clock, when it began to need its proof. */
  readonly since: number
  /** The tokens of that moment. */
  readonly before: Authentication | null
  /** The API refused it with tokens that seemed good enough: only newer ones will do. */
  readonly mustMove: boolean
}

/** How far in the future an issuer's clock may be. */
const SKEW = 30

const timeOf = (tokens: Authentication | null, now: number): number | null => {
  const time = tokens?.authTime
  const sane = typeof time === 'number' && Number.isInteger(time) && time > 0
  return sane && time < now + 10 * SKEW ? time : null
}

/** Whether tokens are as young as is asked, by the issuer's clock alone. */
export function isYoung(tokens: Authentication | null, maxAge: number, now: number): boolean {
  const time = timeOf(tokens, now)
  return time !== null && now - time <= maxAge
}

/** Why this request should not have been made; `null`: it was right to make it. */
export function whatIsWrong(claim: Claim, truth: Truth): string | null {
  const { requirement, person, before } = claim
  const { tokens, now, tolerance } = truth
  if (!requirement) return null
  if (!tokens) return 'while nobody is signed in'
  if (person && (person.issuer !== tokens.issuer || person.subject !== tokens.subject)) {
    return `for ${person.subject}, as ${tokens.subject}`
  }
  const { maxAge, acrValues } = requirement
  if (acrValues && !acrValues.includes(tokens.acr ?? '')) return `at the level ${tokens.acr ?? '-'}`
  if (maxAge === undefined) return null
  const time = timeOf(tokens, now)
  if (time === null) return `with auth_time ${String(tokens.authTime)}`
  const earlier = timeOf(before, claim.since)
  const moved = earlier === null || time > earlier
  const better = moved || tokens.acr !== before?.acr
  if (maxAge === 0) {
    if (!moved) return `with the proof of before (${String(time)})`
    const madeFor = time >= claim.since - SKEW - tolerance
    return madeFor || truth.clockSet
      ? null
      : `with a proof from ${String(claim.since - time)} s before`
  }
  if (claim.mustMove && !better) return 'with the tokens that were refused'
  const age = truth.clockSet ? (tokens.issuedAt ?? time) - time + truth.heldFor : now - time
  return age <= maxAge + tolerance ? null : `at the age of ${String(age)}, not ${String(maxAge)}`
}
