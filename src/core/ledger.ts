import type { Steps } from './flow.js'
import { limited } from './limit.js'

/**
 * Which requests of the person have been run, as far as all windows of the origin know. Duplicated
 * tabs and popups copy what waits in a tab's storage; only one of them may run it.
 */
export interface Ledger {
  /** `true` for exactly one caller per request, until it is restored. */
  consume(requestId: string): Promise<boolean>
  /** What was consumed has not been done, and may be consumed once more. */
  restore(requestId: string): Promise<void>
}

export function createLedger({
  environment,
  limits,
}: Pick<Steps, 'environment' | 'limits'>): Ledger {
  const { clock } = environment
  // Where nothing can be shared, this page at least does nothing twice.
  const own = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()

  /** In the order in which they were asked for: a restore comes before the next consume. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const { signal: never } = new AbortController()
    const turn = () => limited(clock, limits.network, never, run)
    const mine = last.then(turn, turn)
    last = mine
    return mine
  }

  return {
    consume: (requestId) =>
      inTurn(async () => {
        if (own.has(requestId)) return false
        const first = await environment.runs.add(requestId, clock.now().wall).catch(() => true)
        if (first) own.add(requestId)
        return first
      }),
    restore: (requestId) =>
      inTurn(async () => {
        own.delete(requestId)
        await environment.runs.remove(requestId).catch(() => undefined)
      }),
  }
}
