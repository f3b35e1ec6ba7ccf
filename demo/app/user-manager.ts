import { UserManager } from 'oidc-client-ts'

const { origin } = window.location

export const userManager = new UserManager({
  authority: ISSUER,
  client_id: 'acme-console',
  redirect_uri: `${origin}/callback`,
  silent_redirect_uri: `${origin}/silent.html`,
  post_logout_redirect_uri: `${origin}/`,
  scope: 'openid profile email offline_access',
})
