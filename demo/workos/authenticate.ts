import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { Authenticate } from 'react-step-up/server'

/**
 * Who sent a request, by WorkOS' access token. These tokens have no `aud` and no type of their own, so
 * that the keys, which a client has alone, and the issuer say whom they are for.
 */
export function authenticateWith(jwksUrl: string, issuer: string): Authenticate {
  const keys = createRemoteJWKSet(new URL(jwksUrl))
  return async ({ headers }) => {
    const token = /^Bearer ([^\s,]+)$/i.exec(headers.get('Authorization') ?? '')?.[1]
    if (token === undefined) return null
    const rules = { issuer, algorithms: ['RS256'], requiredClaims: ['exp', 'sub', 'sid'] }
    const verified = await jwtVerify(token, keys, rules).catch((error: unknown) => {
      // What is wrong with the token is for its sender; what is wrong with the network, for nobody.
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return null
      throw error
    })
    if (!verified) return null
    const { sub = '', sid, auth_time, iat, act } = verified.payload
    return {
      ...{ issuer, subject: sub, sessionId: String(sid) },
      ...(typeof auth_time === 'number' && { authTime: auth_time }),
      ...(iat !== undefined && { issuedAt: iat }),
      impersonated: act !== undefined,
    }
  }
}
