import type { ComponentType, ReactNode, RefObject } from 'react'
import { useCallback, useId, useMemo, useState, useSyncExternalStore } from 'react'
import type { StepUpState } from '../core/machine.js'
import { useClient } from '../react/step-up-provider.js'
import { Announcer } from './announcer.js'
import { components } from './components.js'
import type { CloseReason } from './constants.js'
import { DialogContext, ModalContext } from './dialog-context.js'
import type { Forms } from './form.js'
import { english } from './messages.js'
import type { Back, Prompted } from './screen.js'
import { isBack, isPrompted, screenOf } from './screen.js'
import { useLead } from './use-lead.js'
import { useLock } from './use-lock.js'
import { useRound } from './use-round.js'
import type { StepUpDialogProps } from './shell.js'
import { directionOf } from './wording.js'

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
    const client = useClient('StepUpDialog')
    const { controls } = client
    const state = useSyncExternalStore(client.subscribe, client.getState)
    const messages = useMemo(() => ({ ...english, ...own.messages }), [own.messages])
    const parts = useMemo(() => ({ ...components, ...own.components }), [own.components])
    const round = useRound(state)
    const lock = useLock(state)
    const [farewell, setFarewell] = useState('')
    const titleId = useId()
    const textId = useId()
    const [announcement, announce] = useState('')
    const modal = useMemo(() => ({ titleId, textId, announce }), [titleId, textId])

    const close = useCallback(
      (reason: CloseReason, announcement = '') => {
        setFarewell(reason === 'cancelled' ? messages.cancelled : announcement)
        controls.cancel()
      },
      [controls, messages],
    )
    const lent = useMemo(
      () => ({
        messages,
        controls,
        components: parts,
        forms,
        round,
        lock,
        signOut,
        forgotPassword,
        close,
      }),
      [messages, controls, parts, round, lock, signOut, forgotPassword, close],
    )

    const leads = useLead(client, forms, state)
    const prompted = Prompt && leads && isPrompted(state) ? state : null
    const back = Back && isBack(state) ? state : null
    const open = prompted ?? back
    const isOpen = open !== null
    // What was said of the last one is not true of the next.
    const [wasOpen, setWasOpen] = useState(isOpen)
    if (wasOpen !== isOpen) {
      setWasOpen(isOpen)
      if (isOpen) setFarewell('')
    }
    const { Modal } = parts
    const lang = messages.locale
    return (
      <DialogContext.Provider value={lent}>
        {open && (
          <ModalContext.Provider value={modal}>
            <Modal
              screen={screenOf(open, forms)}
              step={`${stepOf(open)} ${String(round)}`}
              busy={isBusy(open)}
              lang={lang}
              dir={directionOf(lang)}
              titleId={titleId}
              textId={textId}
              origin={origin}
              onEscape={() => close(isWaiting(open) ? 'cancelled' : 'closed')}
            >
              {Prompt && prompted && <Prompt state={prompted} />}
              {Back && back && <Back state={back} />}
              <Announcer text={announcement} lang={lang} />
            </Modal>
          </ModalContext.Provider>
        )}
        <Announcer text={open ? '' : farewell} lang={lang} />
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
