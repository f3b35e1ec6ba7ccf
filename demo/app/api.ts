import { userManager } from './user-manager.js'

export interface Project {
  readonly id: string
  readonly name: string
  readonly members: number
}
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly masked: string
}
export interface Billing {
  readonly plan: string
  readonly email: string
  readonly card: string
}

interface CallOptions {
  readonly signal?: AbortSignal
  /** One request of the person, however often it is sent. */
  readonly requestId?: string
  readonly body?: unknown
}

/** The API refused; `response` lets the step-up client see a challenge in it. */
export class ApiError extends Error {
  readonly response: Response

  constructor(response: Response) {
    super(`The API answered ${response.status}.`)
    this.response = response
  }
}

export async function call<Answer = unknown>(
  method: string,
  path: string,
  { signal, requestId, body }: CallOptions = {},
): Promise<Answer> {
  const user = await userManager.getUser()
  const response = await fetch(API + path, {
    method,
    headers: {
      Authorization: `Bearer ${user?.access_token ?? ''}`,
      ...(requestId !== undefined && { 'Idempotency-Key': requestId }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  if (!response.ok) throw new ApiError(response)
  return (await response.json()) as Answer
}
