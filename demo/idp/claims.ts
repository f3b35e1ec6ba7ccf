import type {
  AccessToken,
  ClientCredentials,
  KoaContextWithOIDC,
  UnknownObject,
} from 'oidc-provider'
import type { Method } from './users.js'

/** How a sign-in is named in `acr`. */
export const acrOf: Readonly<Record<Method, string>> = {
  password: 'urn:acme:password',
  code: 'urn:acme:code',
  sso: 'urn:acme:sso',
}

/** What was seen here, by RFC 8176. Of a sign-in elsewhere only the provider there can tell. */
export const amrOf = { password: ['pwd'], code: ['otp'] } as const

/** The method of a sign-in that names it in `acr`. */
export function methodOf(acr: string | undefined): Method | undefined {
  return methods.find((method) => acrOf[method] === acr)
}

const methods: readonly Method[] = ['password', 'code', 'sso']

/**
 * Asks for the session claims in the client's name, so that every ID token says when, how and in
 * which session. By itself oidc-provider puts `auth_time` and `acr` in only where the request
 * mentions them, and `sid` only for clients with back-channel logout.
 */
export function requestSessionClaims(ctx: KoaContextWithOIDC): void {
  ctx.oidc.claims.id_token = {
    ...ctx.oidc.claims.id_token,
    auth_time: { essential: true },
    acr: null,
    amr: null,
    sid: null,
  }
}

/**
 * The same facts for the access token, which is what an API sees. They are read from the code or
 * refresh token being spent, never from the session: a refresh must not look like a new sign-in,
 * even when the session has been re-authenticated in another tab since.
 */
export function accessTokenClaims(
  ctx: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
): UnknownObject | undefined {
  const source = ctx.oidc.entities.RefreshToken ?? ctx.oidc.entities.AuthorizationCode
  if (source === undefined || token.kind !== 'AccessToken') return undefined
  return { auth_time: source.authTime, acr: source.acr, amr: source.amr, sid: source.sid }
}
