import { createHash, timingSafeEqual } from 'node:crypto'

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
}

// Plain passwords, because this is a demo whose sign-in page shows them. A real provider keeps
// slow, salted hashes (argon2, scrypt).
const accounts: readonly (User & { readonly password: string })[] = [
  { id: 'usr_ada', email: 'ada@acme.test', name: 'Ada Lovelace', password: 'correct horse' },
  { id: 'usr_bob', email: 'bob@acme.test', name: 'Bob Noyce', password: 'battery staple' },
]

export const demoAccounts = accounts.map(({ email, password }) => ({ email, password }))

export function findUser(id: string | undefined): User | undefined {
  return accounts.find((account) => account.id === id)
}

/** The user, or `undefined` with no word on whether the email or the password was wrong. */
export function authenticate(email: string, password: string): User | undefined {
  const account = accounts.find((account) => account.email === email.trim().toLowerCase())
  // Compared even for an unknown email, so that the time taken does not tell who has an account.
  return sameText(password, account?.password ?? '') ? account : undefined
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
