import type { ReactNode } from 'react'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { Form } from './form-frame.js'
import { useAttempt } from './use-attempt.js'

/** A passkey: the device asks, this only begins it. */
export function PasskeyForm(props: FormProps<'passkey'>): ReactNode {
  const { messages, controls, components } = useDialog()
  const { Actions, Button, Text } = components
  const { busy, notice, left } = useAttempt(props)
  const ready = !busy && left === 0
  return (
    <Form ready={ready} notice={notice} left={left} onSubmit={() => void controls.submit({})}>
      <Text>{messages.passkeyText}</Text>
      <Actions>
        <Button variant="primary" initialFocus busy={busy} disabled={left > 0}>
          {busy ? messages.verifying : messages.usePasskey}
        </Button>
        <CancelButton />
      </Actions>
    </Form>
  )
}
