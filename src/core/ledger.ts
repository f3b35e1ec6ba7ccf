import type { Steps } from './flow.js'
import { limited } from './limit.js'
import { isReservedKey } from './storable.js'

const NAME = 'react-step-up.runs'
// Longer than any record can live, so that nothing outlives its entry here.
const KEPT = 7200
const HUGE = 2_097_152

type Runs = Readonly<Record<string, number>>

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
  const { clock, shared } = environment
  // Where nothing can be shared, this page at least does nothing twice.
  const own = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()

  /** In the order in which they were asked for: a restore comes before the next consume. */
  function alone<T>(run: () => T): Promise<T> {
    const { signal: never } = new AbortController()
    const turn = () =>
      limited(clock, limits.network, never, (signal) => environment.lock(run, signal))
    const mine = last.then(turn, turn)
    last = mine
    return mine
  }

  function read(): Runs {
    try {
      return parseRuns(shared.read(NAME), clock.now().wall)
    } catch {
      return {}
    }
  }

  function write(runs: Runs): void {
    try {
      shared.write(NAME, JSON.stringify(runs))
    } catch {
      // Full or forbidden: this page's own memory has to do.
    }
  }

  return {
    consume: (requestId) =>
      alone(() => {
        const runs = read()
        if (own.has(requestId) || Object.hasOwn(runs, requestId)) return false
        own.add(requestId)
        write({ ...runs, [requestId]: clock.now().wall })
        return true
      }),
    restore: (requestId) =>
      alone(() => {
        const { [requestId]: _, ...rest } = read()
        own.delete(requestId)
        write(rest)
      }),
  }
}

/** What the windows have written and still counts; of whatever else is found there, nothing. */
function parseRuns(text: string | null, now: number): Runs {
  if (text === null || text.length > HUGE) return {}
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) return {}
  const runs = Object.entries(value).filter(
    ([id, at]) => typeof at === 'number' && now - at < KEPT && !isReservedKey(id),
  )
  return Object.fromEntries(runs)
}
