import type { LinkMethod } from './adapter.js'
import { defined } from './defined.js'
import type { OtherScreen } from './elsewhere.js'
import { createOtherTrip, settleOther } from './elsewhere.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { limited } from './limit.js'

/** A link in a mail: it opens in another window of this browser, which reports, and this one looks. */
export function createLink(
  steps: Steps,
  screen: OtherScreen,
): { send(method: LinkMethod): Promise<void> } {
  const { dispatch, environment, limits, store } = steps
  return {
    async send(method) {
      const state = store.getState()
      if (state.status !== 'prompting') return
      const { authentication, attempt, requirement } = state
      const signal = screen.commit()
      const loginHint = authentication.account?.loginHint
      const demand = defined({ requirement, attempt, loginHint })
      const { trip, back } = createOtherTrip(steps, demand, signal)
      const fail = (cause: unknown) => {
        const message = 'The link could not be sent or used. Try again.'
        const now = store.getState()
        const isChosen = 'method' in now && now.method?.id === method.id
        if (!signal.aborted && isChosen) screen.failed(toStepUpError(cause, 'network', message))
      }
      try {
        const send = () => method.send(trip)
        const sent = await limited(environment.clock, limits.network, signal, send)
        dispatch({ type: 'sent', sent, method })
      } catch (cause) {
        fail(cause)
        return
      }
      // Sent is sent: who asked for it need not wait until it is used.
      settleOther(steps, screen, authentication, back, signal).catch(fail)
    },
  }
}
