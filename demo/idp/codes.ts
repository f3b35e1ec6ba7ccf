import { randomInt } from 'node:crypto'
import { ExpiringMap } from './expiring-map.js'
import type { Outbox } from './outbox.js'
import { sameText } from './same-text.js'
import { findUserByEmail, type User } from './users.js'

const minute = 60_000
/** A code is good for this long, and a new one is not sent before that. */
const lifetime = 10 * minute
const pause = 30_000
/** Wrong codes in one sign-in, whatever is sent again: then it has to begin anew. */
const tries = 5

interface Sent {
  readonly at: number
  /** Missing where there is nothing to guess: no such account, or the code is spent. */
  readonly code?: string
}

/** One interaction of the provider. */
interface SignIn {
  email: string
  attempts: number
  readonly sent: Map<string, Sent>
}

export interface CodeStep {
  readonly email: string
  readonly locked: boolean
}

/** One-time codes by mail, each for one interaction and one account. */
export class Codes {
  readonly #outbox: Outbox
  // Longer than an interaction: what was counted against it is not forgotten before it ends.
  readonly #signIns = new ExpiringMap<SignIn>(20 * minute)

  constructor(outbox: Outbox) {
    this.#outbox = outbox
  }

  /** Where this interaction is, if it is at a code. */
  stepOf(uid: string): CodeStep | undefined {
    const signIn = this.#signIns.get(uid)
    return signIn && { email: signIn.email, locked: signIn.attempts >= tries }
  }

  /**
   * Sends a code. `false` where it is too soon for another one. To an address that no account with
   * codes has, nothing is sent, and nobody can tell from here.
   */
  send(uid: string, address: string): boolean {
    const email = address.trim().toLowerCase()
    const signIn = this.#signIns.get(uid) ?? { email, attempts: 0, sent: new Map<string, Sent>() }
    signIn.email = email
    this.#signIns.set(uid, signIn)

    const last = signIn.sent.get(email)
    if (signIn.attempts >= tries || (last && Date.now() < last.at + pause)) return false
    const user = findUserByEmail(email)
    if (user?.method !== 'code') {
      signIn.sent.set(email, { at: Date.now() })
      return true
    }
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    signIn.sent.set(email, { at: Date.now(), code })
    this.#outbox.add({ to: email, subject: 'Your code for Acme Console', code })
    return true
  }

  /** The user whose code it is, once. Counts before it compares, so that no try slips through. */
  spend(uid: string, entered: string): User | undefined {
    const signIn = this.#signIns.get(uid)
    if (!signIn || signIn.attempts >= tries) return undefined
    signIn.attempts += 1
    const { at, code } = signIn.sent.get(signIn.email) ?? { at: 0 }
    const same = sameText(entered.replace(/\s/g, ''), code ?? '')
    if (!same || code === undefined || Date.now() >= at + lifetime) return undefined
    signIn.sent.set(signIn.email, { at })
    return findUserByEmail(signIn.email)
  }
}
