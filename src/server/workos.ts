import { createRemoteJWKSet } from 'jose'
import { authenticationFromClaims } from '../core/claims.js'
import { defined } from '../core/defined.js'
import { isObject } from '../core/storable.js'
import { createTokenVerifier } from './access-token.js'
import { readBearer } from './authorization.js'
import { AccessTokenError } from './errors.js'
import { createKeySource, type Keys } from './keys.js'
import type { Authenticate } from './options.js'

/** Options of `workosAuthenticate`. */
export interface WorkosOptions {
  /** As in the WorkOS dashboard: `client_…`. */
  readonly clientId: string
  /** `iss` of the access tokens. Default: `https://api.workos.com/user_management/<clientId>`. */
  readonly issuer?: string
  /** `aud` of the access tokens, where your JWT template sets one. Default: the client ID, or none. */
  readonly audience?: string
  /** Default: those of `https://api.workos.com/sso/jwks/<clientId>`. */
  readonly jwks?: Keys
  /** Seconds by which WorkOS' clock may differ. Default: 5. */
  readonly clockTolerance?: number
  /** Seconds since the epoch. For tests. */
  readonly now?: () => number
}

/**
 * Who sent a request, by the access token of WorkOS AuthKit. These tokens have neither `aud` nor the type
 * of RFC 9068: that they are for here is told by the issuer and the keys, and by `client_id` and `aud` where
 * there are any.
 *
 * @throws TypeError without a client ID.
 * @example
 * const guard = createFreshAuthGuard({ authenticate: workosAuthenticate({ clientId: 'client_123' }) })
 */
export function workosAuthenticate(options: WorkosOptions): Authenticate {
  const { audience, clientId, clockTolerance = 5, now = () => Date.now() / 1000 } = options
  if (!/^client_\w+$/.test(clientId)) {
    throw new TypeError('No `clientId` of WorkOS: pass the client_… of your environment.')
  }
  const issuer = options.issuer ?? `https://api.workos.com/user_management/${clientId}`
  const jwks =
    options.jwks ?? createRemoteJWKSet(new URL(`https://api.workos.com/sso/jwks/${clientId}`))
  const keys = createKeySource(issuer, 30, jwks)
  const verifyToken = createTokenVerifier(
    { issuer, algorithms: ['RS256'], clockTolerance },
    keys,
    now,
  )
  return async ({ headers }) => {
    const claims = await verifyToken(readBearer(headers.get('Authorization')))
    const { aud, client_id = clientId } = claims
    const isForHere =
      aud === undefined ? audience === undefined : [aud].flat().includes(audience ?? clientId)
    if (!isForHere || client_id !== clientId) {
      const wrong = isForHere ? 'client_id' : 'aud'
      throw new AccessTokenError(`The access token is not for here: check its ${wrong}`)
    }
    return { ...authenticationFromClaims(claims), impersonated: claims.act !== undefined }
  }
}

/** One line of an audit log: somebody has proved once more, in a session that goes on, who they are. */
export interface Reauthentication {
  /** The event's own, the same when it is delivered twice. */
  readonly id: string
  readonly subject: string
  readonly sessionId?: string
  readonly method?: string
  /** Seconds since the epoch, where the event tells it. */
  readonly authTime?: number
  readonly ipAddress?: string
  readonly userAgent?: string
  /** ISO 8601. */
  readonly at: string
}

// By the announcement of the feature and by the API's own description.
const EVENTS: readonly unknown[] = [
  'authentication.reauthenticated',
  'authentication.reauthentication_succeeded',
]
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * What an event of WorkOS tells of a re-authentication; `null` for any other event, and for what is none.
 * Verify a webhook's signature first, as WorkOS asks for.
 *
 * @example
 * const line = readWorkosEvent(await workos.webhooks.constructEvent({ payload, sigHeader, secret }))
 * if (line) await auditLog.add(line)
 */
export function readWorkosEvent(event: unknown): Reauthentication | null {
  if (!isObject(event) || !isObject(event.data) || !EVENTS.includes(event.event)) return null
  const { data } = event
  const id = text(event.id)
  const subject = text(data.user_id)
  // The SDK for Node writes the envelope in its own way, and leaves data that it does not know.
  const at = text(event.created_at ?? event.createdAt)
  if (id === undefined || subject === undefined || at === undefined) return null
  return defined({
    ...{ id, subject, at },
    sessionId: text(data.session_id),
    method: text(data.method),
    authTime: Number.isSafeInteger(data.auth_time) ? (data.auth_time as number) : undefined,
    ipAddress: text(data.ip_address),
    userAgent: text(data.user_agent),
  })
}
