export { createFreshAuthGuard } from './guard.js'
export type {
  FreshAuthentication,
  FreshAuthGuard,
  GuardedRequest,
  VerifiedAuthentication,
} from './guard.js'
export type { FreshAuthGuardOptions } from './options.js'
export type { Decision } from './decision.js'
export type { Keys } from './keys.js'
export { createMemorySingleUse, type SingleUse } from './single-use.js'
export {
  AccessTokenError,
  GuardError,
  StepUpRequiredError,
  VerificationUnavailableError,
  type RefusalReason,
} from './errors.js'
export { formatChallenge, parseChallenge, type Challenge } from '../core/challenge.js'
export { ageAt, evaluate, type Unmet } from '../core/freshness.js'
export type { Authentication } from '../core/authentication.js'
export { definePolicies } from '../core/requirement.js'
export type { Policies, PolicyName, Requirement, RequirementInput } from '../core/requirement.js'
