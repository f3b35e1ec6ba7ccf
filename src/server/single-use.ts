/** Remembers what was used, for every process that serves the API. */
export interface SingleUse {
  /**
   * True for the first call with `key`, false for every other within `ttlSeconds`. It must be one
   * atomic step (Redis: `SET key 1 NX EX ttl`), or two requests at once are both the first.
   */
  consume(key: string, ttlSeconds: number): boolean | Promise<boolean>
}

/**
 * A `SingleUse` for one process: a second process, or a restart, knows nothing of it.
 *
 * @example
 * createFreshAuthGuard({ issuer, audience, singleUse: createMemorySingleUse() })
 */
export function createMemorySingleUse(now = () => Date.now() / 1000): SingleUse {
  const used = new Map<string, number>()
  return {
    consume(key, ttlSeconds) {
      const at = now()
      // In the order of their use, which with one `ttlSeconds` is that of their end.
      for (const [old, until] of used) {
        if (until > at) break
        used.delete(old)
      }
      if (used.has(key)) return false
      used.set(key, at + ttlSeconds)
      return true
    },
  }
}
