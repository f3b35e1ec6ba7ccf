import type { ComponentType, ReactNode, RefObject } from 'react'
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { StepUpState } from '../core/machine.js'
import { useClient } from '../react/step-up-provider.js'
import { Announcer } from './announcer.js'
import { components } from './components.js'
import type { CloseReason } from './constants.js'
import { DialogContext } from './dialog-context.js'
import type { Forms } from './form.js'
import { english } from './messages.js'
import type { Back, Prompted } from './screen.js'
import { isBack, isPrompted, screenOf } from './screen.js'
import type { StepUpDialogProps } from './shell.js'

export interface SurfaceProps extends StepUpDialogProps {
  /** Where the focus was when something began to wait. */
  readonly origin: RefObject<Element | null>
}

/** What a dialog is for: the rest is left to others on the page. */
export interface Purpose {
  readonly forms: Forms
  readonly Prompt?: ComponentType<{ readonly state: Prompted }>
  readonly Back?: ComponentType<{ readonly state: Back }>
}

/** The dialog while there is one, and what is left to say when it has closed. */
export const surfaceFor = ({ forms, Prompt, Back }: Purpose): ComponentType<SurfaceProps> =>
  function Surface({ origin, signOut, forgotPassword, ...own }: SurfaceProps): ReactNode {
    const { controls, getState, subscribe } = useClient('StepUpDialog')
    const state = useSyncExternalStore(subscribe, getState)
    const messages = useMemo(() => ({ ...english, ...own.messages }), [own.messages])
    const parts = useMemo(() => ({ ...components, ...own.components }), [own.components])
    const [farewell, setFarewell] = useState('')

    const close = useCallback(
      (reason: CloseReason, announcement = '') => {
        setFarewell(reason === 'cancelled' ? messages.cancelled : announcement)
        controls.cancel()
      },
      [controls, messages],
    )
    const lent = useMemo(
      () => ({ messages, controls, components: parts, forms, signOut, forgotPassword, close }),
      [messages, controls, parts, signOut, forgotPassword, close],
    )

    const prompted = Prompt && isPrompted(state) ? state : null
    const back = Back && isBack(state) ? state : null
    const open = prompted ?? back
    const { Modal } = parts
    return (
      <DialogContext.Provider value={lent}>
        {open && (
          <Modal
            screen={screenOf(open, forms)}
            step={stepOf(open)}
            busy={isBusy(open)}
            locale={messages.locale}
            origin={origin}
            onEscape={() => close(isWaiting(open) ? 'cancelled' : 'closed')}
          >
            {Prompt && prompted && <Prompt state={prompted} />}
            {Back && back && <Back state={back} />}
          </Modal>
        )}
        <Announcer text={open ? '' : farewell} />
      </DialogContext.Provider>
    )
  }

/** Whether it cannot be given up: it runs already, or nobody knows yet what it is. */
const isBusy = (state: StepUpState) =>
  state.status === 'returning' ||
  state.status === 'resuming' ||
  (state.status === 'resumed' && state.outcome === 'done')

/** Whether Esc gives something up, or only puts away what was told. */
const isWaiting = (state: StepUpState) => isPrompted(state) || state.status === 'confirming'

/** Where the person is on one screen: the focus begins anew with each. */
const stepOf = (state: StepUpState): string =>
  state.status === 'prompting' || state.status === 'verifying'
    ? [state.step, state.method?.id, state.sent ? 'sent' : ''].join(' ')
    : ''
