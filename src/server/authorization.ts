import { AccessTokenError } from './errors.js'

const LONGEST = 16_384
const SCHEME = /^[!#$%&'*+.^_`|~\w-]+/
const BEARER = /^bearer +([\w.~+/-]+=*)$/i

/**
 * The token of an `Authorization` value, which must be exactly one Bearer (RFC 6750 2.1). Two headers
 * arrive joined by a comma, which no token contains.
 *
 * @throws AccessTokenError
 */
export function readBearer(header: string | null): string {
  if (header === null || header === '') throw new AccessTokenError(null)
  if (header.length > LONGEST) throw new AccessTokenError('The Authorization header is too long')
  const scheme = SCHEME.exec(header)?.[0].toLowerCase()
  if (scheme === 'dpop') {
    throw new AccessTokenError('The DPoP scheme is not supported here, only Bearer is')
  }
  // RFC 6750 3.1: an unsupported scheme is told apart from a bad token.
  if (scheme !== 'bearer' && !header.includes(',')) throw new AccessTokenError(null)
  const token = BEARER.exec(header)?.[1]
  if (token === undefined) {
    throw new AccessTokenError('The Authorization header must hold exactly one Bearer token')
  }
  return token
}
