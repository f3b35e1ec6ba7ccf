import { AuthProvider as OidcProvider, useAuth } from 'react-oidc-context'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import type { AuthSystem, DemoPerson } from '../auth-system.js'
import { navigate } from '../location.js'
import { post } from '../post.js'
import { userManager } from './user-manager.js'

export { steps } from './steps.js'

export const adapter: AuthSystem['adapter'] = createOidcClientTsAdapter(userManager, {
  label: 'Acme ID',
})

export const AuthProvider: AuthSystem['AuthProvider'] = ({ returning, children }) => (
  <OidcProvider
    userManager={userManager}
    skipSigninCallback={returning}
    onSigninCallback={() => {
      navigate('/', { replace: true })
    }}
  >
    {children}
  </OidcProvider>
)

export const useAccount: AuthSystem['useAccount'] = () => {
  const { error, isAuthenticated, isLoading, user } = useAuth()
  const status = isAuthenticated ? 'signed_in' : isLoading ? 'loading' : 'signed_out'
  return { status, name: user?.profile.name, error: error?.message }
}

export const signIn: AuthSystem['signIn'] = () => void userManager.signinRedirect()
export const signOut: AuthSystem['signOut'] = () => void userManager.signoutRedirect()

export const authorize: AuthSystem['authorize'] = async () => {
  const user = await userManager.getUser()
  return { Authorization: `Bearer ${user?.access_token ?? ''}` }
}
export const apiCredentials: AuthSystem['apiCredentials'] = 'omit'

/** The provider's session is what gets older; then come tokens that tell of it. */
export const moveSignIn: AuthSystem['moveSignIn'] = async (seconds) => {
  // The provider knows the browser by its cookie.
  await post(`${ISSUER}/demo/age`, { seconds }, 'include')
  // Without a prompt, and not by the refresh token: that one still tells of the sign-in it came with.
  await userManager.signinSilent({ forceIframeAuth: true })
}
export const keeper: AuthSystem['keeper'] = 'Acme ID'
export const onReset: AuthSystem['onReset'] = () => undefined

const outbox = (
  <>
    a code by mail, shown in the{' '}
    <a href={`${ISSUER}/demo/outbox`} target="_blank" rel="noreferrer">
      outbox
    </a>
  </>
)
const company = (
  <>
    Initech SSO: <code>paper jam</code>
  </>
)

export const people: readonly DemoPerson[] = [
  { name: 'Ada', email: 'ada@acme.test', proof: <code>correct horse</code> },
  { name: 'Bob', email: 'bob@acme.test', proof: <code>battery staple</code> },
  { name: 'Grace', email: 'grace@acme.test', proof: outbox },
  { name: 'Lin', email: 'lin@initech.test', proof: company },
]

export const pages: AuthSystem['pages'] = {}
