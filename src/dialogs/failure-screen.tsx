import type { ReactNode } from 'react'
import type { StepUpState } from '../core/machine.js'
import { useDialog } from './dialog-context.js'
import { CancelButton, CloseButton } from './button.js'
import { Head } from './head.js'
import { Labels } from './labels.js'
import { failureOf } from './wording.js'

type Failed = Extract<StepUpState, { status: 'failed' }>

/** The way back ended here: why, and how to go on. */
export function FailureScreen({ state }: { readonly state: Failed }): ReactNode {
  const { messages, controls, components } = useDialog()
  const { Actions, Button } = components
  const { error, retry } = state
  const stranger = error.code === 'wrong_account'
  // Whatever the state may hold, nothing of one person is shown to another.
  const labels = stranger ? [] : state.items
  return (
    <>
      <Head tone="warn" {...failureOf(error, retry, messages)}>
        <Labels of={labels} />
      </Head>
      <Actions>
        {retry && (
          <Button variant="primary" initialFocus onPress={() => void controls.retry()}>
            {stranger ? messages.signInAsFirst : messages.tryAgain}
          </Button>
        )}
        {stranger && <SignOutButton />}
        {retry && !stranger ? (
          <CancelButton />
        ) : (
          <CloseButton variant={retry ? 'secondary' : 'primary'} />
        )}
      </Actions>
    </>
  )
}

function SignOutButton(): ReactNode {
  const { messages, signOut, close, components } = useDialog()
  const { Button } = components
  if (!signOut) return null
  const leave = () => {
    close('closed')
    signOut()
  }
  return <Button onPress={leave}>{messages.signOut}</Button>
}
