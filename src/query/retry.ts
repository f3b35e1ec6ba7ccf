import { isStepUpError } from '../core/errors.js'
import { placesIn } from '../core/refused.js'

/** How TanStack Query is told it. */
export type Retry<Failure = Error> = boolean | number | ((count: number, error: Failure) => boolean)

/** As TanStack Query reads it; what only a person can change is never tried again. */
export function mayRetry<Failure>(retry: Retry<Failure>, count: number, error: Failure): boolean {
  const refused = placesIn(error).some(({ status }) => status === 401 || status === 403)
  if (refused || isStepUpError(error)) return false
  if (typeof retry === 'function') return retry(count, error)
  return retry === true || count < Number(retry)
}
