import type { JWTPayload } from 'jose'
import type { Authentication } from '../core/authentication.js'
import { ageAt, evaluate } from '../core/freshness.js'
import { toRequirement, type Requirement, type RequirementInput } from '../core/requirement.js'
import { authenticationFromClaims } from '../core/token.js'
import { createTokenVerifier } from './access-token.js'
import { readBearer } from './authorization.js'
import { challengeFor, type Decision } from './decision.js'
import { GuardError, StepUpRequiredError, VerificationUnavailableError } from './errors.js'
import { createKeySource } from './keys.js'
import { checkOptions, type FreshAuthGuardOptions } from './options.js'

/** Who sent a request, by an access token that was verified; `claims` is all that the token says. */
export interface VerifiedAuthentication extends Authentication {
  readonly claims: Readonly<JWTPayload>
}
/** One that met the requirement. */
export type FreshAuthentication = VerifiedAuthentication

/** What the guard reads of a web `Request`. */
export type GuardedRequest = Pick<Request, 'headers'>

export interface FreshAuthGuard {
  /**
   * Resolves where the request's authentication meets `requirement`.
   *
   * @throws StepUpRequiredError, AccessTokenError, VerificationUnavailableError: send their `response`.
   * @throws TypeError for a requirement that cannot be judged (see `for`).
   */
  (request: GuardedRequest, requirement: RequirementInput): Promise<FreshAuthentication>
  /**
   * The guard for one requirement, checked now and not at the first request.
   *
   * @throws TypeError for an unknown policy, no requirement, or `maxAge: 0` without `singleUse`.
   */
  for(requirement: RequirementInput): (request: GuardedRequest) => Promise<FreshAuthentication>
  /**
   * Verifies the token and lets any age pass: for reading. Nothing is reported to `onDecision`.
   *
   * @throws AccessTokenError, VerificationUnavailableError
   */
  verify(request: GuardedRequest): Promise<VerifiedAuthentication>
}

/**
 * The judge: lets a request pass only where its JWT access token (RFC 9068) shows an authentication
 * that meets the requirement, by the same rule as in the browser, and on this machine's clock.
 *
 * @throws TypeError for options that could not be enforced.
 * @example
 * const guard = createFreshAuthGuard({ issuer: 'https://id.example', audience: 'https://api.example' })
 * const { subject } = await guard(request, 300)
 */
export function createFreshAuthGuard(options: FreshAuthGuardOptions): FreshAuthGuard {
  const checked = checkOptions(options)
  const { issuer, clockTolerance, singleUse, singleUseWindow, policies, onDecision, now } = checked
  const keys = createKeySource(issuer, checked.timeout, checked.jwks)
  const verifyToken = createTokenVerifier(checked, keys, now)

  const claimsOf = async ({ headers }: GuardedRequest): Promise<JWTPayload> =>
    verifyToken(readBearer(headers.get('Authorization')))

  const consume = async ({ subject, authTime }: Authentication): Promise<boolean> => {
    // Until even a proof from the tolerated future has left the window.
    const ttl = Math.ceil(singleUseWindow + 2 * clockTolerance) + 1
    try {
      const key = JSON.stringify([issuer, subject, authTime])
      return (await singleUse?.consume(key, ttl)) === true
    } catch (cause) {
      throw new VerificationUnavailableError('The singleUse store failed', { cause })
    }
  }

  /** Throws where the requirement is not met; spends the authentication where it is `maxAge: 0`. */
  const judge = async (requirement: Requirement, who: Authentication): Promise<void> => {
    const once = requirement.maxAge === 0
    const rule = once ? { ...requirement, maxAge: singleUseWindow } : requirement
    const age = ageAt(who.authTime, now(), clockTolerance)
    const unmet = evaluate(rule, who, age, clockTolerance)
    const reason = unmet ?? (once && !(await consume(who)) ? 'used' : null)
    if (reason) throw new StepUpRequiredError(challengeFor(requirement, reason, who), reason)
  }

  const report = async (decision: Decision): Promise<void> => {
    try {
      await onDecision?.(decision)
    } catch (error) {
      console.error('react-step-up: onDecision failed, the decision stands.', error)
    }
  }

  const prepare: FreshAuthGuard['for'] = (input) => {
    const requirement = toRequirement(input, policies)
    if (requirement.maxAge === 0 && !singleUse) {
      throw new TypeError(
        'maxAge: 0 means one authentication for one use, and nothing here remembers uses. ' +
          'Pass `singleUse` to createFreshAuthGuard (createMemorySingleUse() for one process), or raise maxAge.',
      )
    }
    const named = { requirement, ...(typeof input === 'string' && { policy: input }) }
    return async (request) => {
      let authentication: Authentication | undefined
      try {
        const claims = await claimsOf(request)
        authentication = authenticationFromClaims(claims)
        await judge(requirement, authentication)
        void report({ allowed: true, ...named, authentication, at: now() })
        return { ...authentication, claims }
      } catch (error) {
        const reason = error instanceof GuardError ? error.reason : 'unavailable'
        const who = authentication && { authentication }
        void report({ allowed: false, ...named, ...who, reason, at: now() })
        throw error
      }
    }
  }

  const verify: FreshAuthGuard['verify'] = async (request) => {
    const claims = await claimsOf(request)
    return { ...authenticationFromClaims(claims), claims }
  }

  return Object.assign(
    async (request: GuardedRequest, requirement: RequirementInput) => prepare(requirement)(request),
    { for: prepare, verify },
  )
}
