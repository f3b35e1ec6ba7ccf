import type { KeyboardEvent, ReactNode, RefObject, SyntheticEvent } from 'react'
import { useLayoutEffect, useRef } from 'react'
import type { Screen } from './constants.js'
import { dataAttributes } from './constants.js'
import { giveFocusBack, pathOf } from './focus.js'

export interface ModalProps {
  readonly screen: Screen
  /** Where the person is on this screen; with a new one the focus begins anew. */
  readonly step: string
  /** Esc does nothing. */
  readonly busy: boolean
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  /** The ids of its name and of its description, which lie in `children`. */
  readonly titleId: string
  readonly textId: string
  /** Where the focus was when this began. */
  readonly origin: RefObject<Element | null>
  readonly onEscape: () => void
  readonly children: ReactNode
}

/** The platform's modal dialog, open while it is mounted: focus trap, inert page, top layer, Esc. */
export function Modal(props: ModalProps): ReactNode {
  const { screen, step, busy, lang, dir, titleId, textId, origin, onEscape, children } = props
  const ref = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const path = pathOf(origin.current)
    dialog.showModal()
    return () => {
      dialog.close()
      giveFocusBack(path)
    }
  }, [origin])

  // What had the focus may be gone with its screen; a new screen also begins at its beginning.
  const shown = useRef<Screen>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const goesOn = shown.current === screen
    shown.current = screen
    if (!goesOn) dialog.scrollTo(0, 0)
    // On a small or zoomed screen the button may be out of sight: then it is read from the top.
    const fits = dialog.scrollHeight <= dialog.clientHeight
    const wanted = dialog.querySelector<HTMLElement>(`[${dataAttributes.initialFocus}]`)
    const target = ((fits || goesOn) && wanted) || dialog
    target.focus({ preventScroll: !goesOn })
  }, [screen, step])

  const onCancel = (event: SyntheticEvent<HTMLDialogElement>) => {
    // A file picker inside would send the same event up here.
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    if (!busy) onEscape()
  }
  const onClose = ({ currentTarget }: SyntheticEvent<HTMLDialogElement>) => {
    // Browsers let nobody hold people: the second Esc closes, whatever `cancel` says.
    if (currentTarget.open) return
    if (busy) currentTarget.showModal()
    else onEscape()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter that opened this dialog, still held down, must not press what appears under it.
    if (event.repeat && event.key === 'Enter') event.preventDefault()
  }

  return (
    <dialog
      ref={ref}
      lang={lang}
      dir={dir}
      tabIndex={-1}
      closedby={busy ? 'none' : 'closerequest'}
      aria-labelledby={titleId}
      aria-describedby={textId}
      data-step-up="dialog"
      data-screen={screen}
      data-busy={busy ? '' : undefined}
      onCancel={onCancel}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      {children}
    </dialog>
  )
}
