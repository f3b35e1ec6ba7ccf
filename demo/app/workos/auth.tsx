import { AuthKitProvider, useAuth } from '@workos-inc/authkit-react'
import { useEffect } from 'react'
import { createWorkosAdapter, type WorkosAdapter } from 'react-step-up/adapters/workos'
import type { AuthSystem, DemoPerson } from '../auth-system.js'
import { navigate } from '../location.js'
import { post } from '../post.js'

export { steps } from './steps.js'

export const adapter: WorkosAdapter = createWorkosAdapter({ label: 'AuthKit' })

type AuthKit = ReturnType<typeof useAuth>
let found: (authkit: AuthKit) => void
const authkit = new Promise<AuthKit>((resolve) => {
  found = resolve
})

/** Outside of StepUpProvider: a window that comes back has the provider, and nothing of the app. */
function Connect() {
  const auth = useAuth()
  useEffect(() => {
    if (!auth.isLoading) found(auth)
    adapter.connect(auth)
  }, [auth])
  return null
}

const { origin } = window.location
const standIn = new URL(ISSUER)

export const AuthProvider: AuthSystem['AuthProvider'] = ({ returning, children }) => (
  <AuthKitProvider
    clientId="client_acme"
    apiHostname={standIn.hostname}
    port={Number(standIn.port)}
    https={false}
    devMode
    redirectUri={`${origin}/callback`}
    onRefresh={adapter.onRefresh}
    onRefreshFailure={adapter.onRefresh}
    onRedirectCallback={() => {
      // The SDK cleans the address right after this, and with it what a router has noted there.
      if (!returning) setTimeout(() => navigate('/', { replace: true }))
    }}
  >
    <Connect />
    {children}
  </AuthKitProvider>
)

export const useAccount: AuthSystem['useAccount'] = () => {
  const { isLoading, user } = useAuth()
  const status = isLoading ? 'loading' : user ? 'signed_in' : 'signed_out'
  return { status, name: user ? `${user.firstName ?? ''} ${user.lastName ?? ''}` : undefined }
}

export const signIn: AuthSystem['signIn'] = () => void authkit.then(({ signIn }) => signIn())
export const signOut: AuthSystem['signOut'] = () =>
  void authkit.then(({ signOut }) => {
    signOut({ returnTo: origin })
  })

export const authorize: AuthSystem['authorize'] = async () => ({
  Authorization: `Bearer ${await (await authkit).getAccessToken()}`,
})
export const apiCredentials: AuthSystem['apiCredentials'] = 'omit'

/** AuthKit's session is what gets older; then comes a token that tells of it. */
export const moveSignIn: AuthSystem['moveSignIn'] = async (seconds) => {
  // AuthKit knows the browser by its cookie.
  await post(`${ISSUER}/demo/age`, { seconds }, 'include')
  await (await authkit).getAccessToken({ forceRefresh: true })
}
export const keeper: AuthSystem['keeper'] = 'AuthKit'
export const onReset: AuthSystem['onReset'] = () => undefined

export const people: readonly DemoPerson[] = [
  { name: 'Ada', email: 'ada@acme.test', proof: <code>correct horse</code> },
  { name: 'Bob', email: 'bob@acme.test', proof: <code>battery staple</code> },
]

export const pages: AuthSystem['pages'] = {}
