import type { TripReturn } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { Steps } from './flow.js'
import { limited } from './limit.js'
import type { TripRecord } from './trip.js'

/** A code is spent once: a reload in the middle finds `spending`, and only looks at the result. */
export async function complete(
  { adapter, arrived, environment, limits, session }: Steps,
  record: TripRecord,
  back: TripReturn,
  keep: (next: TripRecord) => void,
): Promise<Authentication | null> {
  if (record.spending || record.phase !== 'leaving') return session.read()
  keep({ ...record, spending: true })
  const { signal: never } = new AbortController()
  try {
    return await limited(environment.clock, limits.network, never, (signal) =>
      session.receive(async () => adapter.complete?.(arrived.url, signal), signal),
    )
  } catch (cause) {
    // An error response makes the SDK throw; what it says was read from the address already.
    if (back.error) return session.read()
    throw cause
  }
}
