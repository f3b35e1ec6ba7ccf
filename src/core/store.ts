import type { StepUpEvent, StepUpState } from './machine.js'
import { step } from './machine.js'

/** Called after every move, with the event that made it. */
export type StepUpListener = (event: StepUpEvent) => void

export interface Store {
  getState(): StepUpState
  dispatch(event: StepUpEvent): void
  subscribe(listener: StepUpListener): () => void
}

export function createStore(): Store {
  const listeners = new Set<StepUpListener>()
  let state: StepUpState = { status: 'idle' }
  return {
    getState: () => state,
    dispatch(event) {
      const next = step(state, event)
      if (next === state) return
      state = next
      for (const listener of [...listeners]) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
