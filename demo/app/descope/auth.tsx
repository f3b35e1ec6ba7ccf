import { AuthProvider as DescopeProvider, useDescope, useSession } from '@descope/react-sdk'
import { useEffect } from 'react'
import type { AuthSystem } from '../auth-system.js'
import { navigate } from '../location.js'
import { outboxLink, peopleWith } from '../people.js'
import { post } from '../post.js'
import { AccountPage } from './account-page.js'
import { accepted, connect, descope, sessionToken, usePerson } from './sdk.js'
import { SignInPage } from './sign-in-page.js'
import { SIGNED_IN } from './single-sign-on.js'

export { adapter } from './adapter.js'
export { steps } from './steps.js'

/** Outside of StepUpProvider: a window that comes back has the provider, and nothing of the app. */
function Connect({ returning }: { returning: boolean }) {
  const sdk = useDescope()
  useEffect(() => {
    connect(sdk)
  }, [sdk])
  useEffect(() => {
    const { pathname, search } = window.location
    const code = new URLSearchParams(search).get('code')
    if (returning || pathname !== SIGNED_IN || code === null) return
    navigate('/', { replace: true })
    void sdk.sso.exchange(code)
  }, [returning, sdk])
  return null
}

export const AuthProvider: AuthSystem['AuthProvider'] = ({ returning, children }) => (
  <DescopeProvider projectId={PROJECT} baseUrl={ISSUER}>
    <Connect returning={returning} />
    {children}
  </DescopeProvider>
)

export const useAccount: AuthSystem['useAccount'] = () => {
  const { isAuthenticated, isSessionLoading } = useSession()
  const person = usePerson()
  const status = isSessionLoading ? 'loading' : isAuthenticated ? 'signed_in' : 'signed_out'
  return { status, name: person?.name }
}

export const signIn: AuthSystem['signIn'] = () => {
  navigate('/sign-in')
}
export const signOut: AuthSystem['signOut'] = () => void descope.then((sdk) => sdk.logout())

export const authorize: AuthSystem['authorize'] = () =>
  Promise.resolve({ Authorization: `Bearer ${sessionToken()}` })
export const apiCredentials: AuthSystem['apiCredentials'] = 'omit'

/** Time goes by, at Descope and at the API; then comes a token that tells of it. */
export const moveSignIn: AuthSystem['moveSignIn'] = async (seconds) => {
  await post(`${ISSUER}/demo/clock`, { seconds }, 'omit')
  await accepted((await descope).refresh())
}
export const keeper: AuthSystem['keeper'] = 'Descope'
/** Tokens from later than now would confuse everybody. */
export const onReset: AuthSystem['onReset'] = () => {
  if (sessionToken()) signOut()
}

export const people = peopleWith(outboxLink(`${ISSUER}/demo/outbox`))

export const pages: AuthSystem['pages'] = {
  '/account': { title: 'Your sign-in', content: <AccountPage /> },
  '/sign-in': { title: 'Sign in', open: true, hidden: true, content: <SignInPage /> },
}
