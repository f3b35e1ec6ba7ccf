// A design system that knows nothing of step-up: its own look, its own markup, its own class names.
import { useEffect, useRef } from 'react'
import type { DialogComponents } from 'react-step-up/dialogs'
import './foreign.css'

export const Modal: DialogComponents['Modal'] = (props) => {
  const { screen, step, busy, lang, dir, titleId, textId, origin, onEscape, children } = props
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
      lang={lang}
      dir={dir}
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

export const Title: DialogComponents['Title'] = ({ id, children }) => (
  <h2 id={id} className="fx-title">
    {children}
  </h2>
)
