import type { JWTPayload } from 'jose'
import type { Authentication } from '../core/authentication.js'
import { ageAt, evaluate } from '../core/freshness.js'
import { toRequirement, type Requirement, type RequirementInput } from '../core/requirement.js'
import { challengeFor, type Decision } from './decision.js'
import {
  GuardError,
  StepUpRequiredError,
  VerificationUnavailableError,
  type StepUpReason,
} from './errors.js'
import { createEvidence } from './evidence.js'
import { checkOptions, type FreshAuthGuardOptions, type GuardedRequest } from './options.js'

const NOTHING = { requirement: null }

/** Who sent a request; `claims` is all that the access token says, nothing where a session was read. */
export interface VerifiedAuthentication extends Authentication {
  readonly claims: Readonly<JWTPayload>
}
/** One that met the requirement. */
export type FreshAuthentication = VerifiedAuthentication

/**
 * What is required: always the same, or what a function makes of the request and of who sent it (a new
 * device, a network, an amount, a role). `null`: a sign-in of any age will do.
 */
export type RequirementRule<Sent = GuardedRequest> =
  | RequirementInput
  | ((
      request: Sent,
      who: VerifiedAuthentication,
    ) => RequirementInput | null | PromiseLike<RequirementInput | null>)

export interface FreshAuthGuard {
  /**
   * Resolves where the request's authentication meets `requirement`.
   *
   * @throws StepUpRequiredError, AccessTokenError, SignedOutError, VerificationUnavailableError: send
   * their `response`.
   * @throws TypeError for a requirement that cannot be judged (see `for`).
   */
  (request: GuardedRequest, requirement: RequirementRule): Promise<FreshAuthentication>
  /**
   * The guard for one requirement, checked now and not at the first request. What a function decides can
   * only be checked then; where it fails, nobody passes.
   *
   * @throws TypeError for an unknown policy, no requirement, `maxAge: 0` without `singleUse`, or what
   * `authenticate` can never meet.
   */
  for(requirement: RequirementRule): (request: GuardedRequest) => Promise<FreshAuthentication>
  /**
   * Verifies the evidence and lets any age pass: for reading. Nothing is reported to `onDecision`.
   *
   * @throws AccessTokenError, SignedOutError, VerificationUnavailableError
   */
  verify(request: GuardedRequest): Promise<VerifiedAuthentication>
}

/**
 * The judge: lets a request pass only where its JWT access token (RFC 9068), or the session that it
 * belongs to, shows an authentication that meets the requirement, by the same rule as in the browser,
 * and on this machine's clock.
 *
 * @throws TypeError for options that could not be enforced.
 * @example
 * const guard = createFreshAuthGuard({ issuer: 'https://id.example', audience: 'https://api.example' })
 * const { subject } = await guard(request, 300)
 */
export function createFreshAuthGuard(options: FreshAuthGuardOptions): FreshAuthGuard {
  const checked = checkOptions(options)
  const { clockTolerance, singleUse, singleUseWindow, policies, onDecision, now } = checked
  const evidenceOf = createEvidence(options, checked)
  const source = options.authenticate === undefined ? 'access token' : 'session'

  const consume = async ({ issuer, subject, authTime }: Authentication): Promise<boolean> => {
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
    let reason: StepUpReason | null = who.impersonated ? 'impersonated' : unmet
    if (!reason && once && !(await consume(who))) reason = 'used'
    if (reason)
      throw new StepUpRequiredError(challengeFor(requirement, reason, who, source), reason)
  }

  const report = async (decision: Decision): Promise<void> => {
    try {
      await onDecision?.(decision)
    } catch (error) {
      console.error('react-step-up: onDecision failed, the decision stands.', error)
    }
  }

  const named = (input: RequirementInput) => {
    const requirement = toRequirement(input, policies)
    if (requirement.maxAge === 0 && !singleUse) {
      throw new TypeError(
        'maxAge: 0 means one authentication for one use, and nothing here remembers uses. ' +
          'Pass `singleUse` to createFreshAuthGuard (createMemorySingleUse() for one process), or raise maxAge.',
      )
    }
    const never = options.authenticate?.cannotMeet?.(requirement)
    if (never !== undefined) throw new TypeError(never)
    return { requirement, ...(typeof input === 'string' && { policy: input }) }
  }

  const prepare: FreshAuthGuard['for'] = (rule) => {
    const fixed = typeof rule === 'function' ? null : named(rule)
    const decide = async (request: GuardedRequest, who: VerifiedAuthentication) => {
      if (typeof rule !== 'function') return fixed
      const input = await rule(request, who)
      return input === null ? null : named(input)
    }
    return async (request) => {
      let authentication: Authentication | undefined
      let asked = fixed
      try {
        const evidence = await evidenceOf(request)
        authentication = evidence.authentication
        const who = { ...authentication, claims: evidence.claims }
        asked = await decide(request, who)
        if (asked) await judge(asked.requirement, authentication)
        void report({ allowed: true, ...(asked ?? NOTHING), authentication, at: now() })
        return who
      } catch (error) {
        const reason = error instanceof GuardError ? error.reason : 'unavailable'
        const who = authentication && { authentication }
        void report({ allowed: false, ...(asked ?? NOTHING), ...who, reason, at: now() })
        throw error
      }
    }
  }

  const verify: FreshAuthGuard['verify'] = async (request) => {
    const { authentication, claims } = await evidenceOf(request)
    return { ...authentication, claims }
  }

  return Object.assign(
    async (request: GuardedRequest, rule: RequirementRule) => prepare(rule)(request),
    { for: prepare, verify },
  )
}
