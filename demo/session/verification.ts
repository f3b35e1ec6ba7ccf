import {
  createMemoryAttempts,
  createMemoryVerificationStore,
  createVerificationHandler,
  type Authentication,
  type Reauthenticated,
} from 'react-step-up/server'
import { passkeys } from 'react-step-up/server/passkey'
import type { AuditEvent } from '../api/audit.js'
import { authenticate } from '../idp/users.js'
import { findPerson, methodsAtCompany, methodsOf } from './people.js'
import type { State } from './state.js'

export type Reauthentication = Extract<AuditEvent, { kind: 'reauthentication' }>

/** The two places where people prove who they are: the page of the first sign-in, and the dialog. */
export function createVerification(
  state: State,
  covers: (email: string) => boolean,
  onReauthenticated: (event: Reauthentication) => void,
) {
  const { clock, origin, outbox, sessions, signIns } = state
  const common = {
    methodsOf: ({ subject }: Authentication) =>
      covers(subject) ? methodsAtCompany : methodsOf(findPerson(subject)),
    password: {
      verify: ({ authentication: { subject }, password }: PasswordTry) =>
        authenticate(findPerson(subject)?.email ?? '', password) !== undefined,
    },
    code: {
      deliver: ({ code, method: { destination = '' } }: Delivery) =>
        outbox.add({ to: destination, subject: 'Your code for Acme Console', code }),
    },
    passkey: passkeys({
      rpId: new URL(origin).hostname,
      origin,
      credentialsOf: ({ subject }) => state.passkeys.get(subject) ?? [],
      onUsed: (credential, counter) => {
        credential.counter = counter
      },
    }),
    store: createMemoryVerificationStore(clock.now),
    now: clock.now,
  }

  const stepUp = createVerificationHandler({
    ...common,
    authenticate: ({ headers }) => state.authenticationOf(headers.get('Cookie')),
    attempts: createMemoryAttempts(clock.now),
    onReauthenticated({ authentication, request, methods, authTime }) {
      const session = sessions.of(request.headers.get('Cookie'))
      if (!session) throw new Error('The session has ended in the meantime.')
      session.authTime = authTime
      const { subject: userId } = authentication
      const sessionId = session.id
      const method = nameOf(methods)
      onReauthenticated({ kind: 'reauthentication', userId, sessionId, method, authTime })
    },
  })

  // Signing in is the same proof, by somebody who is only said to be this person. It is counted by
  // itself: a stranger's guesses must not keep the person, who is signed in, from confirming.
  const signIn = createVerificationHandler({
    ...common,
    authenticate({ headers }) {
      const begun = signIns.of(headers.get('Cookie'))
      return begun
        ? { issuer: origin, subject: begun.userId ?? begun.email, sessionId: begun.id }
        : null
    },
    attempts: createMemoryAttempts(clock.now),
    onReauthenticated({ authentication: { subject: userId }, request, authTime, headers }) {
      const cookies = request.headers.get('Cookie')
      sessions.end(cookies)
      headers.append('Set-Cookie', signIns.end(cookies))
      headers.append('Set-Cookie', sessions.begin({ userId, authTime }))
    },
  })

  return { stepUp, signIn }
}

interface PasswordTry {
  readonly authentication: Authentication
  readonly password: string
}
interface Delivery {
  readonly code: string
  readonly method: { readonly destination?: string }
}

/** As the audit log calls it. */
function nameOf(methods: Reauthenticated['methods']): Reauthentication['method'] {
  const type = methods.at(-1)?.type ?? 'redirect'
  return type === 'redirect' ? 'sso' : type
}
