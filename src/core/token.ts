import { decodeJwt } from 'jose'
import type { Authentication } from './authentication.js'
import { defined } from './defined.js'

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
export function authenticationFromClaims(
  claims: Readonly<Record<string, unknown>>,
): Authentication {
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

/**
 * Reads a JWT without verifying it: in the browser it only saves a round trip, the API verifies.
 *
 * @throws TypeError or jose's `JWTInvalid` for what is not a token.
 */
export const authenticationFromToken = (token: string): Authentication =>
  authenticationFromClaims(decodeJwt(token))

/** For adapters that read more of a token; unverified, as above. */
export { decodeJwt as readClaims }
