// Everything between "not fresh" and "run it": loaded when it is first needed, so that the fresh path
// stays small.
import type { StepUpControls } from './client.js'
import type { Context } from './context.js'
import type { StepUpEvent } from './machine.js'
import { step } from './machine.js'
import type { Prompter } from './prompt.js'
import { createPrompter } from './prompt.js'
import { createHomecoming } from './return.js'
import { createRevival } from './revival.js'
import type { Perform } from './run.js'
import type { Trips } from './trip.js'
import { createTrips } from './trip.js'

export { readDemand } from './reply.js'

/** What asking and coming back share. */
export interface Steps extends Context {
  readonly trips: Trips
  readonly dispatch: (event: StepUpEvent) => void
}

export interface Flow extends Pick<Prompter, 'add' | 'drop' | 'rejectAll'> {
  readonly controls: StepUpControls
}

/** Takes up what came back, and asks for what waits. */
export function createFlow(context: Context, perform: Perform): Flow {
  const { arrived, environment, session, store } = context
  const steps: Steps = {
    ...context,
    trips: createTrips(environment.storage, arrived.url.origin),
    dispatch(event) {
      store.set(step(store.getState(), event), event)
    },
  }
  const prompter = createPrompter(steps)
  const homecoming = createHomecoming(steps, createRevival(context, prompter, perform))
  store.subscribe(() => {
    prompter.next()
  })
  session.subscribe(() => {
    prompter.recheck()
    homecoming.recheck()
  })
  void homecoming.begin()
  return {
    add: prompter.add,
    drop: prompter.drop,
    rejectAll: prompter.rejectAll,
    controls: {
      choose(method) {
        steps.dispatch({ type: 'chosen', method })
      },
      send: prompter.send,
      submit: prompter.submit,
      leave: prompter.leave,
      confirm: homecoming.confirm,
      retry: homecoming.retry,
      cancel() {
        if ('waiting' in store.getState()) prompter.cancel()
        else homecoming.cancel()
      },
    },
  }
}
