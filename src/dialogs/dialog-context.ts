import type { ReactNode } from 'react'
import { createContext, useContext } from 'react'
import type { StepUpControls } from '../core/client.js'
import type { StepUpError } from '../core/errors.js'
import type { DialogComponents } from './components.js'
import type { CloseReason } from './constants.js'
import type { Forms } from './form.js'
import type { Messages } from './messages.js'

/** What every screen of the dialog has at hand. */
export interface DialogContextValue {
  readonly messages: Messages
  readonly controls: StepUpControls
  readonly components: DialogComponents
  /** What is asked, for each type of method that can be asked for here. */
  readonly forms: Forms
  /** A new one after each proof that was accepted: what was typed for it is gone. */
  readonly round: number
  /** Why, and how long, no method of this page is taken. */
  readonly lock: StepUpError | null
  readonly signOut: (() => void) | undefined
  readonly forgotPassword: ReactNode
  /** Ends what is on the screen; `announcement` is told once the dialog is gone. */
  readonly close: (reason: CloseReason, announcement?: string) => void
}

/** What the open dialog lends to its parts. */
export interface ModalContextValue {
  readonly titleId: string
  readonly textId: string
  /** Tells it to screen readers, inside the dialog: everything else is inert while it is open. */
  readonly announce: (text: string) => void
}

export const DialogContext = createContext<DialogContextValue | null>(null)
export const ModalContext = createContext<ModalContextValue | null>(null)

export function useDialog(): DialogContextValue {
  const value = useContext(DialogContext)
  if (!value) throw new TypeError('This part belongs inside <StepUpDialog>.')
  return value
}

export function useModal(): ModalContextValue {
  const value = useContext(ModalContext)
  if (!value) throw new TypeError('This part belongs inside the open dialog.')
  return value
}
