import { shown } from './arrival.js'
import { watchDeparture } from './departing.js'
import type { Steps } from './flow.js'
import type { Held } from './held.js'
import type { Revival } from './revival.js'
import type { StoredAction } from './trip.js'

/** Runs what the person has confirmed, and asks again for what came along without a proof. */
export async function runReturned(
  steps: Steps,
  held: Held,
  revival: Revival,
  actions: readonly StoredAction[],
): Promise<void> {
  const { dispatch, store } = steps
  const departing = watchDeparture(steps)
  const shows = store.getState()
  const { items, returnTo } = 'items' in shows ? shows : shown(held.record)
  const returned = { items, returnTo }
  const waiting: StoredAction[] = []
  const outcomes = await Promise.all(
    actions
      .filter(({ asked }) => asked)
      .map(async (action) => {
        const outcome = await revival.run(action, () => held.release(action))
        if (outcome.status === 'waits') waiting.push(outcome.action)
        // A page that goes away cuts its requests off: what they did before is not known.
        else if (outcome.status !== 'failed' || !departing.is()) held.release(action)
        return outcome
      }),
  )
  departing.stop()
  if (actions.length === 0) held.forget()
  const failed = outcomes.find((outcome) => outcome.status === 'failed')
  const elsewhere = outcomes.some(({ status }) => status === 'elsewhere')
  // Put away while it ran: what went wrong is said even so.
  if (failed || elsewhere) dispatch({ type: 'returned' })
  if (failed) dispatch({ type: 'resumed', outcome: 'failed', error: failed.error, returned })
  else if (elsewhere) dispatch({ type: 'resumed', outcome: 'elsewhere', returned })
  else if (waiting.length === 0) dispatch({ type: 'resumed', outcome: 'done' })
  const rest = actions.filter(({ asked }) => !asked)
  // Those who wait for another proof are offered again after a reload.
  const { record } = held
  const left = [...waiting, ...rest]
  if (record && left.length > 0) held.keep({ ...record, actions: left, phase: 'leaving' })
  if (waiting.length > 0 || rest.length > 0) dispatch({ type: 'closed' })
  if (rest.length > 0) revival.ask(rest, 0, held.release)
}
