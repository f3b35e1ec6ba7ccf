import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose'
import { VerificationUnavailableError } from './errors.js'

/** A JSON Web Key Set, or jose's way to find a key. */
export type Keys = JWTVerifyGetKey | JSONWebKeySet

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Keys read without TLS are whoever's is on the wire. */
export function secureUrl(url: unknown, name: string): URL {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : null
  const secure =
    parsed?.protocol === 'https:' ||
    (parsed?.protocol === 'http:' && LOOPBACK.includes(parsed.hostname))
  if (parsed && secure) return parsed
  throw new TypeError(
    `${name} is not an https URL: ${String(url)}. Use https (http on loopback only), or pass \`jwks\`.`,
  )
}

/** OpenID Connect Discovery 1.0, 4: `issuer` in the metadata must be the issuer that was asked. */
async function discover(issuer: string, timeout: number): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}, not 200`)
  const metadata = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown } | null
  if (metadata?.issuer !== issuer) {
    throw new Error(`${url} is about the issuer ${String(metadata?.issuer)}, not ${issuer}`)
  }
  return createRemoteJWKSet(secureUrl(metadata.jwks_uri, 'jwks_uri'), {
    timeoutDuration: timeout,
  })
}

/** Discovery when the first token comes: one in flight, kept once it succeeds, tried again if not. */
function discovered(issuer: string, timeout: number): JWTVerifyGetKey {
  secureUrl(issuer, '`issuer`')
  let keys: Promise<JWTVerifyGetKey> | undefined
  return async (header, token) => {
    keys ??= discover(issuer, timeout).catch((error: unknown) => {
      keys = undefined
      throw error
    })
    return (await keys)(header, token)
  }
}

function local(jwks: JSONWebKeySet): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(jwks)
  } catch (cause) {
    throw new TypeError('`jwks` is neither a JSON Web Key Set nor a function that finds a key.', {
      cause,
    })
  }
}

/**
 * Where the guard's keys come from: given, or found through the issuer's metadata.
 *
 * @param timeout seconds, for each network call
 * @throws TypeError for keys that are none, or would have to be read without TLS
 */
export function createKeySource(issuer: string, timeout: number, given?: Keys): JWTVerifyGetKey {
  const find =
    given === undefined
      ? discovered(issuer, Math.ceil(timeout * 1000))
      : typeof given === 'function'
        ? given
        : local(given)
  return async (header, token) => {
    try {
      return await find(header, token)
    } catch (cause) {
      // The token names a key that the issuer does not have: its own fault, and the only one it can have.
      if (cause instanceof errors.JWKSNoMatchingKey) throw cause
      if (cause instanceof errors.JWKSMultipleMatchingKeys) throw cause
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new VerificationUnavailableError(`No keys of ${issuer}: ${reason}`, { cause })
    }
  }
}
