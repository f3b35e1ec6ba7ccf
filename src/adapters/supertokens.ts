import type { AuthAdapter } from '../core/adapter.js'
import { challengeRequirement, parseChallengeBody } from '../core/challenge.js'
import { mergeRequirements } from '../core/requirement.js'
import { authenticationFromPayload, checkFactors, type Payload } from './supertokens-claims.js'
import { askAt, unreachable, type Verification } from './verification.js'

/** The part of SuperTokens' `Session` that is used, of supertokens-web-js or supertokens-auth-react. */
export interface SupertokensSession {
  getAccessTokenPayloadSecurely(): Promise<unknown>
}

/** Options of `createSupertokensAdapter`; `url` is where `createSupertokensVerification` is mounted. */
export interface SupertokensAdapterOptions extends Verification {
  /** `Session` of `supertokens-web-js/recipe/session` or `supertokens-auth-react/recipe/session`. */
  readonly session: SupertokensSession
  /**
   * Factors of the MultiFactorAuth recipe, such as `totp`, whose completion is a proof too. Give the
   * server the same. Default: none, and `auth_time` alone counts.
   */
  readonly factors?: readonly string[]
}

/** The adapter of an app that signs people in with SuperTokens. */
export interface SupertokensAdapter extends AuthAdapter {
  /** For `onHandleEvent` of `Session.init`: nothing else tells of new tokens. */
  readonly handleEvent: () => void
}

/** What the SDK throws where nobody is signed in, or not any more; its errors have no codes. */
const SIGNED_OUT = new Set(['No session exists', 'Could not refresh session'])

/** An answer of `verifySession`: `{ message: 'invalid claim', claimValidationErrors }`. */
interface ClaimErrors {
  readonly claimValidationErrors?: readonly { readonly reason?: unknown }[]
}

/**
 * The adapter for SuperTokens: supertokens-web-js, also under supertokens-auth-react. People confirm in
 * the page, against `createSupertokensVerification` of `react-step-up/server/supertokens`.
 *
 * @throws TypeError where `session` or `url` is missing.
 * @example
 * import Session from 'supertokens-web-js/recipe/session'
 *
 * export const adapter = createSupertokensAdapter({ session: Session, url: '/auth/step-up' })
 * Session.init({ onHandleEvent: adapter.handleEvent })
 */
export function createSupertokensAdapter(options: SupertokensAdapterOptions): SupertokensAdapter {
  const { session, factors, url } = options
  if (!(session as Partial<SupertokensSession> | undefined)?.getAccessTokenPayloadSecurely) {
    throw new TypeError(
      'No `session`: pass Session of supertokens-web-js/recipe/session 0.16, or of ' +
        'supertokens-auth-react/recipe/session 0.51, to createSupertokensAdapter.',
    )
  }
  if (!url) throw new TypeError('No `url`: pass where createSupertokensVerification is mounted.')
  checkFactors(factors)
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const ask = askAt(options)
  const loadTrip = () => import('./supertokens-trip.js').catch(unreachable)

  return {
    // The SDK tells of new tokens before it has stored them.
    handleEvent: () => void setTimeout(changed),
    async getAuthentication() {
      try {
        const payload = (await session.getAccessTokenPayloadSecurely()) as Payload
        return authenticationFromPayload(payload, factors)
      } catch (error) {
        if (SIGNED_OUT.has((error as Error).message)) return null
        throw error
      }
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    unordered: true,
    // No level is ever written into these tokens: nothing here could meet one.
    async methods(requirement) {
      if (requirement.acrValues) return []
      const [{ createMethods }, { tripBy }] = await Promise.all([
        import('./verification-methods.js').catch(unreachable),
        loadTrip(),
      ])
      const redirect = (id: string) => tripBy(ask, id)
      return createMethods({ redirect }, ask, changed)(requirement)
    },
    async complete(url, signal) {
      const { comeBack } = await loadTrip()
      await comeBack(ask, url, signal)
    },
    readChallenge({ status, body }) {
      const errors = status === 403 && (body as ClaimErrors | null)?.claimValidationErrors
      if (!Array.isArray(errors) || errors.length === 0) return null
      // Where another claim is invalid too, a proof would be asked for in vain.
      const challenges = errors.map((error: { reason?: unknown } | null) =>
        parseChallengeBody(error?.reason),
      )
      return challenges
        .map((challenge) => challenge && challengeRequirement(challenge))
        .reduce((all, one) => all && one && mergeRequirements(all, one))
    },
  }
}
