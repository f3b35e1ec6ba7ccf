// A design system that knows nothing of step-up: its own look, its own markup, its own class names.
import { useEffect, useRef } from 'react'
import { useModal, type DialogComponents } from 'react-step-up/dialogs'
import './foreign.css'

export const Modal: DialogComponents['Modal'] = (props) => {
  const { screen, step, busy, locale, titleId, textId, origin, onEscape, children } = props
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    const before = origin.current
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [origin])
  useEffect(() => {
    const first = ref.current?.querySelector<HTMLElement>('[data-autofocus]')
    ;(first ?? ref.current)?.focus()
  }, [screen, step])
  return (
    <dialog
      ref={ref}
      lang={locale}
      className="fx-modal"
      tabIndex={-1}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => {
        event.preventDefault()
        if (!busy) onEscape()
      }}
    >
      {children}
    </dialog>
  )
}

export const Title: DialogComponents['Title'] = ({ children, more }) => {
  const { titleId, announce } = useModal()
  useEffect(() => announce(`${children} ${more ?? ''}`.trim()), [children, more, announce])
  return (
    <h2 id={titleId} className="fx-title">
      {children}
    </h2>
  )
}
