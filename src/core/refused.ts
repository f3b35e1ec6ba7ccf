export type ResponseLike = Pick<Response, 'status' | 'headers' | 'bodyUsed' | 'clone'>

const isResponse = (value: unknown): value is ResponseLike =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<Response>).status === 'number' &&
  typeof (value as Partial<Response>).headers?.get === 'function' &&
  typeof (value as Partial<Response>).clone === 'function'

/** The refusal (401, 403) that a run gave back or threw, by itself or as an error's `response`. */
export function refusedResponse(value: unknown): ResponseLike | null {
  const inner = value instanceof Error ? (value as { response?: unknown }).response : undefined
  const response = isResponse(value) ? value : inner
  if (!isResponse(response)) return null
  return response.status === 401 || response.status === 403 ? response : null
}
