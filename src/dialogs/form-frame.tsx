import type { SyntheticEvent, ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import type { Failure } from './messages.js'
import { durationOf } from './wording.js'

interface FormFrameProps {
  /** What is typed can be sent. */
  readonly ready: boolean
  readonly notice: Failure | null
  /** Seconds until the next try. */
  readonly left: number
  readonly onSubmit: () => void
  readonly children: ReactNode
}

/** The form of one method, with what went wrong in it. It stays while what was typed is checked. */
export function Form({ ready, notice, left, onSubmit, children }: FormFrameProps): ReactNode {
  const { messages, components } = useDialog()
  const { Notice, Text } = components
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (ready) onSubmit()
  }
  return (
    <form data-step-up="form" noValidate onSubmit={submit}>
      {notice && <Notice {...notice} />}
      {left > 0 && <Text>{messages.tryAgainIn(durationOf(left, messages.locale))}</Text>}
      {children}
    </form>
  )
}
