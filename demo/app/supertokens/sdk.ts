import {
  createSupertokensAdapter,
  type SupertokensAdapter,
} from 'react-step-up/adapters/supertokens'
import SuperTokens from 'supertokens-web-js'
import EmailPassword from 'supertokens-web-js/recipe/emailpassword'
import Passwordless from 'supertokens-web-js/recipe/passwordless'
import Session from 'supertokens-web-js/recipe/session'
import ThirdParty from 'supertokens-web-js/recipe/thirdparty'

export const adapter: SupertokensAdapter = createSupertokensAdapter({
  session: Session,
  url: `${ISSUER}/auth/step-up`,
})

SuperTokens.init({
  appInfo: { appName: 'Acme Console', apiDomain: ISSUER },
  recipeList: [
    Session.init({ onHandleEvent: adapter.handleEvent }),
    EmailPassword.init(),
    Passwordless.init(),
    ThirdParty.init(),
  ],
})
