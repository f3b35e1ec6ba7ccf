import type { KeyboardEvent, ReactNode } from 'react'
import { useState } from 'react'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { Form } from './form-frame.js'
import { useTyped } from './use-typed.js'

/** The password of whoever is signed in; password managers find both names of the account. */
export function PasswordForm(props: FormProps<'password'>): ReactNode {
  const { messages, controls, components, forgotPassword } = useDialog()
  const { Button, Field } = components
  const [visible, setVisible] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const { name, loginHint } = props.state.authentication.account ?? {}
  const { attempt, input, submit } = useTyped(props, {
    missing: messages.missingPassword,
    submit(password, field) {
      // As text it would be kept by the browser, for the next who types into such a field.
      if (field) field.type = 'password'
      setVisible(false)
      void controls.submit({ password })
    },
  })
  const onKey = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <Form attempt={attempt} action={messages.confirm} onSubmit={submit}>
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
        {...input}
        label={messages.password}
        type={visible ? 'text' : 'password'}
        name="password"
        autoComplete="current-password"
        hint={capsLock ? messages.capsLock : undefined}
        onKey={onKey}
      >
        <Button variant="plain" pressed={visible} onPress={() => setVisible(!visible)}>
          {messages.showPassword}
        </Button>
      </Field>
      {forgotPassword}
    </Form>
  )
}
