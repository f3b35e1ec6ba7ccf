import type { ReactNode, RefObject } from 'react'
import { useCallback, useMemo, useState } from 'react'
import type { StepUpState } from '../core/machine.js'
import { useClient } from '../react/step-up-provider.js'
import { useStepUp } from '../react/use-step-up.js'
import { Announcer } from './announcer.js'
import type { CloseReason } from './constants.js'
import { DialogContext } from './dialog-context.js'
import type { Messages } from './messages.js'
import { english } from './messages.js'
import { Modal } from './modal.js'
import { isBusy, ScreenOf, screenOf } from './screen.js'

export interface SurfaceProps {
  /** Where the focus was when something began to wait. */
  readonly origin: RefObject<Element | null>
  readonly signOut?: () => void
  readonly messages?: Partial<Messages>
}

/** The dialog while there is one, and what is left to say when it has closed. */
export default function Surface({ origin, signOut, messages: own }: SurfaceProps): ReactNode {
  const { controls } = useClient('StepUpDialog')
  const { state } = useStepUp()
  const messages = useMemo(() => ({ ...english, ...own }), [own])
  const [farewell, setFarewell] = useState('')

  const close = useCallback(
    (reason: CloseReason, announcement = '') => {
      setFarewell(reason === 'cancelled' ? messages.cancelled : announcement)
      controls.cancel()
    },
    [controls, messages],
  )
  const lent = useMemo(
    () => ({ messages, controls, signOut, close }),
    [messages, controls, signOut, close],
  )

  const open = state.status !== 'idle'
  return (
    <DialogContext.Provider value={lent}>
      {open && (
        <Modal
          screen={screenOf(state)}
          busy={isBusy(state)}
          locale={messages.locale}
          origin={origin}
          onEscape={() => close(isWaiting(state) ? 'cancelled' : 'closed')}
        >
          <ScreenOf state={state} />
        </Modal>
      )}
      <Announcer text={open ? '' : farewell} />
    </DialogContext.Provider>
  )
}

/** Whether Esc gives something up, or only puts away what was told. */
const isWaiting = ({ status }: StepUpState) =>
  status === 'prompting' || status === 'leaving' || status === 'confirming'
