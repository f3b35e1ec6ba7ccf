import type { CancelReason, StepUpErrorCode } from '../core/errors.js'

export interface Failure {
  readonly title: string
  readonly text: string
}

/** What can be said of `All`; every language says it of `Told`. */
type Texts<All extends string, Told extends All> = Readonly<
  Partial<Record<All, Failure>> & Record<Told, Failure>
>

/** Why it ended, where nothing more can be done about it here. */
export const failures: Readonly<Record<StepUpErrorCode, Failure>> = {
  wrong_account: {
    title: 'Somebody else signed in',
    text: 'This was started from another account, so nothing was done.',
  },
  cancelled: { title: 'You did not finish confirming', text: 'Nothing was done.' },
  aborted: { title: 'This was stopped', text: 'Nothing was done.' },
  expired: {
    title: 'This took too long',
    text: 'The way back has expired or was used before. Nothing was done here: if you still want it, start again.',
  },
  signed_out: {
    title: 'You are signed out',
    text: 'Nobody is signed in, so nothing was done. Sign in and start again.',
  },
  still_stale: {
    title: 'You were not asked to sign in again',
    text: 'Your sign-in page let you through without asking, so nothing was done. Sign out, sign in, and start again.',
  },
  insufficient_acr: {
    title: 'A stronger sign-in is needed',
    text: 'Your sign-in page could not confirm you in the way this needs, so nothing was done. Your administrator can tell you how to add one.',
  },
  no_method: {
    title: 'There is no way to confirm',
    text: 'This account has no way to confirm that it is you, so this cannot be done here. Please ask your administrator.',
  },
  no_dialog: { title: 'This could not be shown', text: 'Nothing was done. Please try again.' },
  invalid_credentials: { title: 'That does not match', text: 'Please try again.' },
  code_expired: { title: 'That code has expired', text: 'Ask for a new one.' },
  locked: { title: 'Too many tries', text: 'Please wait a little, then try again.' },
  network: {
    title: 'The connection was lost',
    text: 'Nothing was done. Check your connection and try again.',
  },
  provider_error: {
    title: 'The sign-in page had a problem',
    text: 'Nothing was done. If it happens again, please tell your administrator.',
  },
  not_resumable: {
    title: 'This could not be kept',
    text: 'The page has changed while you were away, so nothing was done. Please start again.',
  },
  storage_unavailable: {
    title: 'Your browser keeps nothing for this page',
    text: 'What you started could be lost, so nothing was done. Allow this site to store data, or leave private browsing, and try again.',
  },
  outcome_unknown: {
    title: 'This may have been done',
    text: 'Look whether it was, before you do it again.',
  },
}

/** What became of a window, which a prompt is still open for. */
export const windows: Texts<CancelReason, 'window_blocked' | 'window_closed'> = {
  window_blocked: {
    title: 'The window could not open',
    text: 'Your browser blocks windows from this page. Allow them, or continue in this tab.',
  },
  window_closed: {
    title: 'The window seems to be closed',
    text: 'If it is still open, finish there. Otherwise try again, or continue in this tab.',
  },
}

/** The same, where trying again may help. */
export const retryable: Texts<
  StepUpErrorCode,
  'still_stale' | 'expired' | 'signed_out' | 'provider_error' | 'not_resumable'
> = {
  still_stale: {
    title: 'You were not asked to sign in again',
    text: 'Your sign-in page did not ask you again. Try once more: this time it will.',
  },
  expired: {
    title: 'You waited for a while',
    text: 'It has been too long since you confirmed, so nothing was done. Confirm once more to go on.',
  },
  signed_out: {
    title: 'You are signed out',
    text: 'What you started is kept for a few minutes. Sign in again to go on.',
  },
  provider_error: {
    title: 'The sign-in page had a problem',
    text: 'Nothing was done. Please try again in a moment.',
  },
  not_resumable: {
    title: 'This cannot wait while you are away',
    text: 'It holds something that must not be stored, so it cannot be done in this way. Please ask your administrator.',
  },
}

/** What one method says of its own failures, beside its field or button. */
export const ofMethods: Readonly<{
  password: Texts<StepUpErrorCode, 'invalid_credentials'>
  code: Texts<StepUpErrorCode, 'invalid_credentials' | 'code_expired'>
  passkey: Texts<StepUpErrorCode, 'invalid_credentials' | 'cancelled'>
  link?: Texts<StepUpErrorCode, never>
}> = {
  password: {
    invalid_credentials: {
      title: 'That password does not match.',
      text: 'Please try again.',
    },
  },
  code: {
    invalid_credentials: {
      title: 'That code does not match.',
      text: 'Look at the newest one, and try again.',
    },
    code_expired: { title: 'That code has expired.', text: 'Ask for a new one.' },
  },
  passkey: {
    invalid_credentials: {
      title: 'That passkey was not accepted.',
      text: 'Try another one, or another way.',
    },
    cancelled: {
      title: 'Your passkey was not used.',
      text: 'Nothing was done. Try again, or choose another way.',
    },
  },
}

/** What is said where the person has stayed on this page. */
export const inPage: Texts<StepUpErrorCode, 'still_stale' | 'provider_error'> = {
  still_stale: {
    title: 'That did not count as a new confirmation.',
    text: 'Nothing was done. Try once more, or another way.',
  },
  provider_error: {
    title: 'This could not be checked.',
    text: 'Nothing was done. Please try again in a moment.',
  },
}
