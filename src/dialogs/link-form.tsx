import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { Form } from './form-frame.js'
import { SendAgain } from './send-again.js'
import { useAttempt } from './use-attempt.js'
import { useSend } from './use-send.js'
import { useTold } from './use-told.js'

/** A link by mail, which is opened in another tab; this page waits for word of it. */
export function LinkForm(props: FormProps<'link'>): ReactNode {
  const { state, method } = props
  const { sent } = state
  const { messages, components } = useDialog()
  const { Text } = components
  const attempt = useAttempt(props)
  const { send, sending } = useSend()
  const destination = sent?.destination ?? method.destination ?? null
  const isSent = sent ? messages.linkSent(destination) : ''
  useTold(isSent, sent)
  const action = sent ? undefined : messages.sendLink
  return (
    <Form attempt={attempt} action={action} sending={sending} onSubmit={send}>
      <Text>{isSent || messages.willSendLink(destination)}</Text>
      {sent && (
        <SendAgain sent={sent} send={send} sending={sending} left={attempt.left}>
          {messages.newLink}
        </SendAgain>
      )}
    </Form>
  )
}
