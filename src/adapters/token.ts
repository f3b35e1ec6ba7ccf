import type { AuthAdapter, MaybePromise, Trip } from '../core/adapter.js'
import type { Authentication } from '../core/authentication.js'
import type { Claims } from '../core/claims.js'
import { authenticationFromClaims } from '../core/claims.js'
import { defined } from '../core/defined.js'
import { readClaims } from '../core/token.js'

/** What an app that holds a JWT brings along. */
export interface TokenAdapterOptions {
  /**
   * The JWT that says when the person signed in: the ID token, or an access token whose content your
   * provider documents. `null`: signed out. A rejection: not known, and so not fresh.
   */
  readonly getToken: () => MaybePromise<string | null>
  /** For tokens that say it in claims of their own (`readAuthentication`); by default by the standard's. */
  readonly read?: (claims: Claims) => Authentication
  /** Calls back whenever the token may have changed; returns how to stop. */
  readonly subscribe: (onChange: () => void) => () => void
  /**
   * Leaves for the provider with `max_age`, `acr_values`, `prompt` and `login_hint` of the trip, and with
   * `trip.handle` as `state`. Where your SDK makes its own `state`, give it to `trip.bind` before leaving.
   */
  readonly redirect: (trip: Trip) => MaybePromise<void>
  /** Spends the code in the address, or waits until your SDK has. */
  readonly complete?: (url: URL, signal: AbortSignal) => Promise<void>
  /** Gets new tokens without a prompt. */
  readonly refresh?: (signal: AbortSignal) => Promise<void>
  /** The provider's name, for the dialog. */
  readonly label?: string
}

/**
 * The adapter for any app that holds a JWT.
 *
 * @example
 * createTokenAdapter({
 *   getToken: () => auth.idToken,
 *   subscribe: (onChange) => auth.onChange(onChange),
 *   redirect: (trip) => auth.login({ max_age: trip.maxAge, state: trip.handle }),
 *   complete: (url) => auth.handleCallback(url),
 * })
 */
export function createTokenAdapter(options: TokenAdapterOptions): AuthAdapter {
  const { getToken, subscribe, redirect, complete, refresh, label } = options
  const read = options.read ?? authenticationFromClaims
  return {
    async getAuthentication() {
      const token = await getToken()
      return token === null ? null : read(readClaims(token))
    },
    subscribe,
    methods: () => [
      defined({
        type: 'redirect' as const,
        id: 'redirect',
        label,
        start: async (trip: Trip) => redirect(trip),
      }),
    ],
    ...defined({ complete, refresh }),
  }
}
