import type { ReactNode } from 'react'
import { useEffect } from 'react'
import type { Returned, StepUpState } from '../core/machine.js'
import { BusyScreen } from './busy-screen.js'
import { useDialog } from './dialog-context.js'
import { CloseButton } from './button.js'
import { Description } from './parts.js'
import { labelsOf, listOf } from './wording.js'

type Resumed = Extract<StepUpState, { status: 'resumed' }>

/** It has run, here or elsewhere, or nobody knows. */
export function OutcomeScreen({ state }: { readonly state: Resumed }): ReactNode {
  const { messages, components } = useDialog()
  const { Actions, Icon, Items, Text, Title } = components
  const { outcome } = state
  const labels = labelsOf(state.items)
  if (outcome === 'done') return <Done items={state.items} />
  const { title, text } = outcome === 'failed' ? messages.failed(labels.length) : messages[outcome]
  return (
    <>
      <Icon tone={outcome === 'elsewhere' ? 'good' : 'warn'} />
      <Title more={text}>{title}</Title>
      <Description>
        <Text>{text}</Text>
        <Items labels={labels} />
      </Description>
      <Actions>
        <CloseButton variant="primary" />
      </Actions>
    </>
  )
}

/** There is nothing left to ask, so the dialog goes at once, and says what was done. */
function Done({ items }: Pick<Returned, 'items'>): ReactNode {
  const { messages, close } = useDialog()
  const run = items.filter(({ kind }) => kind === 'run')
  const text = messages.done(listOf(labelsOf(run), messages))
  useEffect(() => {
    close('done', text)
  }, [close, text])
  return <BusyScreen title={messages.resuming} labels={labelsOf(items)} />
}
