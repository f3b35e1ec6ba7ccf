import type { Authentication } from '../core/authentication.js'
import { readForeignClaims, type Claims, type ReadAuthenticationOptions } from '../core/claims.js'

/**
 * As `readAuthentication` of "react-step-up", for claims whose signature was checked.
 *
 * @throws TypeError where `iss` or `sub` is missing.
 * @example
 * const authenticate = async (request) => readAuthentication(await verify(request), { levels })
 */
export const readAuthentication = (
  claims: Claims,
  options: ReadAuthenticationOptions = {},
): Authentication => readForeignClaims(claims, { now: Date.now() / 1000, ...options })
