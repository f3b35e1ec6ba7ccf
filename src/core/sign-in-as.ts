import type { Authentication } from './authentication.js'
import { createDeparture } from './departure.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { methodsFor } from './methods.js'
import { wrongAccount } from './call.js'
import type { TripRecord } from './trip.js'

/** A trip for the return of the record's person, and of what waits for them. Resolves with the reason if the page did not leave. */
export async function signInAs(
  steps: Steps,
  record: TripRecord,
  signedIn: Authentication,
): Promise<StepUpError> {
  const { issuer, subject, returnTo, actions, attempt } = record
  const requirement = actions.length > 0 ? record.requirement : { maxAge: 0 }
  try {
    const { signal } = new AbortController()
    const methods = await methodsFor(steps, requirement, signedIn, signal)
    const method = methods.find(({ type }) => type === 'redirect')
    if (method?.type !== 'redirect') return wrongAccount()
    return await new Promise<StepUpError>((resolve) => {
      createDeparture(steps).leave({
        method,
        actions,
        requirement,
        issuer,
        subject,
        returnTo,
        attempt,
        prompt: 'login',
        signal,
        started: () => undefined,
        failed: resolve,
        stayed: resolve,
      })
    })
  } catch (cause) {
    return toStepUpError(cause, 'provider_error', 'The ways to sign in could not be found out.')
  }
}
