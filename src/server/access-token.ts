import {
  base64url,
  decodeJwt,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose'
import { AccessTokenError, GuardError, VerificationUnavailableError } from './errors.js'

// As long as jose keeps a key set: a key that the issuer withdraws is not believed for longer.
const LONGEST = 600
const MOST = 10_000

/** jose's verdict in our words. Only a JOSEError is about the token. */
function translate(cause: unknown): Error {
  if (cause instanceof GuardError) return cause
  if (cause instanceof errors.JWTExpired) {
    return new AccessTokenError('The access token has expired', { cause })
  }
  if (cause instanceof errors.JWTClaimValidationFailed) {
    return new AccessTokenError(`The access token is not for here: check its ${cause.claim}`, {
      cause,
    })
  }
  if (cause instanceof errors.JOSEError) {
    return new AccessTokenError('The access token cannot be verified', { cause })
  }
  return new VerificationUnavailableError('The signature could not be checked', { cause })
}

async function digest(token: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return base64url.encode(new Uint8Array(bytes))
}

export interface TokenRules {
  /** Absent: whoever asks compares it. */
  readonly issuer?: string
  /** Absent: the keys sign for one audience alone. */
  readonly audience?: string | readonly string[]
  readonly typ?: string
  readonly algorithms: readonly string[]
  readonly clockTolerance: number
}

/**
 * Verifies signed access tokens, by RFC 9068 4 where `audience` and `typ` are given. A token that passed is remembered, by its hash, from then
 * until it expires: within that time its signature, `exp` and `nbf` cannot come out differently.
 */
export function createTokenVerifier(
  { audience, algorithms, ...rest }: TokenRules,
  keys: JWTVerifyGetKey,
  now: () => number,
): (token: string) => Promise<JWTPayload> {
  const rules: JWTVerifyOptions = {
    ...rest,
    ...(audience && { audience: typeof audience === 'string' ? audience : [...audience] }),
    algorithms: [...algorithms],
    requiredClaims: ['exp', 'sub'],
  }
  const passed = new Map<string, { readonly from: number; readonly until: number }>()

  return async (token) => {
    const id = await digest(token)
    const at = now()
    const known = passed.get(id)
    // Before `from` the clock was set back: `nbf` may be in the future again.
    if (known && known.from <= at && at < known.until) return decodeJwt(token)
    passed.delete(id)
    const options = { ...rules, currentDate: new Date(at * 1000) }
    const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      throw translate(error)
    })
    if (typeof payload.sub !== 'string' || payload.sub === '') {
      throw new AccessTokenError('The access token does not say who signed in: check its sub')
    }
    if (payload.cnf !== undefined) {
      // RFC 9449 and 8705: without its proof this token is as good as stolen.
      throw new AccessTokenError('The access token is bound to a key, which is not supported here')
    }
    const oldest = passed.size < MOST ? undefined : passed.keys().next().value
    if (oldest !== undefined) passed.delete(oldest)
    passed.set(id, { from: at, until: Math.min(Number(payload.exp), at + LONGEST) })
    return payload
  }
}
