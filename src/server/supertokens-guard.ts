import type { SessionContainer } from 'supertokens-node/recipe/session'
import {
  authenticationFromPayload,
  checkFactors,
  type Payload,
} from '../adapters/supertokens-claims.js'
import type { RequirementInput } from '../core/requirement.js'
import { challengeBody } from '../core/challenge.js'
import { SignedOutError, StepUpRequiredError, type StepUpReason } from './errors.js'
import { createFreshAuthGuard, type FreshAuthGuard, type RequirementRule } from './guard.js'
import type { GuardedRequest, SessionGuardOptions } from './options.js'

/** The part of SuperTokens' session container that is used. */
export type SupertokensSession = Pick<
  SessionContainer,
  'getAccessTokenPayload' | 'getTenantId' | 'mergeIntoAccessTokenPayload'
>

/** Where a request's session is; `undefined`: it has none. In Express: `expressRequest(request).session`. */
export type SessionOf = (
  request: GuardedRequest,
) => SupertokensSession | undefined | Promise<SupertokensSession | undefined>

/** What guard and verification have to agree on. */
export interface SupertokensEvidence {
  /** As `verifySession` has left it; it has to run before. */
  readonly sessionOf: SessionOf
  /**
   * As the adapter has it: factors of the MultiFactorAuth recipe that count too. Setting one up counts like
   * using it, so that has to take a fresh sign-in (docs/supertokens.md). Default: none.
   */
  readonly factors?: readonly string[]
}

/** Options of `createSupertokensGuard`. */
export interface SupertokensGuardOptions
  extends Omit<SessionGuardOptions, 'authenticate'>, SupertokensEvidence {}

/** What `verifySession` takes in `overrideGlobalClaimValidators`. */
export interface FreshAuthValidator {
  readonly id: string
  /** @throws VerificationUnavailableError where it cannot be judged now. */
  validate(
    payload: unknown,
  ): Promise<
    | { readonly isValid: true }
    | { readonly isValid: false; readonly reason: Record<string, string | number> }
  >
}

/** A guard whose refusals have SuperTokens' form. */
export interface SupertokensGuard extends FreshAuthGuard {
  /**
   * The same judge as a claim validator. It belongs to no claim, so that there is nothing to refetch, and
   * nothing but a proof makes it valid. One for `maxAge: 0` spends the proof even where another claim is
   * invalid: behind `verifySession()`, `freshAuth(guard, 0)` does not.
   *
   * @throws TypeError for a requirement that cannot be judged (see `for`).
   */
  validator(requirement: RequirementInput): FreshAuthValidator
}

const ID = 'step-up'

const reasonOf = ({ challenge }: StepUpRequiredError): Record<string, string | number> => ({
  message: challenge.description ?? 'More recent authentication is required',
  ...{ ...challengeBody(challenge) },
})

// A 401 has SuperTokens' page refresh its session and send the request again, ten times over.
const forbidden = (body: object) =>
  Response.json(body, { status: 403, headers: { 'Cache-Control': 'no-store' } })

class ClaimRefusedError extends StepUpRequiredError {
  override readonly status = 403
  override get response(): Response {
    const claimValidationErrors = [{ id: ID, reason: reasonOf(this) }]
    return forbidden({ message: 'invalid claim', claimValidationErrors })
  }
}

class NoSessionError extends SignedOutError {
  override readonly status = 403
  override get response(): Response {
    return forbidden({ error: 'signed_out' })
  }
}

function inTheirForm(error: unknown): never {
  if (error instanceof StepUpRequiredError) {
    throw new ClaimRefusedError(error.challenge, error.reason as StepUpReason)
  }
  throw error instanceof SignedOutError ? new NoSessionError() : error
}

type WithPayload = Pick<SupertokensSession, 'getAccessTokenPayload'>
interface Evidence extends Pick<SupertokensEvidence, 'factors'> {
  readonly sessionOf: (
    request: GuardedRequest,
  ) => WithPayload | undefined | Promise<WithPayload | undefined>
}

/** Who is signed in, by SuperTokens' session: the `authenticate` of `createFreshAuthGuard`. */
export const authenticateWith =
  ({ sessionOf, factors }: Evidence) =>
  async (request: GuardedRequest) => {
    const session = await sessionOf(request)
    return session
      ? authenticationFromPayload(session.getAccessTokenPayload() as Payload, factors)
      : null
  }

/**
 * The judge for an API behind SuperTokens' `verifySession`: `createFreshAuthGuard` over the access
 * token's payload, whose refusals are invalid claims (403), never a 401.
 *
 * @throws TypeError for options that could not be enforced.
 * @example
 * const guard = createSupertokensGuard({ sessionOf: (request) => expressRequest(request).session })
 * app.delete('/projects/:id', verifySession(), freshAuth(guard, 300), handler)
 */
export function createSupertokensGuard(options: SupertokensGuardOptions): SupertokensGuard {
  const { sessionOf, factors, ...rules } = options
  if (typeof sessionOf !== 'function') {
    throw new TypeError(
      'No `sessionOf` for createSupertokensGuard: pass where verifySession leaves the session of a ' +
        'request, in Express (request) => expressRequest(request).session.',
    )
  }
  checkFactors(factors)
  const validated = new WeakMap<GuardedRequest, WithPayload>()
  const guard = createFreshAuthGuard({
    ...rules,
    authenticate: authenticateWith({
      ...options,
      sessionOf: (request) => validated.get(request) ?? sessionOf(request),
    }),
  })
  const prepare: FreshAuthGuard['for'] = (requirement) => {
    const check = guard.for(requirement)
    return (request) => check(request).catch(inTheirForm)
  }
  return Object.assign(
    (request: GuardedRequest, requirement: RequirementRule) => prepare(requirement)(request),
    {
      for: prepare,
      verify: (request: GuardedRequest) => guard.verify(request).catch(inTheirForm),
      validator(requirement: RequirementInput): FreshAuthValidator {
        const check = guard.for(requirement)
        return {
          id: ID,
          async validate(payload) {
            const request = { headers: new Headers() }
            validated.set(request, { getAccessTokenPayload: () => payload })
            try {
              await check(request)
              return { isValid: true }
            } catch (error) {
              if (!(error instanceof StepUpRequiredError)) throw error
              return { isValid: false, reason: reasonOf(error) }
            }
          },
        }
      },
    },
  )
}
