import { useId } from 'react'
import type { DialogComponents } from 'react-step-up/dialogs'

export const Button: DialogComponents['Button'] = (props) => {
  const { onPress, children, variant = 'secondary', initialFocus, describedBy, pressed } = props
  const off = props.busy === true || props.disabled === true
  return (
    <button
      type={onPress ? 'button' : 'submit'}
      className={`fx-button fx-${variant}`}
      data-autofocus={initialFocus ? '' : undefined}
      aria-disabled={off || undefined}
      aria-describedby={describedBy}
      aria-pressed={pressed}
      onClick={(event) => {
        if (off) event.preventDefault()
        else onPress?.()
      }}
    >
      {children}
    </button>
  )
}

export const Field: DialogComponents['Field'] = (props) => {
  const { label, failure, hint, inputRef, onChange, onKey, children, ...input } = props
  const id = useId()
  const texts = [failure && `${id}-failure`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="fx-field">
      <label htmlFor={id}>{label}</label>
      <span className="fx-line">
        <input
          {...input}
          id={id}
          ref={inputRef}
          required
          data-autofocus=""
          aria-invalid={failure !== null}
          aria-describedby={texts || undefined}
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={onKey}
          onKeyUp={onKey}
        />
        {children}
      </span>
      {failure && (
        <p id={`${id}-failure`} role="alert" className="fx-failure">
          {failure}
        </p>
      )}
      {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
    </div>
  )
}

export const MethodChooser: DialogComponents['MethodChooser'] = ({ title, ways }) => {
  const titleId = useId()
  return (
    <nav aria-labelledby={titleId} className="fx-methods">
      <p id={titleId}>{title}</p>
      {ways.map(({ id, name, destination = '', onChoose }) => (
        <button key={id} type="button" className="fx-button fx-plain" onClick={onChoose}>
          {name} {destination}
        </button>
      ))}
    </nav>
  )
}
