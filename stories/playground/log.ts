// What the client tells of itself, one line for each event.
import type { StepUpEvent, StepUpState } from 'react-step-up'

export interface LogEntry {
  readonly id: number
  /** Seconds since the playground began. */
  readonly at: number
  readonly event: string
  readonly details: string
  readonly status: StepUpState['status']
}

/** What is worth knowing of an event, in a few words. */
export function detailsOf(event: StepUpEvent): string {
  switch (event.type) {
    case 'prompted': {
      const { why, waiting, methods } = event.prompt
      const offered = methods.map(({ id }) => id).join(', ')
      return `why: ${why}; waiting: ${String(waiting.length)}; offered: ${offered || 'nothing'}`
    }
    case 'joined':
      return `waiting: ${String(event.waiting.length)}`
    case 'chosen':
      return event.method?.id ?? ''
    case 'sent':
      return event.sent.destination ?? ''
    case 'left':
      return `${event.method.id}, ${event.popup ? 'in a window' : 'in this tab'}`
    case 'rejected':
      return event.error.code
    case 'failed':
      return `${event.error.code}${event.retry ? ', can be tried again' : ''}`
    case 'proved':
      return `came back: ${String(event.returned.items.length)}`
    case 'resumed':
      return event.outcome
    default:
      return ''
  }
}

/** `01:05` since the beginning. */
export const clockTime = (seconds: number): string =>
  [seconds / 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
