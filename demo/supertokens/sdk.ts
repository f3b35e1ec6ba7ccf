import { stampSignIns } from 'react-step-up/server/supertokens'
import supertokens from 'supertokens-node'
import EmailPassword from 'supertokens-node/recipe/emailpassword'
import Passwordless from 'supertokens-node/recipe/passwordless'
import Session from 'supertokens-node/recipe/session'
import ThirdParty from 'supertokens-node/recipe/thirdparty'
import type { Outbox } from '../idp/outbox.js'
import { findUser } from '../idp/users.js'

interface Places {
  readonly core: string
  readonly api: string
  readonly app: string
  /** The company's own provider. */
  readonly upstream: string
  readonly outbox: Outbox
}

/** The backend SDK as an app sets it up. It can be set up once in a process. */
export function initSupertokens({ core, api, app, upstream, outbox }: Places): void {
  const stamp = stampSignIns(supertokens)
  supertokens.init({
    supertokens: { connectionURI: core },
    appInfo: { appName: 'Acme Console', apiDomain: api, websiteDomain: app },
    telemetry: false,
    recipeList: [
      EmailPassword.init(),
      Passwordless.init({
        contactMethod: 'EMAIL',
        flowType: 'USER_INPUT_CODE',
        emailDelivery: {
          override: (original) => ({
            ...original,
            async sendEmail({ email: to, userInputCode: code = '' }) {
              outbox.add({ to, subject: 'Your code for Acme Console', code })
            },
          }),
        },
      }),
      ThirdParty.init({
        signInAndUpFeature: {
          providers: [
            {
              config: {
                ...{ thirdPartyId: 'initech', name: 'Initech SSO' },
                clients: [{ clientId: 'acme-id', scope: ['openid', 'email'] }],
                oidcDiscoveryEndpoint: `${upstream}/.well-known/openid-configuration`,
              },
            },
          ],
        },
      }),
      Session.init({
        override: {
          functions(original) {
            const stamped = stamp(original)
            return {
              ...stamped,
              // For the dialog, which says whom it asks.
              createNewSession(input) {
                const { name, email } = findUser(input.userId) ?? {}
                const given = input.accessTokenPayload as object | undefined
                const accessTokenPayload = { ...given, name, email }
                return stamped.createNewSession({ ...input, accessTokenPayload })
              },
            }
          },
        },
      }),
    ],
  })
}
