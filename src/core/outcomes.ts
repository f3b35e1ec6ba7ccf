import { notify } from './notify.js'

/** How a resumed action ended. */
export type Outcome<Data> = { data: Data } | { error: unknown }
type Handler = (outcome: Outcome<unknown>, variables: unknown) => void

/** Runs an action that came back, inside of something that keeps account of it. */
export type RunThrough = (
  id: string,
  variables: unknown,
  run: () => Promise<unknown>,
) => Promise<unknown>

/** The outcomes of actions that have no caller any more, kept until somebody asks. */
export interface Outcomes {
  through?: RunThrough
  deliver(id: string, outcome: Outcome<unknown>, variables: unknown): void
  listen(id: string, handler: Handler): () => void
}

export function createOutcomes(): Outcomes {
  const handlers = new Map<string, Set<Handler>>()
  const waiting = new Map<string, Parameters<Handler>[]>()
  return {
    deliver(id, outcome, variables) {
      const present = handlers.get(id)
      if (!present || present.size === 0) {
        waiting.set(id, [...(waiting.get(id) ?? []), [outcome, variables]])
        return
      }
      notify(present, outcome, variables)
    },
    listen(id, handler) {
      const present = handlers.get(id) ?? new Set()
      handlers.set(id, present.add(handler))
      // A moment later, so that everybody who mounts with this one gets them too.
      queueMicrotask(() => {
        if (present.size === 0) return
        const kept = waiting.get(id) ?? []
        waiting.delete(id)
        for (const outcome of kept) notify(present, ...outcome)
      })
      return () => present.delete(handler)
    },
  }
}
