import type { KeyboardEvent, ReactNode } from 'react'
import { useRef, useState } from 'react'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { Form } from './form-frame.js'
import { useAttempt } from './use-attempt.js'

/** The password of whoever is signed in; password managers find both names of the account. */
export function PasswordForm(props: FormProps<'password'>): ReactNode {
  const { messages, controls, components, forgotPassword } = useDialog()
  const { Actions, Button, Field } = components
  const field = useRef<HTMLInputElement>(null)
  const { busy, failure, notice, left } = useAttempt(props, field)
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const [visible, setVisible] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const { name, loginHint } = props.state.authentication.account ?? {}

  const onSubmit = () => {
    // Some password managers fill without a word.
    const typed = field.current?.value ?? password
    setPassword(typed)
    setMissing(typed === '')
    // As text it would be kept by the browser, for the next who types into such a field.
    if (field.current) field.current.type = 'password'
    setVisible(false)
    if (typed === '') field.current?.focus()
    else void controls.submit({ password: typed })
  }
  const onKey = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  const empty = missing && password === ''
  return (
    <Form ready={!busy && left === 0} notice={notice} left={left} onSubmit={onSubmit}>
      <input
        data-step-up="username"
        type="text"
        name="username"
        autoComplete="username"
        value={loginHint ?? name ?? ''}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Field
        label={messages.password}
        type={visible ? 'text' : 'password'}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        inputRef={field}
        readOnly={busy}
        failure={empty ? { title: messages.missingPassword, text: '' } : failure}
        hint={capsLock ? messages.capsLock : undefined}
        onKey={onKey}
      >
        <Button variant="plain" pressed={visible} onPress={() => setVisible(!visible)}>
          {messages.showPassword}
        </Button>
      </Field>
      {forgotPassword}
      <Actions>
        <Button variant="primary" busy={busy} disabled={left > 0}>
          {busy ? messages.verifying : messages.confirm}
        </Button>
        <CancelButton />
      </Actions>
    </Form>
  )
}
