import { useRef, useState } from 'react'
import { useDialog } from './dialog-context.js'
import type { FieldProps } from './field.js'
import type { AnyFormProps } from './form.js'
import type { Attempt } from './use-attempt.js'
import { useAttempt } from './use-attempt.js'

type Given = 'value' | 'onChange' | 'inputRef' | 'readOnly' | 'failure'

interface Typed {
  readonly attempt: Attempt
  /** What the field is given. */
  readonly input: Pick<FieldProps, Given>
  /** Gives what is in the field to `submit`; nothing is asked for by `missing`. */
  readonly submit: () => void
}

interface Asked {
  /** Said where there is nothing to send. */
  readonly missing: string
  /** What was meant by what was typed. */
  readonly read?: (typed: string) => string
  readonly submit: (meant: string, field: HTMLInputElement | null) => void
}

/** What is typed for a method, and what became of it. */
export function useTyped(props: AnyFormProps, { missing, read = asIs, submit }: Asked): Typed {
  const { messages } = useDialog()
  const field = useRef<HTMLInputElement>(null)
  const attempt = useAttempt(props, field)
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const { title, text: more } = attempt.failure ?? { title: null, text: '' }
  const failure = title && more ? title + messages.between + more : title
  return {
    attempt,
    input: {
      value: text,
      onChange: setText,
      inputRef: field,
      readOnly: attempt.busy,
      failure: asked && read(text) === '' ? missing : failure,
    },
    submit() {
      // Some password managers and fillers of codes fill without a word.
      const typed = field.current?.value ?? text
      const meant = read(typed)
      setText(typed)
      setAsked(meant === '')
      if (meant === '') field.current?.focus()
      else submit(meant, field.current)
    },
  }
}

const asIs = (typed: string) => typed
