import type { StoredAction, TripRecord } from './trip.js'
import { isGivenUp } from './trip.js'
import type { Trips } from './trips.js'

/** The record that is on the screen, and its copy in storage. */
export interface Held {
  readonly record: TripRecord | null
  load(): TripRecord | null
  /** On the screen alone. */
  show(next: TripRecord | null): void
  /** Where storage fails now, only a reload would lose something. */
  readonly keep: (next: TripRecord) => void
  /** From now on a reload finds nothing of it; another trip's record is left alone. */
  forget(): void
  /** From now on a reload finds nothing of this action. */
  readonly release: (action: StoredAction) => void
  /** A page out of the back/forward cache may offer what a later page runs, has run, or gave up. */
  isTaken(): 'running' | 'gone' | null
}

export function createHeld(trips: Trips): Held {
  let record: TripRecord | null = null
  let stored = false
  const isMine = () => record !== null && trips.read()?.handle === record.handle
  const forget = () => {
    if (isMine()) trips.remove()
  }
  const keep = (next: TripRecord) => {
    record = next
    stored = trips.keep(next)
  }
  return {
    get record() {
      return record
    },
    load() {
      record = trips.read()
      stored = record !== null
      return record
    },
    show(next) {
      record = next
    },
    keep,
    forget,
    release({ requestId }) {
      // As it is stored: a trip that was given up may have put it back without some of them.
      const slot = trips.read()
      const actions = slot?.actions.filter((other) => other.requestId !== requestId)
      if (!slot || !actions || actions.length === slot.actions.length) return
      const some = actions.length > 0
      if (slot.handle !== record?.handle) {
        // A trip for something else has it in its record since.
        trips.keep(some ? { ...slot, actions } : { ...slot, actions, phase: 'cancelled' })
      } else if (some) keep({ ...slot, actions })
      else forget()
    },
    isTaken() {
      const slot = trips.read()
      if (!stored || !record) return null
      if (slot?.handle !== record.handle || isGivenUp(slot)) return 'gone'
      return slot.phase === 'claimed' ? 'running' : null
    },
  }
}
