/** What a caller can do something different about; the codes are stable. */
export type StepUpErrorCode =
  | 'cancelled'
  | 'aborted'
  | 'expired'
  | 'signed_out'
  | 'wrong_account'
  | 'still_stale'
  | 'insufficient_acr'
  | 'no_method'
  | 'no_dialog'
  | 'invalid_credentials'
  | 'code_expired'
  | 'locked'
  | 'network'
  | 'provider_error'
  | 'not_resumable'
  | 'storage_unavailable'
  | 'outcome_unknown'

/** Who or what ended a flow that was `cancelled`. */
export type CancelReason =
  'person' | 'provider' | 'not_left' | 'page_restored' | 'window_closed' | 'window_blocked'

interface Details {
  readonly cause?: unknown
  readonly retryAfter?: number
  readonly reason?: CancelReason
}

/**
 * Every failure of a step-up. Switch on `code`; misuse of the library is a `TypeError` instead.
 *
 * @example
 * catch (error) { if (isStepUpError(error) && error.code === 'cancelled') return }
 */
export class StepUpError extends Error {
  override readonly name = 'StepUpError'
  readonly code: StepUpErrorCode
  /** Seconds, for `locked`. */
  declare readonly retryAfter?: number
  /** For `cancelled`. */
  declare readonly reason?: CancelReason

  constructor(code: StepUpErrorCode, message: string, details: Details = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.code = code
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter
    if (details.reason !== undefined) this.reason = details.reason
  }
}

/** Narrows to `StepUpError`, also one from another copy of the library. */
export function isStepUpError(error: unknown): error is StepUpError {
  return error instanceof Error && error.name === 'StepUpError' && 'code' in error
}

/** What failed, as a step-up error: itself if it is one already. */
export function toStepUpError(error: unknown, code: StepUpErrorCode, message: string): StepUpError {
  return isStepUpError(error) ? error : new StepUpError(code, message, { cause: error })
}
