import type { ReactNode } from 'react'
import { BusyScreen } from './busy-screen.js'
import { CloseButton } from './button.js'
import { ConfirmScreen } from './confirm-screen.js'
import { useDialog } from './dialog-context.js'
import { FailureScreen } from './failure-screen.js'
import { OutcomeScreen } from './outcome-screen.js'
import type { Back } from './screen.js'

/** After the way back: whether it is them, what may go on, and what became of it. */
export function BackScreen({ state }: { readonly state: Back }): ReactNode {
  const { messages } = useDialog()
  switch (state.status) {
    case 'returning':
      return <BusyScreen title={messages.returning} />
    case 'confirming':
      return <ConfirmScreen items={state.items} />
    case 'resuming':
      return <BusyScreen title={messages.resuming} labels={state.items} end={<CloseButton />} />
    case 'resumed':
      return <OutcomeScreen state={state} />
    case 'failed':
      return <FailureScreen state={state} />
  }
}
