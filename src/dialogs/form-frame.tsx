import type { SyntheticEvent, ReactNode } from 'react'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'
import type { Attempt } from './use-attempt.js'
import { durationOf } from './wording.js'

interface FormFrameProps {
  readonly attempt: Attempt
  /** What the button says that sends it; absent: it is sent. */
  readonly action?: string | undefined
  readonly sending?: boolean
  readonly onSubmit: () => void
  readonly children: ReactNode
  /** Another button. */
  readonly beside?: ReactNode
}

/** The form of one method, with what went wrong in it. It stays while what was typed is checked. */
export function Form(props: FormFrameProps): ReactNode {
  const { action, sending = false, onSubmit, children, beside } = props
  const { busy, left, notice } = props.attempt
  const { messages, components } = useDialog()
  const { Actions, Button, Notice, Text } = components
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (action && !busy && !sending && left === 0) onSubmit()
  }
  return (
    <form data-step-up="form" noValidate onSubmit={submit}>
      {notice && <Notice {...notice} />}
      {left > 0 && <Text>{messages.tryAgainIn(durationOf(left, messages.locale))}</Text>}
      {children}
      <Actions>
        {action && (
          <Button variant="primary" initialFocus busy={busy || sending} disabled={left > 0}>
            {busy ? messages.verifying : action}
          </Button>
        )}
        {beside}
        <CancelButton />
      </Actions>
    </form>
  )
}
