import type { TripMethod } from './adapter.js'
import type { StepUpControls } from './client.js'
import { defined } from './defined.js'
import type { Departure } from './departure.js'
import type { Steps } from './flow.js'
import type { PopupScreen, PopupTrip } from './popup.js'
import { createPopups } from './popup.js'
import type { Entry } from './queue.js'
import { notResumable } from './refusals.js'
import type { StoredAction } from './trip.js'

interface LeaveScreen extends PopupScreen {
  /** Whoever waits, as a record keeps them. */
  stored(): readonly StoredAction[]
  /** Whoever could not come back to this tab. */
  tied(): Entry | undefined
}

export interface Leave {
  /** Inside the click. */
  readonly leave: StepUpControls['leave']
  /** What is on the screen has changed: a popup may have to be made ready, or not any more. */
  prepare(): void
}

/** Both ways of leaving for the provider. */
export function createLeave(steps: Steps, departure: Departure, screen: LeaveScreen): Leave {
  const { dispatch, store } = steps
  const popups = createPopups(steps, screen)

  function wanted(): PopupTrip | null {
    const state = store.getState()
    const asks = state.status === 'prompting' || (state.status === 'leaving' && state.popup)
    if (!asks || state.method?.type !== 'redirect') return null
    const { authentication, attempt, requirement } = state
    const method: TripMethod = state.method
    const loginHint = authentication.account?.loginHint
    return defined({ method, authentication, attempt, requirement, loginHint })
  }

  function leaveInTab({ method, authentication, ...demand }: PopupTrip): void {
    const tied = screen.tied()
    if (tied) {
      dispatch({ type: 'rejected', error: notResumable(tied) })
      return
    }
    const { issuer, subject } = authentication
    departure.leave({
      ...demand,
      method,
      issuer,
      subject,
      actions: screen.stored(),
      signal: screen.commit(),
      started: () => dispatch({ type: 'left', method, popup: false }),
      failed: screen.failed,
      stayed: screen.rejectAll,
    })
  }

  return {
    prepare() {
      const state = store.getState()
      const trip = wanted()
      if (trip?.method.popup) popups.prepare(trip)
      else if (state.status === 'idle') popups.prepare(null)
    },
    leave(where) {
      const trip = wanted()
      if (!trip) return
      if (where === 'tab') leaveInTab(trip)
      else if (trip.method.popup) popups.open(trip)
    },
  }
}
