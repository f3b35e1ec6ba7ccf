import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Configuration, interactionPolicy, JWK } from 'oidc-provider'
import type { Screens } from './screens.js'

export const minute = 60
export const day = 24 * 60 * minute

interface Settings {
  /** What its cookies are called. They know no ports: the name keeps providers on localhost apart. */
  readonly cookie: string
  /** The path of its sign-in pages. */
  readonly signIn: string
  readonly policy: interactionPolicy.DefaultPolicy
  readonly screens: Screens
  readonly find: (id: string) => { readonly name: string; readonly email: string } | undefined
}

/** What both providers of the demo are told: nobody is asked for consent, and clients are public. */
export function commonConfiguration({ cookie, signIn, policy, screens, find }: Settings) {
  policy.remove('consent')
  return {
    clientDefaults: {
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: 'ES256',
    },
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    jwks: { keys: [signingKey()] },
    cookies: {
      names: { session: cookie, interaction: `${cookie}_sign_in`, resume: `${cookie}_resume` },
      keys: [randomBytes(32).toString('base64url')],
    },
    interactions: { policy, url: (_ctx, { uid }) => `${signIn}/${uid}` },
    findAccount: (_ctx, accountId) => {
      const person = find(accountId)
      if (!person) return undefined
      const { name, email } = person
      return { accountId, claims: () => ({ sub: accountId, name, email, email_verified: true }) }
    },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      ...{ acr: null, amr: null, auth_time: null, iss: null, sid: null },
    },
    renderError: screens.error,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: {
        logoutSource: screens.signOut,
        postLogoutSuccessSource: screens.signedOut,
      },
    },
    ttl: { AccessToken: 5 * minute, AuthorizationCode: minute, Interaction: 15 * minute },
  } satisfies Configuration
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), alg: 'ES256', use: 'sig' }
}
