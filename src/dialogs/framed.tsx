import type { ReactNode } from 'react'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'

/** Whether a page of somebody else is around this one, and could watch what is typed, or cover it. */
export function isFramedByOthers(): boolean {
  try {
    return window.top !== null && window.top.location.origin !== window.location.origin
  } catch {
    return true
  }
}

/** In place of a form that takes credentials. */
export function Framed(): ReactNode {
  const { messages, components } = useDialog()
  const { Actions, Notice } = components
  return (
    <>
      <Notice {...messages.framed} />
      <Actions>
        <a
          href={window.location.href}
          target="_blank"
          rel="noopener"
          data-step-up="button"
          data-variant="primary"
          data-initial-focus=""
        >
          {messages.openAlone}
        </a>
        <CancelButton />
      </Actions>
    </>
  )
}
