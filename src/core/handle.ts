import type { AuthAdapter, TripReturn } from './adapter.js'
import { readTripReturn } from './answer.js'
import type { PageEnvironment } from './environment.js'
import type { TripStorage } from './storage.js'
import { COPY } from './storage.js'

const HANDLE = /^([rp])\.[A-Za-z0-9_-]{43}$/

/** `r`: comes back to the tab that left. `p`: comes back in a window of its own, and another one waits. */
export type HandleKind = 'r' | 'p'

/** The one thing of ours that leaves the page: 256 random bits. */
export const createHandle = (kind: HandleKind, random: () => string): string =>
  `${kind}.${random()}`

/** `undefined` for a `state` that is not ours. */
export const kindOf = (state: string | undefined): HandleKind | undefined =>
  HANDLE.exec(state ?? '')?.[1] as HandleKind | undefined

/** What the address brings back; an adapter that fails to read it finds nothing. */
export function peekReturn(adapter: AuthAdapter, url: URL): TripReturn | null {
  try {
    return adapter.peek ? adapter.peek(url) : readTripReturn(url)
  } catch {
    return null
  }
}

/** Whether an answer is the end of one of our trips; an ordinary sign-in is none of them. */
export function isOurs(answer: TripReturn | null, { storage, shared }: PageEnvironment): boolean {
  if (!answer) return false
  const { state } = answer
  if (kindOf(state)) return true
  try {
    const record = JSON.parse(storage.read() ?? 'null') as { binding?: unknown } | null
    return record?.binding === state || shared.read(COPY + state) !== null
  } catch {
    return false
  }
}

/** Whether a trip, or what is left of one, waits in this tab. */
export function hasRecord(storage: TripStorage): boolean {
  try {
    return storage.read() !== null
  } catch {
    return false
  }
}
