import type { ReactNode } from 'react'
import type { Returned } from '../core/machine.js'
import { useAuthentication } from '../react/use-authentication.js'
import { useDialog } from './dialog-context.js'
import { CancelButton } from './button.js'
import { Description } from './parts.js'
import { labelsOf, listOf } from './wording.js'

/** As a button's name, a longer label would be harder to read than a plain word. */
const LONGEST_NAME = 60

/** Back and proved. Nothing has run, and nothing runs but by the click on the first button. */
export function ConfirmScreen({ items }: Pick<Returned, 'items'>): ReactNode {
  const { messages, controls, components, close } = useDialog()
  const { Actions, Button, Icon, Items, Text, Title } = components
  const { name, loginHint } = useAuthentication()?.account ?? {}
  const run = items.filter(({ kind }) => kind === 'run')
  const again = items.filter(({ kind }) => kind === 'press_again')
  const refused = items.filter(({ kind }) => kind === 'refused')
  const welcome = messages.welcome(name ?? loginHint ?? null)
  if (run.length === 0) {
    return (
      <>
        <Icon tone="good" />
        <Title more={messages.pressAgain}>{welcome}</Title>
        <Description>
          <Text>{messages.pressAgain}</Text>
          {again.some(({ label }) => label !== null) && <Items labels={labelsOf(again)} />}
        </Description>
        <Actions>
          <Button variant="primary" initialFocus onPress={() => close('closed')}>
            {messages.ok}
          </Button>
        </Actions>
      </>
    )
  }
  const label = run.length === 1 ? run[0]?.label : undefined
  const question = label ? messages.confirmOne(label) : messages.confirmSeveral
  const several = run.length > 1 ? messages.confirmAll : messages.confirm
  return (
    <>
      <Icon tone="good" />
      <Title more={question}>{welcome}</Title>
      <Description>
        <Text>{question}</Text>
        {run.length > 1 && <Items labels={labelsOf(run)} />}
        {again.length > 0 && <Text>{messages.alsoPressAgain}</Text>}
        {refused.length > 0 && <Text>{messages.refused(listOf(labelsOf(refused), messages))}</Text>}
      </Description>
      <Actions>
        <Button variant="primary" onPress={() => void controls.confirm()}>
          {label && label.length <= LONGEST_NAME ? label : several}
        </Button>
        <CancelButton />
      </Actions>
    </>
  )
}
