import type { VerificationMethod } from 'react-step-up/server'
import { findUser, findUserByEmail, type User } from '../idp/users.js'

interface Person extends Omit<User, 'method'> {
  readonly method: User['method'] | 'passkey'
}

/** Whom only this backend knows: somebody with a passkey in place of a password. */
const hedy: Person = {
  ...{ id: 'usr_hedy', email: 'hedy@acme.test', name: 'Hedy Lamarr', method: 'passkey' },
}

export function findPerson(id: string): Person | undefined {
  return id === hedy.id ? hedy : findUser(id)
}

export function findPersonByEmail(email: string): Person | undefined {
  return email.trim().toLowerCase() === hedy.email ? hedy : findUserByEmail(email)
}

const sso: VerificationMethod = { type: 'redirect', id: 'initech', label: 'Initech SSO' }
const password: VerificationMethod = { type: 'password', id: 'password' }
const passkey: VerificationMethod = { type: 'passkey', id: 'passkey' }
const codeFor = (destination: string): VerificationMethod => ({
  ...{ type: 'code', id: 'email', channel: 'email', destination },
})

/** How a person signs in and confirms, the way of their first sign-in first. */
export function methodsOf(person: Person | undefined): readonly VerificationMethod[] {
  switch (person?.method) {
    case 'sso':
      return [sso]
    case 'code':
      return [codeFor(person.email)]
    case 'passkey':
      // The code is what the first passkey is made with.
      return [passkey, codeFor(person.email)]
    case 'password':
      return [password, codeFor(person.email)]
    default:
      // Whoever has no account is asked for a password, as most people are.
      return [password]
  }
}

/** Of an employee without an account the company knows more than we do. */
export const methodsAtCompany: readonly VerificationMethod[] = [sso]
