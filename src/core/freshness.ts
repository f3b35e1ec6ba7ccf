import type { Authentication } from './authentication.js'
import type { Instant } from './clock.js'
import type { Requirement } from './requirement.js'

/** Why a requirement is not met, or `null` where it is. */
export type Unmet = 'stale' | 'no_auth_time' | 'acr' | null

/**
 * Seconds from `authTime` to `now`, both on one clock; `null` where `authTime` is absent, insane, or
 * further in the future than `skew` allows. A future within the skew counts as now.
 */
export function ageAt(authTime: number | undefined, now: number, skew: number): number | null {
  if (authTime === undefined || !Number.isSafeInteger(authTime) || authTime <= 0) return null
  const age = now - authTime
  return age >= -skew ? Math.max(age, 0) : null
}

/**
 * The one freshness rule, for client and server. `maxAge: 0` is never met here: it takes a proof.
 *
 * @param age seconds since the authentication (`ageAt`, `ageOf`); `null`: not known, so not fresh
 * @param tolerance seconds by which the clocks of issuer and judge may differ
 */
export function evaluate(
  requirement: Requirement,
  authentication: Authentication,
  age: number | null,
  tolerance = 0,
): Unmet {
  const { maxAge, acrValues } = requirement
  if (acrValues && !acrValues.includes(authentication.acr ?? '')) return 'acr'
  if (maxAge === undefined) return null
  if (age === null) return 'no_auth_time'
  return maxAge > 0 && age <= maxAge + tolerance ? null : 'stale'
}

export interface ProofContext {
  readonly age: number | null
  /** `authTime` when the action was paused. */
  readonly before: number | undefined
  /** Seconds since then. */
  readonly pausedFor: number
  /** `authTime` must have moved, whatever the age. */
  readonly advance: boolean
  readonly skew: number
}

/** Whether what came back from the prompt proves what was asked. */
export function evaluateProof(
  requirement: Requirement,
  authentication: Authentication,
  { age, before, pausedFor, advance, skew }: ProofContext,
): Unmet {
  const { maxAge } = requirement
  const { authTime, issuedAt } = authentication
  const once = maxAge === 0
  const rest = once ? ({ ...requirement, maxAge: Infinity } as Requirement) : requirement
  const unmet = evaluate(rest, authentication, age)
  if (unmet !== null || maxAge === undefined) return unmet
  if ((once || advance) && before !== undefined && !(Number(authTime) > before)) return 'stale'
  if (!once) return null
  const ageWhenIssued = issuedAt === undefined ? Number(age) : issuedAt - Number(authTime)
  // A clock set back in the meantime makes the pause look shorter than none.
  return ageWhenIssued <= Math.max(pausedFor, 0) + skew ? null : 'stale'
}

/** An authentication with its age when it was read. */
export interface Reading {
  readonly authentication: Authentication
  readonly age: number | null
  readonly at: Instant
  /** The highest age seen: no clock can make an authentication younger. */
  readonly peak: number
}

/**
 * Takes a reading. Where this page's own call received the token (`received`), the issuer alone
 * tells the age: the clock of this machine may be wrong. Otherwise the older of both views counts.
 */
export function takeReading(
  authentication: Authentication,
  at: Instant,
  skew: number,
  received: boolean,
  previous: Reading | null,
): Reading {
  const { authTime, issuedAt } = authentication
  const byIssuer = issuedAt === undefined ? null : ageAt(authTime, issuedAt, skew)
  const byClock = ageAt(authTime, at.wall, skew)
  const age =
    issuedAt === undefined
      ? byClock
      : byIssuer === null || received
        ? byIssuer
        : Math.max(byIssuer, byClock ?? 0)
  const same =
    previous !== null &&
    previous.authentication.issuer === authentication.issuer &&
    previous.authentication.subject === authentication.subject &&
    previous.authentication.authTime === authTime
  const peak = same ? (ageOf(previous, at) ?? 0) : 0
  return { authentication, age, at, peak }
}

/** The age now: what it was plus the time since, by whichever clock ran further. */
export function ageOf({ age, at, peak }: Reading, now: Instant): number | null {
  if (age === null) return null
  return Math.max(peak, age + Math.max(now.mono - at.mono, now.wall - at.wall, 0))
}
