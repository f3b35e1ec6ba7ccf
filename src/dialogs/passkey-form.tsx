import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { Form } from './form-frame.js'
import { useAttempt } from './use-attempt.js'

/** A passkey: the device asks, this only begins it. */
export function PasskeyForm(props: FormProps<'passkey'>): ReactNode {
  const { messages, controls, components } = useDialog()
  const { Text } = components
  const onSubmit = () => void controls.submit({})
  return (
    <Form attempt={useAttempt(props)} action={messages.usePasskey} onSubmit={onSubmit}>
      <Text>{messages.passkeyText}</Text>
    </Form>
  )
}
