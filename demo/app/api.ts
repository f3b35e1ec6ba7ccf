import { apiCredentials, authorize } from './auth.js'

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
export interface Payouts {
  /** Masked. */
  readonly account: string
  readonly transfers: readonly { readonly to: string; readonly amount: number }[]
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

/** Calls the console's API, as whoever is signed in. */
export const call = <Answer = unknown>(method: string, path: string, options?: CallOptions) =>
  request<Answer>(method, API + path, options)

export async function request<Answer = unknown>(
  method: string,
  url: string,
  { signal, requestId, body }: CallOptions = {},
): Promise<Answer> {
  const authorization = await authorize()
  const response = await fetch(url, {
    method,
    credentials: apiCredentials,
    headers: {
      ...authorization,
      ...(requestId !== undefined && { 'Idempotency-Key': requestId }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  if (!response.ok) throw new ApiError(response)
  return (response.status === 204 ? undefined : await response.json()) as Answer
}
