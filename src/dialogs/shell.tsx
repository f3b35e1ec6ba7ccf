import type { ComponentType, ReactNode } from 'react'
import { Component, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useClient } from '../react/step-up-provider.js'
import type { DialogComponents } from './components.js'
import type { Messages } from './messages.js'
import type { SurfaceProps } from './surface.js'

/** Props of every dialog. */
export interface StepUpDialogProps {
  /** Offered where somebody else has come back from the sign-in page. */
  readonly signOut?: (() => void) | undefined
  /** Shown under the field for the password: a link of yours. */
  readonly forgotPassword?: ReactNode
  /** Texts in place of the English ones. */
  readonly messages?: Partial<Messages> | undefined
  /** Parts in place of the library's own. */
  readonly components?: Partial<DialogComponents> | undefined
}

type Chunk = ComponentType<SurfaceProps>

interface BoundaryProps {
  readonly children: ReactNode
  readonly onError: (error: unknown) => void
}

/** Empty once something in it has failed, the chunk that did not load included. */
class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override componentDidCatch(error: unknown) {
    this.props.onError(error)
  }
  override render() {
    return !this.state.failed && this.props.children
  }
}

/** What is on the page all the time: it loads the rest when the page is idle or something needs it. */
export const shellFor = (
  name: string,
  load: () => Promise<{ default: Chunk }>,
  /** Whoever begins to wait is asked here. */
  asks = true,
) =>
  function Shell(props: StepUpDialogProps): ReactNode {
    const client = useClient(name)
    const origin = useRef<Element>(null)
    const [Surface, setSurface] = useState<Chunk>()

    useEffect(() => {
      let busy = false
      // Kept all the time: a button that is disabled while its action waits has lost it by then.
      let focused = document.activeElement
      const onFocus = ({ target }: FocusEvent) => {
        focused = target as Element
      }
      // A new one for each try, since React keeps the failure of the old.
      const open = () => setSurface((current?: Chunk) => current ?? lazy(load))
      const onState = () => {
        const was = busy
        busy = client.getState().status !== 'idle'
        if (was || !busy) return
        origin.current = focused
        open()
      }
      const detach = asks && client.attachDialog()
      const stop = client.subscribe(onState)
      document.addEventListener('focusin', onFocus)
      onState()
      const { requestIdleCallback: whenIdle = setTimeout } = window as Partial<Window>
      whenIdle(() => {
        client.preload()
        open()
      })
      return () => {
        document.removeEventListener('focusin', onFocus)
        stop()
        if (detach) detach()
      }
    }, [client])

    const onError = (error: unknown) => {
      // Gone, so that the next who needs it loads it again.
      setSurface(undefined)
      client.dialogFailed(error)
    }
    return (
      Surface && (
        <Boundary onError={onError}>
          <Suspense>
            <Surface {...props} origin={origin} />
          </Suspense>
        </Boundary>
      )
    )
  }
