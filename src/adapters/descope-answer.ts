import type { StepUpErrorCode } from '../core/errors.js'
import { StepUpError } from '../core/errors.js'
import type { DescopeAnswer, DescopeReply } from './descope-sdk.js'

export type Ask<T> = DescopeAnswer<T>

/** Descope's own codes, as its SDKs for Go and Kotlin name them. */
const codes = new Map<unknown, StepUpErrorCode>([
  ['E061102', 'invalid_credentials'],
  ['E061103', 'locked'],
  ['E061104', 'code_expired'],
  ['E062909', 'provider_error'],
  ['E130429', 'locked'],
])

const messages: Partial<Record<StepUpErrorCode, string>> = {
  invalid_credentials: 'That is not right. Try again.',
  code_expired: 'The code has expired. Have another one sent.',
  locked: 'There were too many tries. Wait, and try again.',
}

/** What a refusal means. `checks`: of something that the person typed or held. */
function failureOf({ code: status = 0, error }: DescopeReply<unknown>, checks: boolean) {
  const { errorCode = '', errorDescription = '', retryAfter } = error ?? {}
  const named = codes.get(errorCode)
  // Which of its codes stands for a wrong password Descope does not say: it is a refusal without one
  // of ours, and not of a request that is itself wrong (E0110…).
  const refused = (status === 400 || status === 401 || status === 403) && checks
  const wrong =
    refused && !String(errorCode).startsWith('E0110') ? 'invalid_credentials' : undefined
  const code = status === 429 ? 'locked' : (named ?? wrong ?? 'provider_error')
  const seconds = Number(retryAfter)
  const message = messages[code] ?? `Descope could not do it (status ${status}).`
  const cause = new Error(`${String(errorCode)} ${String(errorDescription)}`.trim())
  return new StepUpError(code, message, {
    cause,
    ...(code === 'locked' && seconds > 0 && { retryAfter: seconds }),
  })
}

/** What Descope answers with. @throws StepUpError for what it refuses, and where it is not reached */
export async function answerOf<T>(asked: Ask<T>, checks = false): Promise<T> {
  const reply = await asked.catch((cause: unknown) => {
    throw new StepUpError('network', 'Descope could not be reached. Try again.', { cause })
  })
  if (!reply.ok || !reply.data) throw failureOf(reply, checks)
  return reply.data
}
