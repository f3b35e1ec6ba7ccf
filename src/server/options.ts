import type { Authentication } from '../core/authentication.js'
import type { Policies, Requirement } from '../core/requirement.js'
import type { Decision } from './decision.js'
import type { Keys } from './keys.js'
import type { SingleUse } from './single-use.js'

/** What the guard reads of a web `Request`. */
export type GuardedRequest = Pick<Request, 'headers'>

/**
 * Who is signed in by the app's own session; `null`: nobody. A rejection: not known now, but for a
 * `GuardError`, such as an `AccessTokenError`, which is the answer.
 *
 * In Express, `expressRequest(request)` of `react-step-up/server/express` leads to `req.session`.
 */
export interface Authenticate {
  (request: GuardedRequest): Authentication | null | Promise<Authentication | null>
  /** Why nothing that it reads could ever meet `requirement`: said when the guard is made for it. */
  readonly cannotMeet?: (requirement: Requirement) => string | undefined
}

interface CommonOptions {
  /** Seconds by which the issuer's clock may differ, at most 300. Default: 5. */
  readonly clockTolerance?: number
  /** Where `maxAge: 0` is remembered; required to use it. */
  readonly singleUse?: SingleUse
  /** Seconds within which a proof for `maxAge: 0` must be used. Default: 120. */
  readonly singleUseWindow?: number
  /** From `definePolicies`: requirements that routes name. */
  readonly policies?: Policies
  /**
   * Told of every decision, before the handler runs. Not awaited, and what it throws goes to
   * `console.error`: a broken log neither allows nor refuses a request.
   */
  readonly onDecision?: (decision: Decision) => unknown
  /** Seconds since the epoch. For tests. */
  readonly now?: () => number
}

/** Requests carry a JWT access token. */
export interface TokenGuardOptions extends CommonOptions {
  /** `iss` of the access tokens, to the letter. Its metadata names the keys, unless `jwks` is given. */
  readonly issuer: string
  /** This API's own name in `aud`; of a list, one is enough. */
  readonly audience: string | readonly string[]
  /** A JSON Web Key Set or jose's key function, instead of discovery. */
  readonly jwks?: Keys
  /** Signature algorithms to accept. Default: all asymmetric ones of RFC 7518 and 8037. */
  readonly algorithms?: readonly string[]
  /** Seconds for a network call to the issuer. Default: 30. */
  readonly timeout?: number
  readonly authenticate?: undefined
}

/** Requests belong to a session of the app. */
export interface SessionGuardOptions extends CommonOptions {
  readonly authenticate: Authenticate
  readonly issuer?: undefined
  readonly audience?: undefined
  readonly jwks?: undefined
  readonly algorithms?: undefined
  readonly timeout?: undefined
}

/** What the guard takes as evidence: access tokens of an issuer, or the app's own session. */
export type FreshAuthGuardOptions = TokenGuardOptions | SessionGuardOptions

const ASYMMETRIC = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''

const OF_TOKENS = ['issuer', 'audience', 'jwks', 'algorithms', 'timeout'] as const

/** Fills in the defaults. @throws TypeError for what could only fail, or pass, at a request. */
export function checkOptions(options: FreshAuthGuardOptions) {
  const checked = {
    ...options,
    clockTolerance: options.clockTolerance ?? 5,
    singleUseWindow: options.singleUseWindow ?? 120,
    policies: options.policies ?? {},
    now: options.now ?? (() => Date.now() / 1000),
  }
  const { clockTolerance, singleUseWindow } = checked
  if (!(clockTolerance >= 0 && clockTolerance <= 300)) {
    throw new TypeError(`Not a clockTolerance: ${clockTolerance}. Use seconds, 0 to 300.`)
  }
  if (!(singleUseWindow > 0 && singleUseWindow <= 3600)) {
    throw new TypeError(`Not a singleUseWindow: ${singleUseWindow}. Use seconds, up to 3600.`)
  }
  return checked
}

/** @throws TypeError for a session that comes with something of a token. */
export function checkSessionOptions(options: SessionGuardOptions): Authenticate {
  const given: Partial<Record<keyof TokenGuardOptions, unknown>> = options
  const { authenticate } = options
  const also = OF_TOKENS.filter((name) => given[name] !== undefined)
  if (also.length > 0) {
    throw new TypeError(
      `Both \`authenticate\` and \`${also.join('`, `')}\`: one kind of evidence must decide. For your own ` +
        'session leave out what belongs to access tokens; for access tokens leave out `authenticate`.',
    )
  }
  if (typeof authenticate !== 'function') {
    throw new TypeError('`authenticate` is not a function that tells who is signed in.')
  }
  return authenticate
}

/** Fills in the defaults. @throws TypeError as `checkOptions` does. */
export function checkTokenOptions(options: TokenGuardOptions) {
  const checked = {
    ...options,
    algorithms: options.algorithms ?? ASYMMETRIC,
    timeout: options.timeout ?? 30,
  }
  const { issuer, audience, algorithms, timeout } = checked
  if (!isName(issuer)) {
    throw new TypeError(
      'No `issuer`: pass the `iss` of your access tokens to createFreshAuthGuard, or `authenticate` ' +
        'where requests come with a session of your own.',
    )
  }
  const audiences = Array.isArray(audience) ? audience : [audience]
  if (audiences.length === 0 || !audiences.every(isName)) {
    throw new TypeError(
      "No `audience`: pass the name this API has in the tokens' `aud`, or tokens for others pass too.",
    )
  }
  const unsafe = algorithms.find((algorithm) => /^(none|HS.*)$/i.test(algorithm))
  if (algorithms.length === 0 || unsafe !== undefined) {
    throw new TypeError(
      `Not a list of asymmetric algorithms: ${JSON.stringify(algorithms)}. With "none" or "HS…" ` +
        'whoever can read the public keys can sign; use such as "RS256" or "ES256".',
    )
  }
  if (!(timeout > 0 && timeout <= 600)) {
    throw new TypeError(`Not a timeout: ${timeout}. Use seconds, up to 600.`)
  }
  return checked
}
