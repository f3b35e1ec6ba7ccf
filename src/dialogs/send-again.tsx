import type { ReactNode } from 'react'
import { useId } from 'react'
import type { Sent } from '../core/adapter.js'
import { useDialog } from './dialog-context.js'
import { useCountdown } from './use-countdown.js'
import { durationOf } from './wording.js'

interface SendAgainProps {
  readonly sent: Sent | null
  readonly send: () => void
  readonly sending: boolean
  /** Seconds until the server takes another try. */
  readonly left: number
  readonly children: string
}

/** Sends once more, when the server lets it. */
export function SendAgain({ sent, send, sending, left, children }: SendAgainProps): ReactNode {
  const { messages, components } = useDialog()
  const { Button } = components
  const wait = Math.max(useCountdown(sent, sent?.resendIn), left)
  const id = useId()
  return (
    <div data-step-up="again">
      <Button
        variant="plain"
        busy={sending}
        disabled={wait > 0}
        describedBy={wait > 0 ? id : undefined}
        onPress={send}
      >
        {children}
      </Button>
      {wait > 0 && <span id={id}>{messages.newIn(durationOf(wait, messages.locale))}</span>}
    </div>
  )
}
