import type { KoaContextWithOIDC } from 'oidc-provider'
import { loadOidcProvider } from '../idp/load-oidc-provider.js'
import { createMemoryAdapter } from '../idp/memory-adapter.js'
import { createScreens } from '../idp/screens.js'
import { openOrigin } from '../loopback.js'
import { configuration } from './configuration.js'
import { brand, signInPage } from './sign-in.js'

export interface Upstream {
  readonly issuer: string
  /** Takes a provider in as a client, by the address that people are sent back to. */
  register(redirectUri: string): Promise<void>
  close(): Promise<void>
}

/** Starts "Initech SSO", a company's own identity provider, on `http://localhost:<port>`. */
export async function startUpstream(port: number, appOrigin: string): Promise<Upstream> {
  const { default: OidcProvider, interactionPolicy } = await loadOidcProvider()
  const { origin: issuer, serve, close } = await openOrigin(port)

  const store = createMemoryAdapter()
  const clients = store('Client')
  // The provider that people came from; known only once it is registered.
  const beyond: string[] = []
  const screens = createScreens({ appOrigin, beyond, brand })
  const provider = new OidcProvider(
    issuer,
    configuration(
      (name) => (name === 'Client' ? clients : store(name)),
      interactionPolicy.base(),
      screens,
    ),
  )
  const showSignIn = signInPage({ provider, screens })
  provider.on('authorization.accepted', (ctx: KoaContextWithOIDC) => {
    ctx.oidc.claims.id_token = { ...ctx.oidc.claims.id_token, amr: null }
  })
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    if (ctx.path === '/styles.css') screens.stylesheet(ctx)
    else if (/^\/sign-in\/[\w-]+$/.test(ctx.path)) await showSignIn(ctx)
    else await next()
  })
  serve(provider.callback())
  return {
    issuer,
    register: async (redirectUri) => {
      beyond.push(new URL(redirectUri).origin)
      await clients.upsert('acme-id', {
        client_id: 'acme-id',
        client_name: 'Acme ID',
        redirect_uris: [redirectUri],
        // Who relies on a sign-in here has to know how old it is, whatever they asked for.
        require_auth_time: true,
      })
    },
    close,
  }
}
