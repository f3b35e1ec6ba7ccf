import type { Environment } from './environment.js'
import { StepUpError } from './errors.js'
import type { RecordStorage } from './storage.js'
import { COPY } from './storage.js'
import { LONGEST } from './storable.js'
import type { TripRecord } from './trip.js'
import { isReturnOf, parseRecord } from './trip.js'

export interface Trips {
  /** `null` also for what cannot be read or was tampered with. */
  read(): TripRecord | null
  /** @throws StepUpError `storage_unavailable`, `not_resumable` */
  write(record: TripRecord): void
  /** Whether it is stored; where it cannot be, what was there before would be wrong, and goes. */
  keep(record: TripRecord): boolean
  remove(): void
}

/** The record of this tab's trip: one at a time, since a tab can only be away once. */
export function createTrips(
  environment: Environment,
  kept: RecordStorage = 'session',
  /** What the address of this page brings back. */
  state?: string,
): Trips {
  const { storage, shared, clock } = environment
  const { origin } = environment.url()
  const parse = (text: string | null) => (text === null ? null : parseRecord(text, origin))
  const readSlot = () => parse(orNull(() => storage.read()))
  const readCopy = (name: string) => parse(orNull(() => shared.read(COPY + name)))
  const isBack = (record: TripRecord | null) => state !== undefined && isReturnOf(record, state)
  /** The last record read or written, for whoever ends it. */
  let seen: TripRecord | null = null

  function removeCopies(record: TripRecord | null): void {
    for (const name of kept === 'local' && record ? namesOf(record) : []) {
      orNull(() => shared.remove(COPY + name))
    }
  }

  function remove(): void {
    removeCopies(seen)
    orNull(() => storage.remove())
    seen = null
  }

  /** What another tab has changed is as it left it; what another tab has ended is gone. */
  function readShared(): TripRecord | null {
    const slot = readSlot()
    const copy = isBack(slot) || state === undefined ? null : readCopy(state)
    if (isBack(copy)) return copy
    if (slot && !readCopy(slot.handle)) orNull(() => storage.remove())
    return slot && readCopy(slot.handle)
  }

  function writeCopies(record: TripRecord, text: string): void {
    for (const name of orNull(() => shared.names()) ?? []) {
      if (!name.startsWith(COPY)) continue
      const other = readCopy(name.slice(COPY.length))
      if (!other || other.expiresAt < clock.now().wall) orNull(() => shared.remove(name))
    }
    for (const name of namesOf(record)) shared.write(COPY + name, text)
  }

  const trips: Trips = {
    remove,
    read() {
      seen = kept === 'local' ? readShared() : readSlot()
      return seen
    },
    write(record) {
      const text = JSON.stringify(record)
      if (text.length > LONGEST) {
        throw new StepUpError(
          'not_resumable',
          'What this action needs is too large to be kept while you are away.',
        )
      }
      try {
        storage.write(text)
        if (kept === 'local') writeCopies(record, text)
      } catch (cause) {
        throw new StepUpError(
          'storage_unavailable',
          'This browser does not let the page keep what you were doing, so it would be lost on the way. ' +
            'Allow site data for this page, or leave private browsing, and try again.',
          { cause },
        )
      }
      // One at a time: nobody comes back from the one before.
      if (seen?.handle !== record.handle) removeCopies(seen)
      seen = record
    },
    keep(record) {
      try {
        trips.write(record)
        return true
      } catch {
        remove()
        return false
      }
    },
  }
  return trips
}

const namesOf = ({ handle, binding }: TripRecord): readonly string[] =>
  binding === undefined ? [handle] : [handle, binding]

/** Storage that cannot be read or written holds nothing of ours either. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
