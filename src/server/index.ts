export { createFreshAuthGuard } from './guard.js'
export type {
  FreshAuthentication,
  FreshAuthGuard,
  RequirementRule,
  VerifiedAuthentication,
} from './guard.js'
export type {
  Authenticate,
  FreshAuthGuardOptions,
  GuardedRequest,
  SessionGuardOptions,
  TokenGuardOptions,
} from './options.js'
export type { Decision } from './decision.js'
export type { Keys } from './keys.js'
export { createMemorySingleUse, type SingleUse } from './single-use.js'
export {
  AccessTokenError,
  GuardError,
  SignedOutError,
  StepUpRequiredError,
  VerificationUnavailableError,
  type RefusalReason,
} from './errors.js'
export { createVerificationHandler, type VerificationHandler } from './verification.js'
export { maskDestination } from '../core/destination.js'
export type { VerificationMethod } from './verification-methods.js'
export type {
  Attempt,
  CodeDelivery,
  CodeOrder,
  CodeService,
  CodeVerification,
  PasskeyVerification,
  PasswordVerification,
  Reauthenticated,
  TotpVerification,
  TripArrival,
  TripDeparture,
  TripVerification,
  VerificationOptions,
} from './verification-options.js'
export {
  createMemoryAttempts,
  createMemoryVerificationStore,
  type Attempts,
  type Counted,
  type VerificationStore,
} from './verification-store.js'
export { formatChallenge, parseChallenge, type Challenge } from '../core/challenge.js'
export { ageAt, evaluate, type Unmet } from '../core/freshness.js'
export type { Authentication } from '../core/authentication.js'
export { readAuthentication } from './claims.js'
export type { Claims, ReadAuthenticationOptions } from '../core/claims.js'
export { atLeast } from '../core/levels.js'
export type { Levels } from '../core/levels.js'
export { definePolicies } from '../core/requirement.js'
export type { Policies, PolicyName, Requirement, RequirementInput } from '../core/requirement.js'
