const statuses = {
  invalid_credentials: 400,
  code_expired: 400,
  no_method: 400,
  stale: 400,
  bad_request: 400,
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  locked: 429,
  server_error: 500,
} as const

/** What a request is refused with. None of them is a challenge: there is no `WWW-Authenticate`. */
export type RefusalCode = keyof typeof statuses

/** Ends a request; thrown from wherever it turns out. */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly retryAfter: number | undefined

  /** @param retryAfter seconds, for `locked` */
  constructor(code: RefusalCode, retryAfter?: number) {
    super(code)
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** A new answer each time; nothing of it is for a cache. */
export function answer(body: unknown, status = 200, headers = new Headers()): Response {
  headers.set('Cache-Control', 'no-store')
  headers.set('Content-Type', 'application/json')
  headers.set('X-Content-Type-Options', 'nosniff')
  return new Response(JSON.stringify(body), { status, headers })
}

/** The code is all that is told, so that nothing can be learned from it. */
export function refusal({ code: error, retryAfter }: Pick<Refused, 'code' | 'retryAfter'>) {
  if (retryAfter === undefined) return answer({ error }, statuses[error])
  const headers = new Headers({ 'Retry-After': String(retryAfter) })
  return answer({ error, retryAfter }, statuses[error], headers)
}
