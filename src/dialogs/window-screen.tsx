import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import { CancelButton } from './button.js'
import { Description } from './parts.js'
import type { Label } from './wording.js'

interface WindowScreenProps {
  readonly place: string
  readonly labels: readonly Label[]
}

/** The proof is given in a window beside this one, which may be hidden, lost or closed. */
export function WindowScreen({ place, labels }: WindowScreenProps): ReactNode {
  const { messages, controls, components } = useDialog()
  const { Actions, Button, Items, Spinner, Text, Title } = components
  return (
    <>
      <Spinner />
      <Title more={messages.finishInWindow}>{messages.waitingFor(place)}</Title>
      <Description>
        <Text>{messages.finishInWindow}</Text>
        <Items labels={labels} />
      </Description>
      <Actions>
        <Button onPress={() => controls.leave('tab')}>{messages.continueHere}</Button>
        <CancelButton />
      </Actions>
    </>
  )
}
