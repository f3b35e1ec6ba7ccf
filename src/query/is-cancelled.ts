import { isStepUpError } from '../core/errors.js'

/**
 * Whether an error only says that the person, or whoever called, gave the step-up up: nothing to show.
 *
 * @example
 * onError: (error) => { if (!isCancelled(error)) toast(error.message) }
 */
export const isCancelled = (error: unknown): boolean =>
  isStepUpError(error) && (error.code === 'cancelled' || error.code === 'aborted')
