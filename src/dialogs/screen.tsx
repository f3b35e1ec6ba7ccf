import type { ReactNode } from 'react'
import type { StepUpState } from '../core/machine.js'
import { AskScreen } from './ask-screen.js'
import { BusyScreen } from './busy-screen.js'
import { ConfirmScreen } from './confirm-screen.js'
import type { Screen } from './constants.js'
import { DeadEndScreen } from './dead-end-screen.js'
import { useDialog } from './dialog-context.js'
import { FailureScreen } from './failure-screen.js'
import { OutcomeScreen } from './outcome-screen.js'
import { CancelButton, CloseButton } from './parts.js'
import { WindowScreen } from './window-screen.js'
import { labelsOf, placeOf, usable } from './wording.js'

/** What is open: everything but `idle`. */
type Open = Exclude<StepUpState, { status: 'idle' }>

/** Which screen a state is shown on. */
export function screenOf(state: Open): Screen {
  switch (state.status) {
    case 'prompting':
      return usable(state.methods).length === 0 ? 'dead-end' : 'ask'
    case 'confirming':
      return 'confirm'
    case 'resumed':
      return state.outcome === 'done' ? 'resuming' : 'outcome'
    case 'failed':
      return 'failure'
    default:
      return state.status
  }
}

/** Whether it cannot be given up: it runs already, or nobody knows yet what it is. */
export const isBusy = (state: Open): boolean =>
  ['verifying', 'returning', 'resuming'].includes(screenOf(state))

export function ScreenOf({ state }: { readonly state: Open }): ReactNode {
  const { messages } = useDialog()
  switch (state.status) {
    case 'prompting':
      return screenOf(state) === 'ask' ? (
        <AskScreen state={state} />
      ) : (
        <DeadEndScreen state={state} />
      )
    case 'verifying':
      return <BusyScreen title={messages.verifying} labels={labelsOf(state.waiting)} />
    case 'leaving': {
      const place = placeOf(state.method, state.authentication.issuer, messages)
      const labels = labelsOf(state.waiting)
      if (state.popup) return <WindowScreen place={place} labels={labels} />
      return <BusyScreen title={messages.leaving(place)} labels={labels} end={<CancelButton />} />
    }
    case 'returning':
      return <BusyScreen title={messages.returning} />
    case 'confirming':
      return <ConfirmScreen items={state.items} />
    case 'resuming':
      return (
        <BusyScreen
          title={messages.resuming}
          labels={labelsOf(state.items)}
          end={<CloseButton />}
        />
      )
    case 'resumed':
      return <OutcomeScreen state={state} />
    case 'failed':
      return <FailureScreen state={state} />
  }
}
