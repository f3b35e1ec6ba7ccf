import { challengeBody, formatChallenge, type Challenge } from '../core/challenge.js'

/** Why an authentication that is known was refused. */
export type StepUpReason = 'stale' | 'no_auth_time' | 'acr' | 'used' | 'impersonated'

/**
 * Why a request was refused. `used`: the authentication was spent on an earlier `maxAge: 0`.
 * `impersonated`: an administrator acts as the person. `signed_out`: the session is nobody's.
 */
export type RefusalReason =
  StepUpReason | 'missing_token' | 'invalid_token' | 'signed_out' | 'unavailable'

interface Answer {
  readonly status: 401 | 503
  readonly challenge?: string
  readonly body: object | null
}

/**
 * A request that the guard refused. Send `response`, or read `reason` and answer in your own way.
 *
 * @example
 * catch (error) { if (error instanceof GuardError) return error.response }
 */
export abstract class GuardError extends Error {
  readonly reason: RefusalReason
  readonly status: 401 | 403 | 503
  readonly #answer: Answer

  constructor(message: string, reason: RefusalReason, answer: Answer, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
    this.status = answer.status
    this.#answer = answer
  }

  /** The answer to send. A new one at each read, because a body can be sent only once. */
  get response(): Response {
    const { status, challenge, body } = this.#answer
    const headers = new Headers({ 'Cache-Control': 'no-store' })
    if (body) headers.set('Content-Type', 'application/json')
    if (challenge !== undefined) {
      headers.set('WWW-Authenticate', challenge)
      // Without it a page of another origin sees a bare 401 (Fetch, CORS-safelisted response headers).
      headers.set('Access-Control-Expose-Headers', 'WWW-Authenticate')
    }
    return new Response(body && JSON.stringify(body), { status, headers })
  }
}

/**
 * The token is good, the authentication behind it is not good enough (RFC 9470 3).
 *
 * @throws TypeError for a challenge that cannot be written (see `formatChallenge`).
 * @example
 * if (amount > limit) return new StepUpRequiredError({ scheme: 'Bearer', maxAge: 60 }).response
 */
export class StepUpRequiredError extends GuardError {
  override readonly name = 'StepUpRequiredError'
  readonly challenge: Challenge

  constructor(challenge: Challenge, reason: StepUpReason = 'stale') {
    super(challenge.description ?? 'A better authentication is required', reason, {
      status: 401,
      challenge: formatChallenge(challenge),
      body: challengeBody(challenge),
    })
    this.challenge = challenge
  }
}

/** No access token, or one that is not valid here; `cause` says what was wrong with it. */
export class AccessTokenError extends GuardError {
  override readonly name = 'AccessTokenError'

  /** @param description printable ASCII without quotes and backslashes; `null`: no token was sent */
  constructor(description: string | null, options?: ErrorOptions) {
    if (description === null) {
      // RFC 6750 3.1: who sent no token is told the scheme, and no error.
      const challenge = 'Bearer realm="api"'
      super('No access token was sent', 'missing_token', { status: 401, challenge, body: null })
      return
    }
    const challenge = `Bearer error="invalid_token", error_description="${description}"`
    const body = { error: 'invalid_token', error_description: description }
    super(description, 'invalid_token', { status: 401, challenge, body }, options)
  }
}

/**
 * Nobody is signed in by the app's own session. The answer is no challenge: there is nothing that a
 * step-up could prove anew, and RFC 9110 11.6.1 has no scheme for cookies.
 */
export class SignedOutError extends GuardError {
  override readonly name = 'SignedOutError'

  constructor() {
    super('Nobody is signed in', 'signed_out', { status: 401, body: { error: 'signed_out' } })
  }
}

/** Nothing is known against the request, but it cannot be judged now; `cause` says what failed. */
export class VerificationUnavailableError extends GuardError {
  override readonly name = 'VerificationUnavailableError'

  constructor(message: string, options?: ErrorOptions) {
    // What failed behind the API is for its log, not for its caller.
    const error_description = 'The request cannot be verified at the moment'
    const body = { error: 'temporarily_unavailable', error_description }
    super(message, 'unavailable', { status: 503, body }, options)
  }
}
