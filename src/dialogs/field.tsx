import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { useId } from 'react'

export interface FieldProps {
  readonly label: string
  readonly type: 'password' | 'text'
  readonly name: string
  /** The purpose, for password managers and WCAG 1.3.5. */
  readonly autoComplete: 'current-password' | 'one-time-code'
  readonly inputMode?: 'numeric'
  readonly value: string
  readonly onChange: (value: string) => void
  readonly inputRef: RefObject<HTMLInputElement | null>
  /** While what was typed is checked. */
  readonly readOnly: boolean
  /** What is wrong with what was typed. */
  readonly failure: string | null
  readonly hint?: string | undefined
  readonly onKey?: (event: KeyboardEvent) => void
  /** What belongs to the field, at its end. */
  readonly children?: ReactNode
}

/** One line of text to type, with what is wrong with it. */
export function Field(props: FieldProps): ReactNode {
  const { label, failure, hint, inputRef, onChange, onKey, children, ...input } = props
  const id = useId()
  const hintId = `${id}-hint`
  const failureId = `${id}-failure`
  const describedBy = [failure && failureId, hint && hintId].filter(Boolean).join(' ')
  return (
    <div data-step-up="field">
      <label htmlFor={id}>{label}</label>
      <div data-step-up="input">
        <input
          {...input}
          id={id}
          ref={inputRef}
          required
          dir="ltr"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={failure !== null}
          aria-describedby={describedBy || undefined}
          data-initial-focus=""
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={onKey}
          onKeyUp={onKey}
        />
        {children}
      </div>
      {failure && (
        <p id={failureId} role="alert" data-step-up="failure">
          {failure}
        </p>
      )}
      {hint && (
        <p id={hintId} data-step-up="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
