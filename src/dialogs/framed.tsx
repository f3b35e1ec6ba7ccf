import type { ReactNode } from 'react'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'

/** Whether a page of somebody else is around this one, and could watch what is typed, or cover it. */
export function isFramedByOthers(): boolean {
  try {
    // Each of them: a page of ours may be around one of theirs that is around this one.
    for (let at: Window = window; at !== at.parent; at = at.parent) {
      if (at.parent.location.origin !== window.location.origin) return true
    }
    return false
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
