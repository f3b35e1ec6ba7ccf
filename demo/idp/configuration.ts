import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { ClientMetadata, Configuration, interactionPolicy, JWK } from 'oidc-provider'
import { accessTokenClaims, acrOf } from './claims.js'
import { grantWithoutConsent, scope } from './grants.js'
import { createMemoryAdapter } from './memory-adapter.js'
import type { Screens } from './screens.js'
import { findUser } from './users.js'

const minute = 60
const fortnight = 14 * 24 * 60 * minute

export interface Settings {
  readonly appOrigin: string
  readonly apiAudience: string
  readonly policy: interactionPolicy.DefaultPolicy
  readonly screens: Screens
}

/** What oidc-provider is told. Whatever is missing here is its default, and wanted as such. */
export function configuration(settings: Settings): Configuration {
  const { appOrigin, apiAudience, policy, screens } = settings
  policy.remove('consent')
  return {
    adapter: createMemoryAdapter(),
    clients: [consoleClient(appOrigin)],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientBasedCORS: (_ctx, origin) => origin === appOrigin,
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    jwks: { keys: [signingKey()] },
    // Cookies know no ports: names of our own keep this provider apart from others on localhost.
    cookies: {
      names: { session: 'acme_id', interaction: 'acme_id_sign_in', resume: 'acme_id_resume' },
      keys: [randomBytes(32).toString('base64url')],
    },
    interactions: { policy, url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, accountId) => {
      const user = findUser(accountId)
      if (!user) return undefined
      const { name, email } = user
      return { accountId, claims: () => ({ sub: accountId, name, email, email_verified: true }) }
    },
    loadExistingGrant: grantWithoutConsent(apiAudience),
    acrValues: Object.values(acrOf),
    claims: {
      openid: ['sub'],
      profile: ['name'],
      email: ['email', 'email_verified'],
      ...{ acr: null, amr: null, auth_time: null, iss: null, sid: null },
    },
    conformIdTokenClaims: false,
    extraTokenClaims: accessTokenClaims,
    // oidc-provider drops offline_access from a request without prompt=consent, and nobody is ever
    // asked for consent here: the client's registration alone decides.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // Refresh tokens end when the person signs out.
    expiresWithSession: () => true,
    renderError: screens.error,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: {
        logoutSource: screens.signOut,
        postLogoutSuccessSource: screens.signedOut,
      },
      resourceIndicators: {
        defaultResource: () => apiAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope, audience: apiAudience, accessTokenFormat: 'jwt' }),
      },
    },
    ttl: {
      AccessToken: 5 * minute,
      AuthorizationCode: minute,
      Grant: fortnight,
      IdToken: 60 * minute,
      Interaction: 15 * minute,
      RefreshToken: fortnight,
      Session: fortnight,
    },
  }
}

function consoleClient(appOrigin: string): ClientMetadata {
  return {
    client_id: 'acme-console',
    client_name: 'Acme Console',
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${appOrigin}/callback`, `${appOrigin}/silent.html`],
    post_logout_redirect_uris: [`${appOrigin}/`],
  }
}

export function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), alg: 'ES256', use: 'sig' }
}
