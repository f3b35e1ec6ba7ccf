import type { ReactNode } from 'react'
import { BusyScreen } from './busy-screen.js'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'
import type { Labelled } from './wording.js'

interface WindowScreenProps {
  readonly place: string
  readonly labels: readonly Labelled[]
}

/** The proof is given in a window beside this one, which may be hidden, lost or closed. */
export function WindowScreen({ place, labels }: WindowScreenProps): ReactNode {
  const { messages, controls, components } = useDialog()
  const { Button } = components
  const end = (
    <>
      <Button onPress={() => controls.leave('tab')}>{messages.continueHere}</Button>
      <CancelButton />
    </>
  )
  const { finishInWindow } = messages
  return (
    <BusyScreen
      title={messages.waitingFor(place)}
      text={finishInWindow}
      labels={labels}
      end={end}
    />
  )
}
