// Everything between "not fresh" and "run it": loaded when it is first needed, so that the fresh path
// stays small.
import { samePerson } from './authentication.js'
import type { StepUpControls } from './client.js'
import type { Context } from './context.js'
import type { StepUpError } from './errors.js'
import type { StepUpEvent } from './machine.js'
import { step } from './machine.js'
import type { Prompter } from './prompt.js'
import { createPrompter } from './prompt.js'
import { signedOut, wrongAccount } from './refusals.js'
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
  const { environment, session, store } = context
  const steps: Steps = {
    ...context,
    trips: createTrips(environment.storage, environment.url().origin),
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
    const refusal = refusePerson(context)
    if (refusal) prompter.rejectAll(refusal)
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

/** A prompt is for one person: whoever else is signed in now is not asked in their place. */
function refusePerson({ session, store }: Context): StepUpError | null {
  const state = store.getState()
  if (state.status !== 'prompting') return null
  const authentication = session.authentication()
  if (session.unmet(state.requirement) === 'signed_out') return signedOut()
  return authentication && !samePerson(authentication, state.authentication) ? wrongAccount() : null
}
