import type { ReactNode } from 'react'
import { CancelButton } from './button.js'
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
  const { messages, components } = useDialog()
  const { Actions, Button, Text } = components
  const { notice, left } = useAttempt(props)
  const { send, sending } = useSend()
  const { sent } = state
  const waits = sent !== null
  const destination = sent?.destination ?? method.destination ?? null
  useTold(sent ? messages.linkSent(destination) : '', sent)
  return (
    <Form ready={!waits && left === 0} notice={notice} left={left} onSubmit={send}>
      <Text>{waits ? messages.linkSent(destination) : messages.willSendLink(destination)}</Text>
      {waits && <SendAgain sent={sent} send={send} sending={sending} text={messages.newLink} />}
      <Actions>
        {!waits && (
          <Button variant="primary" initialFocus busy={sending} disabled={left > 0}>
            {messages.sendLink}
          </Button>
        )}
        <CancelButton />
      </Actions>
    </Form>
  )
}
