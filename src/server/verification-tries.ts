import type { Authentication } from '../core/authentication.js'
import { Refused } from './verification-answer.js'
import { keyOf } from './verification-keys.js'
import type { CheckedVerification } from './verification-options.js'

export type Tries = ReturnType<typeof createTries>

/**
 * How often a person may try. It is counted twice: over all methods, and for each. A success clears the
 * first and its own methods only, or whoever knows a password could guess codes for ever in between.
 */
export function createTries({ attempts, attemptLimit, attemptWindow }: CheckedVerification) {
  const keysOf = ({ issuer, subject }: Authentication, ids: readonly string[]) =>
    Promise.all([
      keyOf('tries', issuer, subject),
      ...ids.map((id) => keyOf('tries', issuer, subject, id)),
    ])

  return {
    /** Before anything is checked. @throws Refused */
    async count(authentication: Authentication, id: string): Promise<void> {
      const keys = await keysOf(authentication, [id])
      const counted = await Promise.all(keys.map(async (key) => attempts.count(key, attemptWindow)))
      // A store that answers nonsense has counted nothing, and lets nobody try.
      const over = counted.filter(({ count }) => !(count <= attemptLimit))
      if (over.length === 0) return
      const longest = Math.max(...over.map(({ endsIn }) => endsIn))
      throw new Refused('locked', Math.max(1, Math.ceil(longest)) || attemptWindow)
    },
    /** After a success by these. */
    async giveBack(authentication: Authentication, ids: readonly string[]): Promise<void> {
      const keys = await keysOf(authentication, ids)
      for (const key of keys) await attempts.forget(key)
    },
  }
}
