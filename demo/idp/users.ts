import { sameText } from './same-text.js'

/** How an account signs in, the first time and whenever it is asked again. */
export type Method = 'password' | 'code' | 'sso'

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly method: Method
}

interface Account extends User {
  readonly password?: string
  /** The `sub` at the company's own identity provider. */
  readonly upstreamSubject?: string
}

// Plain passwords, because this is a demo whose sign-in page shows them. A real provider keeps
// slow, salted hashes (argon2, scrypt).
const accounts: readonly Account[] = [
  {
    ...{ id: 'usr_ada', email: 'ada@acme.test', name: 'Ada Lovelace' },
    ...{ method: 'password', password: 'correct horse' },
  },
  {
    ...{ id: 'usr_bob', email: 'bob@acme.test', name: 'Bob Noyce' },
    ...{ method: 'password', password: 'battery staple' },
  },
  { id: 'usr_grace', email: 'grace@acme.test', name: 'Grace Hopper', method: 'code' },
  {
    ...{ id: 'usr_lin', email: 'lin@initech.test', name: 'Lin Chen' },
    ...{ method: 'sso', upstreamSubject: 'initech-1001' },
  },
]

export const demoAccounts = accounts.map(({ email, method, password }) => ({
  ...{ email, method, password },
}))

export function findUser(id: string | undefined): User | undefined {
  return accounts.find((account) => account.id === id)
}

export function findUserByEmail(email: string): User | undefined {
  return accounts.find((account) => account.email === email.trim().toLowerCase())
}

/** An email at another company can change hands; its subject there cannot. */
export function findUserByUpstreamSubject(subject: string): User | undefined {
  return accounts.find((account) => account.upstreamSubject === subject)
}

/** The user, or `undefined` with no word on whether the email or the password was wrong. */
export function authenticate(email: string, password: string): User | undefined {
  const account: Account | undefined = findUserByEmail(email)
  // Compared even where there is nothing to compare with, so that the time taken does not tell who
  // has an account, or one with a password.
  const same = sameText(password, account?.password ?? '')
  return same && account?.password !== undefined ? account : undefined
}
