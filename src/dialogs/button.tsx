import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'

export interface ButtonProps {
  /** Absent: it submits its form. */
  readonly onPress?: (() => void) | undefined
  readonly children: string
  readonly variant?: 'primary' | 'secondary' | 'plain'
  /** Gets the focus when its screen appears: only where pressing it by mistake does no harm. */
  readonly initialFocus?: boolean
  /** It can be reached, and tells why by `describedBy`, but does nothing yet. */
  readonly disabled?: boolean
  /** What it was pressed for is under way. */
  readonly busy?: boolean
  readonly describedBy?: string | undefined
  /** It is a switch, and on or off. */
  readonly pressed?: boolean
}

export function Button(props: ButtonProps): ReactNode {
  const { onPress, children, variant = 'secondary', initialFocus, describedBy, pressed } = props
  const { busy = false, disabled = false } = props
  const off = busy || disabled
  return (
    <button
      type={onPress ? 'button' : 'submit'}
      dir="auto"
      data-step-up="button"
      data-variant={variant}
      data-busy={busy ? '' : undefined}
      data-initial-focus={initialFocus ? '' : undefined}
      // A button that is `disabled` loses the focus, and cannot say why.
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

/** Gives up what waits. */
export function CancelButton(): ReactNode {
  const { close, components, messages } = useDialog()
  const { Button } = components
  return <Button onPress={() => close('cancelled')}>{messages.cancel}</Button>
}

/** The way out where there is nothing left to do. */
export function CloseButton({ variant }: Pick<ButtonProps, 'variant'> = {}): ReactNode {
  const { close, components, messages } = useDialog()
  const { Button } = components
  const main = variant === 'primary'
  return (
    <Button
      variant={main ? 'primary' : 'secondary'}
      initialFocus={main}
      onPress={() => close('closed')}
    >
      {messages.close}
    </Button>
  )
}
