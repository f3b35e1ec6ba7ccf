import { decodeJwt } from 'jose'
import type { Authentication } from './authentication.js'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const list = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
const number = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined

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
  if (issuer === undefined || subject === undefined) {
    throw new TypeError('The token has no `iss` or no `sub`, so it does not say who signed in.')
  }
  const sessionId = text(claims.sid)
  const authTime = number(claims.auth_time)
  const issuedAt = number(claims.iat)
  const acr = text(claims.acr)
  const amr = list(claims.amr)
  const loginHint = text(claims.email) ?? text(claims.preferred_username)
  const name = text(claims.name) ?? loginHint
  return {
    issuer,
    subject,
    ...(sessionId !== undefined && { sessionId }),
    ...(authTime !== undefined && { authTime }),
    ...(issuedAt !== undefined && { issuedAt }),
    ...(acr !== undefined && { acr }),
    ...(amr !== undefined && { amr }),
    ...(name !== undefined && {
      account: { name, ...(loginHint !== undefined && { loginHint }) },
    }),
  }
}

/**
 * Reads a JWT without verifying it: in the browser it only saves a round trip, the API verifies.
 *
 * @throws TypeError or jose's `JWTInvalid` for what is not a token.
 */
export const authenticationFromToken = (token: string): Authentication =>
  authenticationFromClaims(decodeJwt(token))
