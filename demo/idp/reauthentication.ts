import type { KoaContextWithOIDC } from 'oidc-provider'
import { methodOf } from './claims.js'
import type { Method } from './users.js'

/** A person proved again, in a session that goes on, that it is still them. */
export interface ReauthenticatedEvent {
  event: 'authentication.reauthenticated'
  userId: string
  /** The `sid` of the tokens, the same before and after. */
  sessionId: string
  /** How it was proved. */
  method: Method
  /** The new `auth_time`, in seconds. */
  authTime: number
  /** ISO 8601. */
  at: string
}

export type ReauthenticationListener = (event: ReauthenticatedEvent) => void | Promise<void>

type Oidc = KoaContextWithOIDC['oidc']

/**
 * Waits for the provider to take in a sign-in. Where it was a re-authentication, it ends the
 * refresh tokens from before and tells the listener, all before the code leaves for the app.
 */
export function announceReauthentications(tell: ReauthenticationListener) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const oidc = ctx.oidc as Oidc | undefined
    const event = oidc && reauthentication(oidc, new Date())
    if (!event) return

    const grantId = oidc.session?.grantIdFor(oidc.client?.clientId ?? '')
    if (grantId !== undefined) await oidc.provider.RefreshToken.revokeByGrantId(grantId)
    try {
      await tell(event)
    } catch (error) {
      // The person has signed in: a listener that fails cannot undo that, only report it.
      console.error('A listener for re-authentications failed', error)
    }
  }
}

/** The event, if this request completed the re-authentication of an account already signed in. */
export function reauthentication(oidc: Oidc, at: Date): ReauthenticatedEvent | undefined {
  const { session, result, client } = oidc
  const before = oidc.entities.Interaction?.session?.accountId
  const userId = result?.login?.accountId
  const method = methodOf(result?.login?.acr)
  const authTime = session?.authTime()
  const sessionId = client && session?.sidFor(client.clientId)
  if (userId === undefined || userId !== before) return undefined
  if (authTime === undefined || sessionId === undefined || method === undefined) return undefined
  return {
    event: 'authentication.reauthenticated',
    userId,
    sessionId,
    method,
    authTime,
    at: at.toISOString(),
  }
}
