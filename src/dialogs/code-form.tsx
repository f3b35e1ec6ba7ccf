import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { typedCode } from '../core/typed-code.js'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { Form } from './form-frame.js'
import { SendAgain } from './send-again.js'
import { useCountdown } from './use-countdown.js'
import { useSend } from './use-send.js'
import { useTold } from './use-told.js'
import { useTyped } from './use-typed.js'
import { durationOf } from './wording.js'

/** A one-time code: sent first, where it is one that is sent, then typed. */
export function CodeForm(props: FormProps<'code'>): ReactNode {
  const { state, method } = props
  const { sent } = state
  const { messages, controls, components } = useDialog()
  const { Button, Field, Text } = components
  const { attempt, input, submit } = useTyped(props, {
    missing: messages.missingCode,
    read: (typed) => typedCode(typed, method.length),
    submit: (code) => void controls.submit({ code }),
  })
  const { send, sending } = useSend()
  const [hasCode, setHasCode] = useState(false)
  const expires = useCountdown(sent, sent?.expiresIn)
  const { inputRef } = input
  useEffect(() => {
    if (hasCode) inputRef.current?.focus()
  }, [hasCode, inputRef])

  const destination = sent?.destination ?? method.destination ?? null
  const isSent = sent ? messages.codeSent(destination) : ''
  useTold(isSent, sent)
  if (method.send && !sent && !hasCode) {
    const other = <Button onPress={() => setHasCode(true)}>{messages.haveCode}</Button>
    const { sendCode } = messages
    return (
      <Form attempt={attempt} action={sendCode} sending={sending} onSubmit={send} beside={other}>
        <Text>{messages.willSendCode(destination)}</Text>
      </Form>
    )
  }
  const works =
    sent?.expiresIn === undefined
      ? ''
      : expires > 0
        ? messages.expiresIn(durationOf(expires, messages.locale))
        : messages.hasExpired
  const told = method.send ? isSent : messages.codeFromApp
  return (
    <Form attempt={attempt} action={messages.confirm} onSubmit={submit}>
      {told && <Text>{works ? told + messages.between + works : told}</Text>}
      <Field
        {...input}
        label={messages.code}
        type="text"
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        hint={method.length === undefined ? undefined : messages.digits(method.length)}
      />
      {method.send && (
        <SendAgain sent={sent} send={send} sending={sending} left={attempt.left}>
          {messages.newCode}
        </SendAgain>
      )}
    </Form>
  )
}
