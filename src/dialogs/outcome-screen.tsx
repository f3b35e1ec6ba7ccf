import type { ReactNode } from 'react'
import { useEffect } from 'react'
import type { Returned, StepUpState } from '../core/machine.js'
import { BusyScreen } from './busy-screen.js'
import { useDialog } from './dialog-context.js'
import { CloseButton } from './button.js'
import { Head } from './head.js'
import { Labels } from './labels.js'
import { listOf } from './wording.js'

type Resumed = Extract<StepUpState, { status: 'resumed' }>

/** It has run, here or elsewhere, or nobody knows. */
export function OutcomeScreen({ state }: { readonly state: Resumed }): ReactNode {
  const { messages, components } = useDialog()
  const { Actions } = components
  const { items, outcome } = state
  if (outcome === 'done') return <Done items={items} />
  const told = outcome === 'failed' ? messages.failed(items.length) : messages[outcome]
  return (
    <>
      <Head tone={outcome === 'elsewhere' ? 'good' : 'warn'} {...told}>
        <Labels of={items} />
      </Head>
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
  const text = messages.done(listOf(run, messages))
  useEffect(() => {
    close('done', text)
  }, [close, text])
  return <BusyScreen title={messages.resuming} labels={items} />
}
