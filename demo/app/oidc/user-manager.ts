import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

const { origin } = window.location

export const userManager = new UserManager({
  authority: ISSUER,
  client_id: 'acme-console',
  redirect_uri: `${origin}/callback`,
  silent_redirect_uri: `${origin}/silent.html`,
  post_logout_redirect_uri: `${origin}/`,
  scope: 'openid profile email offline_access',
  // One store for all windows: a popup signs in for the page behind it, and whoever signs out in one
  // tab has signed out in all. What can read it can read sessionStorage as well.
  userStore: new WebStorageStateStore({ store: window.localStorage }),
  // See below.
  automaticSilentRenew: false,
})
const { events } = userManager

// The SDK tells only the window where it happened.
window.addEventListener('storage', ({ key }) => {
  if (key === null || key.startsWith('oidc.user:')) void takeOver()
})
async function takeOver(): Promise<void> {
  if (!(await userManager.getUser(true))) await events.unload()
}

// Not by the refresh token: it is good for one use, and all windows have the same.
events.addAccessTokenExpiring(() => {
  userManager.signinSilent({ forceIframeAuth: true }).catch((error: unknown) => {
    console.warn('The access token could not be renewed.', error)
  })
})
