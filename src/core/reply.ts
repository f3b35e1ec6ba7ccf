import type { AuthAdapter, Reply } from './adapter.js'
import { challengeRequirement, readChallenge } from './challenge.js'
import type { Requirement } from './requirement.js'

type ResponseLike = Pick<Response, 'status' | 'headers' | 'bodyUsed' | 'clone'>

const isResponse = (value: unknown): value is ResponseLike =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<Response>).status === 'number' &&
  typeof (value as Partial<Response>).headers?.get === 'function' &&
  typeof (value as Partial<Response>).clone === 'function'

/** The response that a run gave back or threw, by itself or as an error's `response`. */
function responseIn(value: unknown): ResponseLike | null {
  if (isResponse(value)) return value
  const inner = value instanceof Error ? (value as { response?: unknown }).response : undefined
  return isResponse(inner) ? inner : null
}

/** What the server demands in a run's result or error; `null` where there is no challenge in it. Leaves the caller's Response unread. */
export async function challengeIn(
  value: unknown,
  adapter: AuthAdapter,
): Promise<Requirement | null> {
  const response = responseIn(value)
  if (!response || (response.status !== 401 && response.status !== 403)) return null
  const reply: Reply = {
    status: response.status,
    headers: response.headers,
    body: await bodyOf(response),
  }
  const challenge = readChallenge(reply)
  return challenge ? challengeRequirement(challenge) : (adapter.readChallenge?.(reply) ?? null)
}

async function bodyOf(response: ResponseLike): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (response.bodyUsed || !/\bjson\b/i.test(type)) return null
  try {
    return await response.clone().json()
  } catch {
    return null
  }
}
