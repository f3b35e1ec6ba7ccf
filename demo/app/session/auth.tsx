import type { AuthSystem } from '../auth-system.js'
import { navigate } from '../location.js'
import { outboxLink, peopleWith } from '../people.js'
import { post } from '../post.js'
import { AccountPage } from './account-page.js'
import { SignInPage } from './sign-in-page.js'
import { sessionChanged } from './step-up-adapter.js'

export { useAccount } from '../account-from-step-up.js'
export { steps } from './steps.js'
export { adapter } from './step-up-adapter.js'

/** There is nothing to provide: who is signed in is what the step-up client has read. */
export const AuthProvider: AuthSystem['AuthProvider'] = ({ children }) => children

export const signIn: AuthSystem['signIn'] = () => {
  navigate('/sign-in')
}

export const signOut: AuthSystem['signOut'] = () => {
  void post('/auth/sign-out').finally(sessionChanged)
}

/** The cookie says who it is. What is no JSON could be from a form of somebody else's. */
export const authorize: AuthSystem['authorize'] = () =>
  Promise.resolve({ 'Content-Type': 'application/json' })
export const apiCredentials: AuthSystem['apiCredentials'] = 'same-origin'

export const moveSignIn: AuthSystem['moveSignIn'] = async (seconds) => {
  await post('/demo/age', { seconds })
  sessionChanged()
}
export const keeper: AuthSystem['keeper'] = 'Your session'

/** The sessions are gone with the rest. */
export const onReset: AuthSystem['onReset'] = sessionChanged

const outbox = outboxLink('/demo/outbox')

export const people = peopleWith(outbox, {
  name: 'Hedy',
  email: 'hedy@acme.test',
  proof: <>a passkey, which she makes after a first sign-in by a code from the {outbox}</>,
})

export const pages: AuthSystem['pages'] = {
  '/account': { title: 'Your sign-in', content: <AccountPage /> },
  '/sign-in': {
    ...{ title: 'Sign in', open: true, hidden: true },
    content: <SignInPage people={people} />,
  },
}
