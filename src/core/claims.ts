import type { Authentication } from './authentication.js'
import { defined } from './defined.js'
import { namesOf, type Levels } from './levels.js'

/** What a token says, whatever its issuer calls it. */
export type Claims = Readonly<Record<string, unknown>>

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value ? value : undefined
const list = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)

/**
 * The authentication that the claims of a token tell of (OpenID Connect Core 2, RFC 9068 2.2.1).
 *
 * @throws TypeError where `iss` or `sub` is missing: nobody could be told apart.
 */
export function authenticationFromClaims(claims: Claims): Authentication {
  const issuer = text(claims.iss)
  const subject = text(claims.sub)
  if (!issuer || !subject) {
    throw new TypeError('No iss or sub.')
  }
  const loginHint = text(claims.email) ?? text(claims.preferred_username)
  const name = text(claims.name) ?? loginHint
  return defined({
    issuer,
    subject,
    sessionId: text(claims.sid),
    authTime: number(claims.auth_time),
    issuedAt: number(claims.iat),
    acr: text(claims.acr),
    amr: list(claims.amr),
    account: name ? defined({ name, loginHint }) : undefined,
  })
}

/** Options of `readAuthentication`. */
export interface ReadAuthenticationOptions {
  /** Where no claim names a level: the methods that reach each. */
  readonly levels?: Levels
  /** Seconds since the epoch, the reader's clock. Default: now. */
  readonly now?: number
}

/** `readAuthentication`, by a clock that is given. @throws TypeError where `iss` or `sub` is missing. */
export function readForeignClaims(
  claims: Claims,
  { levels = {}, now }: ReadAuthenticationOptions & { readonly now: number },
): Authentication {
  const { acr, amr, authTime, ...person } = authenticationFromClaims(claims)
  if ([claims.exp, claims.step_up_exp].some((until) => hasLapsed(until, now))) return person
  const methods = [...(amr ?? []), ...(list(claims.auth_methods) ?? [])]
  const known = claims.su === true ? [...methods, 'su'] : methods
  return defined({
    ...person,
    authTime,
    acr: acr ?? levelOf(claims.auth_level) ?? highest(levels, known),
    amr: known.length > 0 ? [...new Set(known)] : undefined,
  })
}

const TEN_YEARS = 315_360_000
/** A time in milliseconds would lie thousands of years ahead, and is none. */
const hasLapsed = (until: unknown, now: number) =>
  until !== undefined && !(typeof until === 'number' && until > now && until < now + TEN_YEARS)

const levelOf = (value: unknown) => (Number.isSafeInteger(value) ? String(value) : text(value))

const highest = (levels: Levels, methods: readonly string[]) =>
  namesOf(levels).findLast((level) => levels[level]?.some((name) => methods.includes(name)))
