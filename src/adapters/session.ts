import type { AuthAdapter } from '../core/adapter.js'
import type { Authentication } from '../core/authentication.js'
import { defined } from '../core/defined.js'
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

/** What the server says; `answer` is `undefined` where that is no JSON. */
export interface Reply {
  readonly response: Response
  readonly answer: unknown
}

/** Rejects with `network` where the server cannot be reached. */
export type Ask = (path: string, init?: RequestInit) => Promise<Reply>

export const couldNot = ({ status }: Response): StepUpError =>
  new StepUpError('provider_error', `The server could not do it (status ${status}).`)

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

  const ask: Ask = (path, init) => {
    const send = async () => {
      const address = `${options.url}/${path}`
      const common = { credentials: 'include', cache: 'no-store' } as const
      const response = await (options.fetch ?? fetch)(address, { ...common, ...init })
      return { response, answer: parse(await response.text()) }
    }
    return send().catch(unreachable)
  }

  let known: { readonly text: string; readonly authentication: Authentication } | undefined

  return {
    async getAuthentication() {
      const { response, answer } = await ask('session')
      if (!response.ok || answer === undefined) throw couldNot(response)
      if (!answer) return null
      const { now, ...authentication } = answer as Authentication & { now?: number }
      if (!authentication.issuer || !authentication.subject) {
        throw new StepUpError('provider_error', 'The server does not say who is signed in.')
      }
      const text = JSON.stringify(authentication)
      // That the server's clock has gone on is no news, and need not render anything.
      if (known?.text !== text) {
        known = { text, authentication: defined({ ...authentication, issuedAt: now }) }
      }
      return known.authentication
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => {
        listeners.delete(onChange)
      }
    },
    async methods(requirement) {
      const { createMethods } = await import('./session-methods.js').catch(unreachable)
      return createMethods(options, ask, changed)(requirement)
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
