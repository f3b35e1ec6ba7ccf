import type { StepUpError } from './errors.js'
import type { Entry } from './queue.js'

/** Who has come to wait and who has given up since the last look: thousands may, in one moment. */
export interface Comings {
  readonly isEmpty: () => boolean
  readonly add: (entry: Entry) => void
  readonly drop: (requestId: string, error: StepUpError) => void
  /** Hands them over, and begins anew. */
  take(): { readonly added: readonly Entry[]; readonly gone: ReadonlyMap<string, StepUpError> }
}

/** Calls `due` once for all who come or go in this moment, after it. */
export function createComings(due: () => void): Comings {
  let added: Entry[] = []
  let gone = new Map<string, StepUpError>()
  return {
    isEmpty: () => added.length === 0,
    add(entry) {
      if (added.push(entry) === 1) queueMicrotask(due)
    },
    drop(requestId, error) {
      if (gone.set(requestId, error).size === 1) queueMicrotask(due)
    },
    take() {
      const taken = { added, gone }
      added = []
      gone = new Map()
      return taken
    },
  }
}
