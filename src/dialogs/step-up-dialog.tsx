import type { ComponentType, ReactNode } from 'react'
import { Component, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useClient } from '../react/step-up-provider.js'
import type { Messages } from './messages.js'
import type { SurfaceProps } from './surface.js'

/** Props of `StepUpDialog`. */
export interface StepUpDialogProps {
  /** Offered where somebody else has come back from the sign-in page. */
  readonly signOut?: () => void
  /** Texts in place of the English ones. */
  readonly messages?: Partial<Messages>
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

/**
 * The dialog that asks people to confirm that it is them, and that welcomes them back. Render it
 * once, anywhere inside `<StepUpProvider>`. It shows nothing by itself, and loads when the page is
 * idle or something needs it. Its look is in `react-step-up/dialogs/styles.css`.
 *
 * @example
 * <StepUpProvider client={stepUp}><App /><StepUpDialog signOut={signOut} /></StepUpProvider>
 */
export function StepUpDialog(props: StepUpDialogProps): ReactNode {
  const client = useClient('StepUpDialog')
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
    const open = () =>
      setSurface((current?: Chunk) => current ?? lazy(() => import('./surface.js')))
    const onState = () => {
      const was = busy
      busy = client.getState().status !== 'idle'
      if (was || !busy) return
      origin.current = focused
      open()
    }
    const detach = client.attachDialog()
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
      detach()
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
