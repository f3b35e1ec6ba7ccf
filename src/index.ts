import { browserEnvironment } from './browser.js'
import type { StepUpClient, StepUpClientOptions } from './core/client.js'
import { createClient } from './core/client.js'
import type { Fetch, StepUpFetchOptions } from './core/fetch.js'
import { createFetch } from './core/fetch.js'
import type { Authentication } from './core/authentication.js'
import type { Claims, ReadAuthenticationOptions } from './core/claims.js'
import { readForeignClaims } from './core/claims.js'

/**
 * Makes the client: at module scope, before router and auth SDK, so that the address is read before
 * anybody cleans it. It does nothing else until `<StepUpProvider>` starts it; on a server it is inert.
 *
 * @throws TypeError for unknown policies, malformed requirements, actions without `defineAction`.
 * @example
 * export const stepUp = createStepUpClient({ adapter, policies, actions: [deleteProject] })
 */
export const createStepUpClient = (options: StepUpClientOptions): StepUpClient =>
  createClient({ environment: browserEnvironment(), ...options })

/**
 * Makes a fetch that answers step-up challenges (RFC 9470): the person is asked, in the same prompt as
 * everybody who waits, and the challenged request alone is sent again, once.
 *
 * It rejects with a `StepUpError` where the person does not prove it (`cancelled`, …) or the API asks
 * again (`still_stale`, with its Response as the cause), and with the reason of the caller's signal.
 * Every other Response is handed out unread. Streams cannot be sent again and keep their 401, and so
 * do Requests whose body is beyond 10 MB. On a server nobody is asked.
 *
 * @throws TypeError for origins that are none, and for clients of another kind.
 * @example
 * const api = createStepUpFetch(stepUp, {
 *   origins: ['https://api.example.com'],
 *   authorize: async ({ headers }) => headers.set('Authorization', `Bearer ${await getToken()}`),
 * })
 */
export const createStepUpFetch = (
  client: Pick<StepUpClient, 'requireFreshAuth'>,
  options: StepUpFetchOptions = {},
): Fetch => createFetch(client, { fetch: (input, init) => fetch(input, init), ...options })

/**
 * The authentication that foreign claims tell of: `auth_level` as `acr`, `auth_methods` as `amr`, `su` as
 * a method of its own. From the earlier of `exp` and `step_up_exp` on, seconds since the epoch, none of it
 * counts any more, and neither does `auth_time`; what is no such time has passed.
 *
 * It verifies nothing: for the API pass claims whose signature was checked.
 *
 * @throws TypeError where `iss` or `sub` is missing.
 * @example
 * readAuthentication(decodeJwt(token), { levels: { password: ['pwd'], mfa: ['otp', 'su'] } })
 */
export const readAuthentication = (
  claims: Claims,
  options: ReadAuthenticationOptions = {},
): Authentication => readForeignClaims(claims, { now: Date.now() / 1000, ...options })

export type { StepUpClient, StepUpClientOptions, StepUpControls } from './core/client.js'
export { defineAction } from './core/action.js'
export type { Action, AnyAction, RunContext, StandardSchemaV1 } from './core/action.js'
export type * from './core/adapter.js'
export type { Authentication } from './core/authentication.js'
export type { CallOptions, RequireFreshAuth } from './core/call.js'
export { challengeRequirement, formatChallenge, parseChallenge } from './core/challenge.js'
export type { Challenge } from './core/challenge.js'
export { challengeFrom } from './core/challenge-from.js'
export type { Clock, Instant } from './core/clock.js'
export type { Environment } from './core/environment.js'
export { isStepUpError, StepUpError } from './core/errors.js'
export type { CancelReason, StepUpErrorCode } from './core/errors.js'
export type { Fetch, StepUpFetchOptions } from './core/fetch.js'
export type { Limits } from './core/context.js'
export type {
  Prompt,
  ResumedOutcome,
  Returned,
  StepUpEvent,
  StepUpState,
  Waiting,
} from './core/machine.js'
export type { Outcome } from './core/outcomes.js'
export type { Claims, ReadAuthenticationOptions } from './core/claims.js'
export { atLeast } from './core/levels.js'
export type { Levels } from './core/levels.js'
export { definePolicies } from './core/requirement.js'
export type {
  Policies,
  PolicyName,
  Register,
  Requirement,
  RequirementInput,
} from './core/requirement.js'
export type { Freshness, Unfresh } from './core/session.js'
export type { RecordStorage, SharedStorage, TripStorage } from './core/storage.js'
export type { StepUpListener } from './core/store.js'
export type { Tabs } from './core/tabs.js'
export { FreshAuthGate } from './react/fresh-auth-gate.js'
export type { FreshAuthGateProps } from './react/fresh-auth-gate.js'
export { StepUpProvider } from './react/step-up-provider.js'
export type { StepUpProviderProps } from './react/step-up-provider.js'
export { useAuthentication } from './react/use-authentication.js'
export { useFreshness } from './react/use-freshness.js'
export { useRequireFreshAuth } from './react/use-require-fresh-auth.js'
export { useResumableDraft } from './react/use-resumable-draft.js'
export type { ResumableDraftOptions } from './react/use-resumable-draft.js'
export { useResumed } from './react/use-resumed.js'
export { useStepUp } from './react/use-step-up.js'
