import type { StepUpEvent, StepUpState } from './machine.js'
import { notify } from './notify.js'

/** Called after every move, with the event that made it. */
export type StepUpListener = (event: StepUpEvent) => void

/** Holds the state; the machine, loaded with the rest of the flow, moves it. */
export interface Store {
  readonly getState: () => StepUpState
  readonly subscribe: (listener: StepUpListener) => () => void
  set(next: StepUpState, event: StepUpEvent): void
}

export function createStore(): Store {
  const listeners = new Set<StepUpListener>()
  let state: StepUpState = { status: 'idle' }
  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(next, event) {
      if (next === state) return
      state = next
      notify(listeners, event)
    },
  }
}
