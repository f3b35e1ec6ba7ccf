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
  readonly text: string
}

/** Sends once more, when the server lets it. */
export function SendAgain({ sent, send, sending, text }: SendAgainProps): ReactNode {
  const { messages, components } = useDialog()
  const { Button } = components
  const left = useCountdown(sent?.resendIn, sent)
  const id = useId()
  return (
    <div data-step-up="again">
      <Button
        variant="plain"
        busy={sending}
        disabled={left > 0}
        describedBy={left > 0 ? id : undefined}
        onPress={send}
      >
        {text}
      </Button>
      {left > 0 && <span id={id}>{messages.newIn(durationOf(left, messages.locale))}</span>}
    </div>
  )
}
