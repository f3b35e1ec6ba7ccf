import type { WebAuthnCredential } from '@simplewebauthn/server'
import type { Authentication } from 'react-step-up/server'
import { ExpiringMap } from '../idp/expiring-map.js'
import { Outbox } from '../idp/outbox.js'
import { Browsers, type Cookies } from './browsers.js'
import { Clock } from './clock.js'
import { findPerson } from './people.js'

const minute = 60
const day = 24 * 60 * minute

export interface Session {
  readonly userId: string
  /** Seconds, by our clock or the company's: when the person last proved who they are. */
  authTime: number
}

/** Somebody who has said who they are, and proved nothing. */
export interface SignIn {
  readonly email: string
  /** Whose account that is, if it is one. */
  readonly userId: string | undefined
}

/** All that the backend remembers, for as long as the process lives. */
export function createState(origin: string) {
  const sessions = new Browsers<Session>({ name: 'acme_session', path: '/', lifetime: day })
  const signIns = new Browsers<SignIn>({
    ...{ name: 'acme_sign_in', path: '/auth', lifetime: 15 * minute },
  })
  const clock = new Clock()
  const outbox = new Outbox()
  const passkeys = new Map<string, WebAuthnCredential[]>()
  /** By session: the challenge for a new passkey. */
  const challenges = new ExpiringMap<string>(5 * minute * 1000)

  return {
    ...{ origin, sessions, signIns, clock, outbox, passkeys, challenges },
    /** What guard, verification and page are told of a session. */
    authenticationOf(cookies: Cookies): Authentication | null {
      const session = sessions.of(cookies)
      const person = session && findPerson(session.userId)
      if (!person) return null
      return {
        issuer: origin,
        subject: person.id,
        sessionId: session.id,
        authTime: session.authTime,
        account: { name: person.name, loginHint: person.email },
      }
    },
    reset(): void {
      sessions.reset()
      signIns.reset()
      clock.reset()
      outbox.clear()
      passkeys.clear()
    },
  }
}

export type State = ReturnType<typeof createState>
