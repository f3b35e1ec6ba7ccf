import { randomBytes } from 'node:crypto'
import type { AdapterFactory, Configuration, interactionPolicy } from 'oidc-provider'
import { signingKey } from '../idp/configuration.js'
import type { Screens } from '../idp/screens.js'
import { findEmployee } from './users.js'

const minute = 60
const day = 24 * 60 * minute

/** What the company's provider is told: sign people in, and say when and how. */
export function configuration(
  adapter: AdapterFactory,
  policy: interactionPolicy.DefaultPolicy,
  screens: Screens,
): Configuration {
  policy.remove('consent')
  return {
    adapter,
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    jwks: { keys: [signingKey()] },
    cookies: {
      names: { session: 'initech', interaction: 'initech_sign_in', resume: 'initech_resume' },
      keys: [randomBytes(32).toString('base64url')],
    },
    interactions: { policy, url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount: (_ctx, accountId) => {
      const employee = findEmployee(accountId)
      if (!employee) return undefined
      const { email, name } = employee
      return { accountId, claims: () => ({ sub: accountId, email, name, email_verified: true }) }
    },
    loadExistingGrant: async ({ oidc: { client, session, provider } }) => {
      if (!client || session?.accountId === undefined) return undefined
      const grant = new provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
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
    ttl: {
      AccessToken: 5 * minute,
      AuthorizationCode: minute,
      Grant: day,
      IdToken: 5 * minute,
      Interaction: 15 * minute,
      Session: day,
    },
  }
}
