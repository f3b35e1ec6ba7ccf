import type { KoaContextWithOIDC } from 'oidc-provider'

// What the app calls with fetch. People navigate to everything else, which needs no CORS.
const paths = new Set([
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/jwks',
  '/token',
  '/me',
  '/demo/age',
])

/**
 * Lets the app's origin, and no other, read what `fetch` gets here. oidc-provider would let any
 * origin read its metadata and keys; it leaves responses alone that already carry these headers.
 */
export function allowOrigin(appOrigin: string) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (!paths.has(ctx.path)) {
      await next()
      return
    }
    ctx.vary('Origin')
    ctx.set('Access-Control-Allow-Origin', appOrigin)
    ctx.set('Access-Control-Expose-Headers', 'WWW-Authenticate')
    if (ctx.path === '/demo/age') ctx.set('Access-Control-Allow-Credentials', 'true')
    if (ctx.method !== 'OPTIONS') {
      await next()
      return
    }
    ctx.set('Access-Control-Allow-Methods', 'GET, POST')
    ctx.set('Access-Control-Allow-Headers', 'Authorization, Content-Type')
    ctx.status = 204
  }
}
