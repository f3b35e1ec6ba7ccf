import type { CancelReason } from './errors.js'
import { StepUpError } from './errors.js'
import type { Entry } from './queue.js'

export const cancelled = (reason: CancelReason) =>
  new StepUpError('cancelled', 'The confirmation was cancelled; nothing was done.', { reason })

export const windowBlocked = () =>
  new StepUpError(
    'cancelled',
    'The browser did not let the sign-in window open. Allow windows for this page, or go on in this tab.',
    { reason: 'window_blocked' },
  )

/** Seen from here; what it brings back counts even so. */
export const windowClosed = () =>
  new StepUpError(
    'cancelled',
    'The sign-in window seems to be closed. If it is still open, finish there; else try again.',
    { reason: 'window_closed' },
  )

export const expired = () =>
  new StepUpError('expired', 'This waited for too long, so it was not done. Start it again.')

export const stillStale = () =>
  new StepUpError(
    'still_stale',
    'The sign-in is not newer than what is required, although it was asked for, so nothing was done.',
  )

export const askedAgain = (cause?: Response) =>
  new StepUpError(
    'still_stale',
    'The server asks again although this was just confirmed, so it was not done.',
    { cause },
  )

export const insufficientAcr = () =>
  new StepUpError(
    'insufficient_acr',
    'The sign-in is not of the level that is required, so nothing was done.',
  )

export const noMethod = () =>
  new StepUpError('no_method', 'This account has no way to confirm that it is you.')

export const noDialog = () =>
  new StepUpError(
    'no_dialog',
    'A proof of identity is needed, and no dialog is on the page to ask for it. ' +
      'Render <StepUpDialog /> (or a component with useStepUp()) inside <StepUpProvider>.',
  )

export const unreadable = () =>
  new StepUpError('provider_error', 'Who is signed in is not known now, so nothing was done.')

export const notResumable = ({ label, tiedBy }: Pick<Entry, 'label' | 'tiedBy'>) =>
  new StepUpError(
    'not_resumable',
    `"${label ?? 'This'}" cannot wait while you are away: ${tiedBy ?? 'something'} must not or cannot be stored. ` +
      'Offer a method that stays in the page, or leave that variable out.',
  )

export const outcomeUnknown = () =>
  new StepUpError(
    'outcome_unknown',
    'The page closed while this ran, so it may have been done. Look before you do it again.',
  )

export const takenElsewhere = () =>
  new StepUpError(
    'outcome_unknown',
    'Another window has taken this up, so it was not done here. Look there before you do it again.',
  )

/** What cancelling does not hide: nothing that the person does could end otherwise. */
export const isFinal = ({ code }: StepUpError): boolean =>
  code === 'no_method' || code === 'storage_unavailable' || code === 'not_resumable'
