import { useEffect, useState } from 'react'
import Session from 'supertokens-web-js/recipe/session'
import type { AuthSystem } from '../auth-system.js'
import { navigate } from '../location.js'
import { outboxLink, peopleWith } from '../people.js'
import { post } from '../post.js'
import { adapter } from './sdk.js'
import { comeBackFromCompany } from './sign-in.js'
import { SignInPage } from './sign-in-page.js'

export { adapter }
export { useAccount } from '../account-from-step-up.js'
export { steps } from './steps.js'

let arriving: Promise<string> | undefined

/** There is nothing to provide; but whoever comes back from the company to sign in has to be let in. */
export const AuthProvider: AuthSystem['AuthProvider'] = ({ returning, children }) => {
  const [problem, setProblem] = useState('')
  useEffect(() => {
    if (returning || window.location.pathname !== '/callback') return
    arriving ??= comeBackFromCompany().catch(() => 'The server could not be reached.')
    void arriving.then((found) => {
      setProblem(found)
      navigate('/', { replace: true })
    })
  }, [returning])
  return (
    <>
      {problem !== '' && (
        <p className="notice" role="alert">
          {problem}
        </p>
      )}
      {children}
    </>
  )
}

export const signIn: AuthSystem['signIn'] = () => {
  navigate('/sign-in')
}
export const signOut: AuthSystem['signOut'] = () => void Session.signOut()

/** The SDK adds what there is to add. */
export const authorize: AuthSystem['authorize'] = () => Promise.resolve({})
export const apiCredentials: AuthSystem['apiCredentials'] = 'include'

export const moveSignIn: AuthSystem['moveSignIn'] = async (seconds) => {
  await post(`${ISSUER}/demo/age`, { seconds }, 'include')
}
export const keeper: AuthSystem['keeper'] = 'Your session'
export const onReset: AuthSystem['onReset'] = () => undefined

export const people = peopleWith(outboxLink(`${ISSUER}/demo/outbox`))

export const pages: AuthSystem['pages'] = {
  '/sign-in': {
    ...{ title: 'Sign in', open: true, hidden: true },
    content: <SignInPage people={people} />,
  },
}
