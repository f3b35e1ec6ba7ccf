import type { AuthAdapter } from '../core/adapter.js'
import type { Authentication } from '../core/authentication.js'
import { defined } from '../core/defined.js'
import { StepUpError } from '../core/errors.js'
import type { PasskeySdk } from './verification-methods.js'
import { askAt, couldNot, unreachable, type Verification } from './verification.js'

export type { PasskeySdk }

/** Options of `sessionAdapter`. */
export interface SessionAdapterOptions extends Verification {
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

  const ask = askAt(options)

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
      const { createMethods } = await import('./verification-methods.js').catch(unreachable)
      return createMethods(options, ask, changed)(requirement)
    },
    changed,
  }
}
