import { decodeJwt } from 'jose'
import type { Authentication } from './authentication.js'
import { authenticationFromClaims } from './claims.js'

/**
 * Reads a JWT without verifying it: in the browser it only saves a round trip, the API verifies.
 *
 * @throws TypeError or jose's `JWTInvalid` for what is not a token.
 */
export const authenticationFromToken = (token: string): Authentication =>
  authenticationFromClaims(decodeJwt(token))

/** For adapters that read more of a token; unverified, as above. */
export { decodeJwt as readClaims }
