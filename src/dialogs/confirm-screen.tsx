import type { ReactNode } from 'react'
import type { Returned } from '../core/machine.js'
import { useAuthentication } from '../react/use-authentication.js'
import { useDialog } from './dialog-context.js'
import { CancelButton } from './button.js'
import { Head } from './head.js'
import { Labels } from './labels.js'
import { listOf, personOf } from './wording.js'

/** As a button's name, a longer label would be harder to read than a plain word. */
const LONGEST_NAME = 60

/** Back and proved. Nothing has run, and nothing runs but by the click on the first button. */
export function ConfirmScreen({ items }: Pick<Returned, 'items'>): ReactNode {
  const { messages, controls, components, close } = useDialog()
  const { Actions, Button, Text } = components
  const [name = null] = personOf(useAuthentication()?.account)
  const run = items.filter(({ kind }) => kind === 'run')
  const again = items.filter(({ kind }) => kind === 'press_again')
  const refused = items.filter(({ kind }) => kind === 'refused')
  const welcome = messages.welcome(name)
  if (run.length === 0) {
    return (
      <>
        <Head tone="good" title={welcome} text={messages.pressAgain}>
          {again.some(({ label }) => label !== null) && <Labels of={again} />}
        </Head>
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
      <Head tone="good" title={welcome} text={question}>
        {run.length > 1 && <Labels of={run} />}
        {again.length > 0 && <Text>{messages.alsoPressAgain}</Text>}
        {refused.length > 0 && <Text>{messages.refused(listOf(refused, messages))}</Text>}
      </Head>
      <Actions>
        <Button variant="primary" onPress={() => void controls.confirm()}>
          {label && label.length <= LONGEST_NAME ? label : several}
        </Button>
        <CancelButton />
      </Actions>
    </>
  )
}
