import type { JSONWebKeySet, JWTPayload } from 'jose'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Clock } from '../core/clock.js'

/** Who signs the tokens of a test, and for whom. */
export interface TestIssuerOptions {
  readonly issuer?: string
  /** The API's name in `aud`. */
  readonly audience?: string
  /** JOSE algorithm of the key, and the key's name. */
  readonly alg?: string
  readonly kid?: string
  /** What time it is; by default, the machine's. */
  readonly clock?: Clock
}

/** Signs real tokens; what `createFreshAuthGuard` has to know of it goes by the same names. */
export interface TestIssuer {
  readonly issuer: string
  readonly audience: string
  readonly jwks: JSONWebKeySet
  /** Seconds since the epoch. */
  readonly now: () => number
  /**
   * Signs a JWT access token (RFC 9068) of somebody who signed in just now. A claim of `undefined` is
   * left out. For an ID token: `signToken({ aud: 'client-id' }, { typ: 'JWT' })`.
   */
  readonly signToken: (
    claims?: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, string>>,
  ) => Promise<string>
}

/**
 * Makes an issuer of real, signed tokens, with a key of its own.
 *
 * @example
 * const issuer = await createTestIssuer()
 * const guard = createFreshAuthGuard(issuer)
 * const token = await issuer.signToken({ auth_time: issuer.now() - 3600 })
 */
export async function createTestIssuer(options: TestIssuerOptions = {}): Promise<TestIssuer> {
  const { issuer = 'https://id.test', audience = 'https://api.test' } = options
  const { alg = 'ES256', kid = 'test', clock } = options
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const now = () => Math.floor(clock ? clock.now().wall : Date.now() / 1000)
  let signed = 0
  return {
    issuer,
    audience,
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] },
    now,
    signToken(changes, header) {
      const at = now()
      const claims: JWTPayload = {
        iss: issuer,
        aud: audience,
        sub: 'ada',
        client_id: 'test',
        jti: `token-${++signed}`,
        iat: at,
        exp: at + 600,
        auth_time: at,
        ...changes,
      }
      const given = Object.entries(claims).filter(([, value]) => value !== undefined)
      return new SignJWT(Object.fromEntries(given))
        .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
        .sign(privateKey)
    },
  }
}
