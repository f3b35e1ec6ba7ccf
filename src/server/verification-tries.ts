import type { Authentication } from '../core/authentication.js'
import { Refused } from './verification-answer.js'
import { keyOf } from './verification-keys.js'
import type { CheckedVerification } from './verification-options.js'
import type { Counted } from './verification-store.js'

/** Where one of `counted` is over `limit`: until the last of them ends. */
export function lockedBy(
  counted: readonly Counted[],
  limit: number,
  window: number,
): Refused | null {
  // A store that answers nonsense has counted nothing, and lets nobody try.
  const over = counted.filter(({ count }) => !(count <= limit))
  if (over.length === 0) return null
  const longest = Math.max(...over.map(({ endsIn }) => endsIn))
  return new Refused('locked', Math.max(1, Math.ceil(longest)) || window)
}

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

  type Read = (key: string) => Counted | Promise<Counted>
  async function judge(authentication: Authentication, id: string, read: Read, limit: number) {
    const keys = await keysOf(authentication, [id])
    const counted = await Promise.all(keys.map(async (key) => read(key)))
    const locked = lockedBy(counted, limit, attemptWindow)
    if (locked) throw locked
  }

  return {
    /** Before anything is checked. @throws Refused */
    count: (authentication: Authentication, id: string) =>
      judge(authentication, id, (key) => attempts.count(key, attemptWindow), attemptLimit),
    /** @throws Refused where the next try would be one too many */
    check: (authentication: Authentication, id: string) =>
      judge(authentication, id, (key) => attempts.peek(key), attemptLimit - 1),
    /** After a success by these. */
    async giveBack(authentication: Authentication, ids: readonly string[]): Promise<void> {
      const keys = await keysOf(authentication, ids)
      for (const key of keys) await attempts.forget(key)
    },
  }
}
