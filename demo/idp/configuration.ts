import type { ClientMetadata, Configuration, interactionPolicy } from 'oidc-provider'
import { accessTokenClaims, acrOf } from './claims.js'
import { commonConfiguration, day, minute } from './common-configuration.js'
import { grantWithoutConsent } from './grants.js'
import { createMemoryAdapter } from './memory-adapter.js'
import type { Screens } from './screens.js'
import { findUser } from './users.js'

const scope = 'openid profile email offline_access'
const fortnight = 14 * day

export interface Settings {
  readonly appOrigin: string
  readonly apiAudience: string
  readonly policy: interactionPolicy.DefaultPolicy
  readonly screens: Screens
}

/** What oidc-provider is told. Whatever is missing here is its default, and wanted as such. */
export function configuration(settings: Settings): Configuration {
  const { appOrigin, apiAudience, policy, screens } = settings
  const common = commonConfiguration({
    ...{ cookie: 'acme_id', signIn: '/interaction', policy, screens, find: findUser },
  })
  return {
    ...common,
    adapter: createMemoryAdapter(),
    clients: [consoleClient(appOrigin)],
    clientBasedCORS: (_ctx, origin) => origin === appOrigin,
    loadExistingGrant: grantWithoutConsent(scope, apiAudience),
    acrValues: Object.values(acrOf),
    claims: { ...common.claims, profile: ['name'] },
    conformIdTokenClaims: false,
    extraTokenClaims: accessTokenClaims,
    // oidc-provider drops offline_access from a request without prompt=consent, and nobody is ever
    // asked for consent here: the client's registration alone decides.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // Refresh tokens end when the person signs out.
    expiresWithSession: () => true,
    features: {
      ...common.features,
      resourceIndicators: {
        defaultResource: () => apiAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope, audience: apiAudience, accessTokenFormat: 'jwt' }),
      },
    },
    ttl: {
      ...common.ttl,
      ...{ Grant: fortnight, IdToken: 60 * minute, RefreshToken: fortnight, Session: fortnight },
    },
  }
}

function consoleClient(appOrigin: string): ClientMetadata {
  return {
    client_id: 'acme-console',
    client_name: 'Acme Console',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${appOrigin}/callback`, `${appOrigin}/silent.html`],
    post_logout_redirect_uris: [`${appOrigin}/`],
  }
}
