import type { Method } from 'react-step-up'
import { isStepUpError } from 'react-step-up'
import { ApiError, request } from '../api.js'
import { signInAdapter } from './step-up-adapter.js'

/** Says who it is; the server then knows what this browser may prove, and how. */
export async function begin(email: string): Promise<readonly Method[]> {
  await request('POST', '/auth/sign-in', { body: { email } })
  // Signing in asks for no age, so there is none to ask for.
  const nobody = { issuer: '', subject: '' }
  return signInAdapter.methods({ maxAge: 0 }, nobody)
}

/** An error as a person can read it. */
export function inWords(error: unknown): string {
  if (isStepUpError(error)) {
    const { message, retryAfter } = error
    if (retryAfter === undefined) return message
    return `There were too many tries. Please wait for ${String(Math.ceil(retryAfter / 60))} minutes.`
  }
  if (error instanceof ApiError && error.response.status === 429) {
    return 'Too many sign-ins were begun for this address. Please wait for a quarter of an hour.'
  }
  return 'The server could not be reached. Please try again.'
}
