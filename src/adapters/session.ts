import type { AuthAdapter } from '../core/adapter.js'
import type { Authentication } from '../core/authentication.js'
import { defined } from '../core/defined.js'
import type { StepUpErrorCode } from '../core/errors.js'
import { StepUpError } from '../core/errors.js'

/** The part of @simplewebauthn/browser that is used. */
export interface PasskeySdk {
  startAuthentication(options: { optionsJSON: object }): Promise<object>
  readonly WebAuthnAbortService: { cancelCeremony(): void }
}

/** Options of `sessionAdapter`. */
export interface SessionAdapterOptions {
  /** Where `createVerificationHandler` is mounted, as `/auth/step-up`. */
  readonly url: string
  /** Instead of the global one. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Loads the SDK when somebody uses a passkey. Without it passkeys are not offered. */
  readonly passkey?: () => Promise<PasskeySdk>
  /**
   * Your route that sends people to their provider and back, as `/auth/sso`. It is opened, in a window
   * of its own or in this tab, with `state`, `method` and what the trip asks for (`max_age`,
   * `acr_values`, `prompt`, `login_hint`), stamps the session, and comes back to a page of the app with
   * the same `state`, and `error` where it failed. Without it methods of the type `redirect` are not
   * offered.
   */
  readonly redirect?: string
}

/** The adapter of an app's own session. */
export interface SessionAdapter extends AuthAdapter {
  /** Tells that the session may have changed: after signing in, out, or as somebody else. */
  changed(): void
}

/** Asks the server; `body` is what is posted. Rejects with a `StepUpError`. */
export type Call = <T>(path: string, body?: object, signal?: AbortSignal) => Promise<T>

const messages: Partial<Record<StepUpErrorCode, string>> = {
  invalid_credentials: 'That is not right. Try again.',
  code_expired: 'The code has expired. Have another one sent.',
  locked: 'There were too many tries. Wait, and try again.',
  no_method: 'This way to confirm is not there any more. Choose another.',
  signed_out: 'You have been signed out, so nothing was done.',
}

/** What the server's answer means, where it is none of success. */
function failureOf({ headers, status }: Response, answer: unknown): StepUpError {
  const { error, retryAfter } = (answer ?? {}) as { error?: string; retryAfter?: unknown }
  const code = (status === 429 ? 'locked' : error) as StepUpErrorCode
  if (status < 400 || !Object.hasOwn(messages, code)) {
    return new StepUpError('provider_error', `The server could not do it (status ${status}).`)
  }
  const seconds = Number(retryAfter ?? headers.get('Retry-After'))
  const details = code === 'locked' && seconds > 0 ? { retryAfter: seconds } : {}
  return new StepUpError(code, messages[code] ?? '', details)
}

function unreachable(cause: unknown): never {
  throw new StepUpError('network', 'The server could not be reached. Try again.', { cause })
}

/**
 * The adapter for an app whose server holds the session: people confirm in the page, against
 * `createVerificationHandler` of `react-step-up/server`.
 *
 * @example
 * const adapter = sessionAdapter({
 *   url: '/auth/step-up',
 *   passkey: () => import('@simplewebauthn/browser'),
 * })
 */
export function sessionAdapter(options: SessionAdapterOptions): SessionAdapter {
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }

  const call: Call = async <T>(path: string, body?: object, signal?: AbortSignal) => {
    const init: RequestInit = { credentials: 'include', cache: 'no-store', ...defined({ signal }) }
    if (body) {
      init.method = 'POST'
      init.headers = { 'Content-Type': 'application/json' }
      init.body = JSON.stringify(body)
    }
    const send = async () => {
      const response = await (options.fetch ?? fetch)(`${options.url}/${path}`, init)
      return { response, text: await response.text() }
    }
    const { response, text } = await send().catch(unreachable)
    const answer = parse(text)
    if (!response.ok || answer === undefined) throw failureOf(response, answer)
    return answer as T
  }

  return {
    async getAuthentication() {
      const session = await call<(Authentication & { now?: number }) | null>('session')
      if (!session) return null
      const { now, ...authentication } = session
      if (!authentication.issuer || !authentication.subject) {
        throw new StepUpError('provider_error', 'The server does not say who is signed in.')
      }
      return defined({ ...authentication, issuedAt: now })
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => {
        listeners.delete(onChange)
      }
    },
    async methods(requirement) {
      const { createMethods } = await import('./session-methods.js').catch(unreachable)
      return createMethods(options, call, changed)(requirement)
    },
    changed,
  }
}

/** `undefined` for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
