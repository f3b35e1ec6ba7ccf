import type { ReactNode } from 'react'
import type { StepUpState } from '../core/machine.js'
import { AskScreen } from './ask-screen.js'
import { BusyScreen } from './busy-screen.js'
import { CancelButton } from './button.js'
import type { Screen } from './constants.js'
import { DeadEndScreen } from './dead-end-screen.js'
import { useDialog } from './dialog-context.js'
import type { Forms } from './form.js'
import { usable } from './form.js'
import { WindowScreen } from './window-screen.js'
import { placeOf } from './wording.js'

/** Before the proof is there. */
export type Prompted = Extract<StepUpState, { status: 'prompting' | 'verifying' | 'leaving' }>
/** After a way back. */
export type Back = Exclude<StepUpState, Prompted | { status: 'idle' }>

export const isPrompted = (state: StepUpState): state is Prompted => 'waiting' in state
export const isBack = (state: StepUpState): state is Back => 'items' in state

/** Which screen a state is shown on. */
export function screenOf(state: Prompted | Back, forms: Forms): Screen {
  switch (state.status) {
    case 'prompting':
    case 'verifying':
      return usable(state.methods, forms).length === 0 ? 'dead-end' : 'ask'
    case 'confirming':
      return 'confirm'
    case 'resumed':
      return state.outcome === 'done' ? 'resuming' : 'outcome'
    case 'failed':
      return 'failure'
    default:
      return state.status
  }
}

export function PromptScreen({ state }: { readonly state: Prompted }): ReactNode {
  const { messages, forms } = useDialog()
  if (state.status !== 'leaving') {
    const asks = screenOf(state, forms) === 'ask'
    return asks ? <AskScreen state={state} /> : <DeadEndScreen state={state} />
  }
  const place = placeOf(state.method, state.authentication.issuer, messages)
  const labels = state.waiting
  if (state.popup) return <WindowScreen place={place} labels={labels} />
  return <BusyScreen title={messages.leaving(place)} labels={labels} end={<CancelButton />} />
}
