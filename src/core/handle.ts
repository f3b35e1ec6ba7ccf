import type { AuthAdapter, TripReturn } from './adapter.js'
import { readTripReturn } from './answer.js'
import type { TripStorage } from './storage.js'

const HANDLE = /^r\.[A-Za-z0-9_-]{43}$/

/** The one thing of ours that leaves the page: 256 random bits. */
export const createHandle = (random: () => string): string => `r.${random()}`
export const isHandle = (state: string): boolean => HANDLE.test(state)

/** What the address brings back; an adapter that fails to read it finds nothing. */
export function peekReturn(adapter: AuthAdapter, url: URL): TripReturn | null {
  try {
    return adapter.peek ? adapter.peek(url) : readTripReturn(url)
  } catch {
    return null
  }
}

/** Whether an answer is the end of one of our trips; an ordinary sign-in is none of them. */
export function isOurs(answer: TripReturn | null, storage: TripStorage): boolean {
  if (!answer) return false
  if (isHandle(answer.state)) return true
  try {
    const record = JSON.parse(storage.read() ?? 'null') as { binding?: unknown } | null
    return record?.binding === answer.state
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
