import type { AdapterFactory, Configuration, interactionPolicy } from 'oidc-provider'
import { commonConfiguration, day, minute } from '../idp/common-configuration.js'
import { grantWithoutConsent } from '../idp/grants.js'
import type { Screens } from '../idp/screens.js'
import { findEmployee } from './users.js'

/** What the company's provider is told: sign people in, and say when and how. */
export function configuration(
  adapter: AdapterFactory,
  policy: interactionPolicy.DefaultPolicy,
  screens: Screens,
): Configuration {
  const common = commonConfiguration({
    ...{ cookie: 'initech', signIn: '/sign-in', policy, screens, find: findEmployee },
  })
  return {
    ...common,
    adapter,
    loadExistingGrant: grantWithoutConsent('openid email'),
    ttl: { ...common.ttl, Grant: day, IdToken: 5 * minute, Session: day },
  }
}
