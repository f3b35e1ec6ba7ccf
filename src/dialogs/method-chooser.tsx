import type { ReactNode } from 'react'
import { useId } from 'react'
import type { Method } from '../core/adapter.js'
import { useDialog } from './dialog-context.js'
import { nameOf } from './wording.js'

export interface MethodChooserProps {
  readonly methods: readonly Method[]
  readonly issuer: string
  /** While another one is checked. */
  readonly disabled: boolean
  readonly onChoose: (method: Method) => void
}

/** The other ways to confirm, best first: there is one more after every failure. */
export function MethodChooser(props: MethodChooserProps): ReactNode {
  const { methods, issuer, disabled, onChoose } = props
  const { messages } = useDialog()
  const id = useId()
  return (
    <section aria-labelledby={id} data-step-up="methods">
      <h3 id={id}>{messages.otherWays}</h3>
      <ul>
        {methods.map((method) => (
          <li key={method.id}>
            <button
              type="button"
              data-step-up="method"
              aria-disabled={disabled || undefined}
              onClick={() => {
                if (!disabled) onChoose(method)
              }}
            >
              <bdi>{nameOf(method, issuer, messages)}</bdi>
              {'destination' in method && method.destination && <bdi>{method.destination}</bdi>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
