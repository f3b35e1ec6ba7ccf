import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { typedCode } from '../core/typed-code.js'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { Form } from './form-frame.js'
import { SendAgain } from './send-again.js'
import { useAttempt } from './use-attempt.js'
import { useCountdown } from './use-countdown.js'
import { useSend } from './use-send.js'
import { useTold } from './use-told.js'
import { durationOf } from './wording.js'

/** A one-time code: sent first, where it is one that is sent, then typed. */
export function CodeForm(props: FormProps<'code'>): ReactNode {
  const { state, method } = props
  const { messages, controls, components } = useDialog()
  const { Actions, Button, Field, Text } = components
  const field = useRef<HTMLInputElement>(null)
  const { busy, failure, notice, left } = useAttempt(props, field)
  const { send, sending } = useSend()
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const [hasCode, setHasCode] = useState(false)
  const { sent } = state
  const expires = useCountdown(sent?.expiresIn, sent)
  useEffect(() => {
    if (hasCode) field.current?.focus()
  }, [hasCode])

  const destination = sent?.destination ?? method.destination ?? null
  useTold(sent ? messages.codeSent(destination) : '', sent)
  if (method.send && !sent && !hasCode) {
    return (
      <Form ready={!sending && left === 0} notice={notice} left={left} onSubmit={send}>
        <Text>{messages.willSendCode(destination)}</Text>
        <Actions>
          <Button variant="primary" initialFocus busy={sending} disabled={left > 0}>
            {messages.sendCode}
          </Button>
          <Button onPress={() => setHasCode(true)}>{messages.haveCode}</Button>
          <CancelButton />
        </Actions>
      </Form>
    )
  }
  const onSubmit = () => {
    // Some fillers say nothing.
    const typed = field.current?.value ?? text
    const code = typedCode(typed, method.length)
    setText(typed)
    setMissing(code === '')
    if (code === '') field.current?.focus()
    else void controls.submit({ code })
  }
  const works =
    sent?.expiresIn === undefined
      ? ''
      : expires > 0
        ? messages.expiresIn(durationOf(expires, messages.locale))
        : messages.hasExpired
  const told = sent ? messages.codeSent(destination) : method.send ? '' : messages.codeFromApp
  const empty = missing && typedCode(text) === ''
  return (
    <Form ready={!busy && left === 0} notice={notice} left={left} onSubmit={onSubmit}>
      {told && <Text>{works ? told + messages.between + works : told}</Text>}
      <Field
        label={messages.code}
        type="text"
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        value={text}
        onChange={setText}
        inputRef={field}
        readOnly={busy}
        failure={empty ? { title: messages.missingCode, text: '' } : failure}
        hint={method.length === undefined ? undefined : messages.digits(method.length)}
      />
      {method.send && (
        <SendAgain sent={sent} send={send} sending={sending} text={messages.newCode} />
      )}
      <Actions>
        <Button variant="primary" busy={busy} disabled={left > 0}>
          {busy ? messages.verifying : messages.confirm}
        </Button>
        <CancelButton />
      </Actions>
    </Form>
  )
}
