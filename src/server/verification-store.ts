/**
 * What a verification remembers between two requests: codes, challenges, first steps. Values are
 * opaque, and hold no code in the clear.
 */
export interface VerificationStore {
  /** Keeps `value` in place of whatever was there (Redis: `SET key value EX ttl`). */
  set(key: string, value: string, ttlSeconds: number): unknown
  /** What is kept, until its time is over (Redis: `GET key`). */
  get(key: string): string | null | Promise<string | null>
  /**
   * Removes `key` if it still holds `value`, and is true for the one call that did. It must be one
   * atomic step, or a code can be used twice (SQL: `DELETE … WHERE key = ? AND value = ?` and its row
   * count; Redis: `EVAL "return redis.call('get',KEYS[1])==ARGV[1] and redis.call('del',KEYS[1]) or 0"`).
   */
  take(key: string, value: string): boolean | Promise<boolean>
}

/** Counts what was tried, for every process that serves the app. */
export interface Attempts {
  /**
   * Counts one more under `key` and tells how many that makes, and in how many seconds the count ends:
   * `windowSeconds` after its first. It must be one atomic step, or many tries at once are all the
   * first (Redis: `MULTI`, `INCR key`, `EXPIRE key window NX`, `TTL key`, `EXEC`).
   */
  count(key: string, windowSeconds: number): Counted | Promise<Counted>
  /** The same without counting, and zeros where nothing was counted (Redis: `GET key`, `TTL key`). */
  peek(key: string): Counted | Promise<Counted>
  /** Begins again at none (Redis: `DEL key`). */
  forget(key: string): unknown
}

/** How many tries there were, and in how many seconds they are forgotten. */
export interface Counted {
  readonly count: number
  readonly endsIn: number
}

interface Kept<T> {
  readonly value: T
  readonly until: number
}

// Between two sweeps: nothing grows for longer, and no request pays for all others.
const SWEEP = 60

function createMemory<T>(now: () => number) {
  const kept = new Map<string, Kept<T>>()
  let sweptAt = now()
  return {
    get(key: string): Kept<T> | null {
      const found = kept.get(key)
      return found && found.until > now() ? found : null
    },
    set(key: string, value: T, until: number): void {
      const at = now()
      if (Math.abs(at - sweptAt) >= SWEEP) {
        sweptAt = at
        for (const [old, { until: end }] of kept) if (end <= at) kept.delete(old)
      }
      kept.set(key, { value, until })
    },
    delete: (key: string) => kept.delete(key),
  }
}

/**
 * A `VerificationStore` for one process: a second process, or a restart, knows nothing of it.
 *
 * @example
 * createVerificationHandler({ store: createMemoryVerificationStore(), … })
 */
export function createMemoryVerificationStore(now = () => Date.now() / 1000): VerificationStore {
  const memory = createMemory<string>(now)
  return {
    set: (key, value, ttlSeconds) => memory.set(key, value, now() + ttlSeconds),
    get: (key) => memory.get(key)?.value ?? null,
    take: (key, value) => memory.get(key)?.value === value && memory.delete(key),
  }
}

/**
 * `Attempts` for one process: a second process counts its own, and a restart begins at none.
 *
 * @example
 * createVerificationHandler({ attempts: createMemoryAttempts(), … })
 */
export function createMemoryAttempts(now = () => Date.now() / 1000): Attempts {
  const memory = createMemory<number>(now)
  return {
    count(key, windowSeconds) {
      const before = memory.get(key)
      const count = (before?.value ?? 0) + 1
      const until = before?.until ?? now() + windowSeconds
      memory.set(key, count, until)
      return { count, endsIn: until - now() }
    },
    peek(key) {
      const kept = memory.get(key)
      return kept ? { count: kept.value, endsIn: kept.until - now() } : { count: 0, endsIn: 0 }
    },
    forget: (key) => memory.delete(key),
  }
}
