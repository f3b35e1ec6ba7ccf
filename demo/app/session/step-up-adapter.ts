import type { SessionAdapter } from 'react-step-up/adapters/session'
import { sessionAdapter } from 'react-step-up/adapters/session'

const passkey = () => import('@simplewebauthn/browser')

/** Confirms that it is still the person who is signed in. */
export const adapter: SessionAdapter = sessionAdapter({
  ...{ url: '/auth/step-up', redirect: '/auth/sso', passkey },
})

/** The same questions on the page of the first sign-in, to somebody who only says who they are. */
export const signInAdapter: SessionAdapter = sessionAdapter({
  ...{ url: '/auth/sign-in', redirect: '/auth/sso', passkey },
})

/** The cookie means somebody else from now on, or nobody. The client tells the other tabs. */
export const sessionChanged = (): void => {
  adapter.changed()
}
