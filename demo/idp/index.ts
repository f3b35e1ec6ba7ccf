import type { KoaContextWithOIDC } from 'oidc-provider'
import { ageSession } from './age.js'
import { requestSessionClaims } from './claims.js'
import { configuration } from './configuration.js'
import { allowOrigin } from './cors.js'
import { Codes } from './codes.js'
import { Federation } from './federation.js'
import { signInPages, ssoAnswers, ssoCallback } from './interactions.js'
import { loadOidcProvider } from './load-oidc-provider.js'
import { openOrigin } from '../loopback.js'
import { Outbox, showOutbox } from './outbox.js'
import { announceReauthentications, type ReauthenticationListener } from './reauthentication.js'
import { createScreens } from './screens.js'

export type { ReauthenticatedEvent } from './reauthentication.js'

export interface Provider {
  readonly issuer: string
  /** Where the company's own provider sends people back to. */
  readonly ssoCallback: string
  close(): Promise<void>
}

export interface ProviderOptions {
  /** 0 takes any free port. */
  port: number
  /** Where the console is served, e.g. `http://localhost:4400`. */
  appOrigin: string
  /** The API's resource indicator, the `aud` of its access tokens: `http://localhost:4402/`. */
  apiAudience: string
  /** The company's own provider, where people with its email sign in. */
  upstream: string
  onEvent?: ReauthenticationListener
}

/** Starts the demo's OpenID provider on `http://localhost:<port>`, reachable from here only. */
export async function startProvider(options: ProviderOptions): Promise<Provider> {
  const { appOrigin, apiAudience, upstream, onEvent = () => undefined } = options
  const { default: OidcProvider, interactionPolicy } = await loadOidcProvider()
  const { origin: issuer, serve, close } = await openOrigin(options.port)
  const screens = createScreens({ appOrigin, beyond: [upstream] })
  const provider = new OidcProvider(
    issuer,
    configuration({ appOrigin, apiAudience, policy: interactionPolicy.base(), screens }),
  )
  const callback = `${issuer}/sso/callback`
  const outbox = new Outbox()
  const codes = new Codes(outbox)
  const means = { provider, screens, codes, federation: new Federation(upstream, callback) }
  const routes = new Map<string, (ctx: KoaContextWithOIDC) => void | Promise<void>>([
    ['GET /styles.css', screens.stylesheet],
    ['GET /interaction', signInPages(means)],
    ['POST /interaction', signInPages(means)],
    ['GET /interaction/sso', ssoAnswers(means)],
    ['GET /sso/callback', ssoCallback(means)],
    ['GET /demo/outbox', showOutbox(outbox, screens, issuer)],
    ['POST /demo/age', ageSession(provider, appOrigin)],
  ])
  provider.on('authorization.accepted', requestSessionClaims)
  provider.use(allowOrigin(appOrigin))
  provider.use(announceReauthentications(onEvent))
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    const path = ctx.path.replace(/^\/interaction\/[\w-]+(?=$|\/sso$)/, '/interaction')
    const route = routes.get(`${ctx.method} ${path}`)
    await (route ? route(ctx) : next())
  })
  serve(provider.callback())
  return { issuer, ssoCallback: callback, close }
}
