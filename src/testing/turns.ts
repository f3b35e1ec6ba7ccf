import type { StepUpClient } from '../core/client.js'
import type { StepUpState } from '../core/machine.js'

// The one from before a test puts fake timers in its place.
const { setTimeout } = globalThis

/** Lets what is under way go on: promises, messages, renders. */
export async function turns(count: number, signal?: AbortSignal): Promise<void> {
  for (let turn = 0; turn < count && !signal?.aborted; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

/** Turns, and not seconds: on a busy machine they take as long as everything else does. A second at least. */
const PATIENCE = 1000

/** Resolves with the first state that fits. @throws Error, with what `missing` says, where none comes. */
export function until<State extends StepUpState>(
  client: StepUpClient,
  fits: (state: StepUpState) => state is State,
  missing: () => string,
): Promise<State> {
  return new Promise((resolve, reject) => {
    const wait = new AbortController()
    const look = () => {
      const state = client.getState()
      if (!fits(state)) return
      stop()
      wait.abort()
      resolve(state)
    }
    const stop = client.subscribe(look)
    look()
    void turns(PATIENCE, wait.signal).then(() => {
      stop()
      reject(new Error(missing()))
    })
  })
}

let acting = 0
let actEnvironment: unknown

/** React need not be told of updates that a verb brings about: whoever called it waits for them. */
export async function outsideAct<T>(run: () => Promise<T>): Promise<T> {
  const scope = globalThis as { IS_REACT_ACT_ENVIRONMENT?: unknown }
  if (acting++ === 0) {
    actEnvironment = scope.IS_REACT_ACT_ENVIRONMENT
    scope.IS_REACT_ACT_ENVIRONMENT = false
  }
  try {
    return await run()
  } finally {
    await turns(3)
    if (--acting === 0) scope.IS_REACT_ACT_ENVIRONMENT = actEnvironment
  }
}
