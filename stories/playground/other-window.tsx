import { useEffect, useRef } from 'react'
import type { World } from './world.js'

interface OtherWindowProps {
  readonly world: World
  readonly kind: 'provider' | 'mail'
}

const texts = {
  provider: {
    title: 'Another window: Acme ID',
    text: 'Acme Console asks you to sign in again, Ada.',
    go: 'Sign in again',
  },
  mail: {
    title: 'Your mail',
    text: 'From Acme: “Open this link to confirm that it is you.”',
    go: 'Open the link',
  },
}

/** Stands for a window beside the page. It lies above the dialog, as windows do. */
export function OtherWindow({ world, kind }: OtherWindowProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const { title, text, go } = texts[kind]
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog ref={ref} className="other-window" aria-label={title} onCancel={world.closeWindow}>
      <p className="address">{title}</p>
      <div className="app">
        <p>{text}</p>
        <div className="buttons">
          <button type="button" onClick={world.finishElsewhere}>
            {go}
          </button>
          <button type="button" onClick={world.closeWindow}>
            Close this window
          </button>
        </div>
      </div>
    </dialog>
  )
}
