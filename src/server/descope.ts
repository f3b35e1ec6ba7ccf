import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose'
import type { Authentication } from '../core/authentication.js'
import { authenticationFromClaims } from '../core/token.js'
import { secureUrl } from './keys.js'
import type { Authenticate } from './options.js'

/** Remembers when each step-up was first seen, for every process that serves the API. */
export interface StepUpTimes {
  /**
   * Keeps `time` under `key` for at least `ttlSeconds` where nothing is kept there, and tells what is
   * kept then. It must be one atomic step (Redis: `SET key time NX GET EX ttl`, whose answer is what was
   * there before, or nothing), and it must not forget early, or a refreshed token looks new.
   */
  first(key: string, time: number, ttlSeconds: number): number | Promise<number>
}

/** Options of `createDescopeAuthenticate`. */
export interface DescopeAuthenticateOptions {
  readonly projectId: string
  /** As the SDK has it. Default: `https://api.descope.com`. */
  readonly baseUrl?: string
  /** Seconds: the Step Up Token Timeout of your project's settings. Default: 600, as Descope's. */
  readonly stepUpTimeout?: number
  /** What requirements need that are no longer than `stepUpTimeout`. */
  readonly stepUpTimes?: StepUpTimes
  /** Seconds by which Descope's clock may differ. Default: 5. */
  readonly clockTolerance?: number
  /** Seconds since the epoch. For tests. */
  readonly now?: () => number
}

/**
 * `authenticate` for an API that gets Descope's session tokens: they are verified by the keys of the
 * project, and count as fresh from the step-up that they tell of.
 *
 * A token with `su` does not say when that was, and a refreshed one may carry it on. So it is taken to
 * be as old as it can be, `iat` less `stepUpTimeout`; with `stepUpTimes`, as old as when it was first
 * seen here. Tokens without `su` are never fresh.
 *
 * @throws TypeError for options that could not be enforced.
 * @example
 * const authenticate = createDescopeAuthenticate({ projectId, stepUpTimes: createMemoryStepUpTimes() })
 * const guard = createFreshAuthGuard({ authenticate })
 */
export function createDescopeAuthenticate(options: DescopeAuthenticateOptions): Authenticate {
  const { projectId, stepUpTimes, now = () => Date.now() / 1000 } = options
  const { baseUrl = 'https://api.descope.com', stepUpTimeout = 600, clockTolerance = 5 } = options
  if (typeof projectId !== 'string' || projectId === '') {
    throw new TypeError('No `projectId`: pass the id of your Descope project, as the SDK has it.')
  }
  if (!(Number.isInteger(stepUpTimeout) && stepUpTimeout > 0)) {
    throw new TypeError(`Not a stepUpTimeout: ${stepUpTimeout}. Use whole seconds, such as 600.`)
  }
  const base = secureUrl(baseUrl, '`baseUrl`').href.replace(/\/$/, '')
  const keys = createRemoteJWKSet(new URL(`${base}/v2/keys/${encodeURIComponent(projectId)}`))

  async function verify(token: string): Promise<JWTPayload | null> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ clockTolerance, currentDate: new Date(now() * 1000) },
        requiredClaims: ['iss', 'sub', 'iat', 'exp'],
      })
      // The same keys sign refresh tokens and others, which are for nobody but Descope.
      return payload.drn === 'DS' && isOf(projectId, payload.iss) ? payload : null
    } catch (error) {
      // What is wrong with the token is for its sender; what is wrong with the network, for nobody.
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return null
      throw error
    }
  }

  async function timeOf(claims: JWTPayload): Promise<number | undefined> {
    const { su, iss, sub, iat = 0, exp = 0 } = claims
    if (su !== true) return undefined
    const earliest = iat - stepUpTimeout
    if (!stepUpTimes) return earliest
    // Until the last token that may tell of this step-up is over.
    const ttl = stepUpTimeout + Math.max(exp - iat, 0) + 2 * clockTolerance + 1
    const person = JSON.stringify([iss, sub])
    // What tells of no step-up of ours may come from any: the oldest that can still be alive.
    const any = await stepUpTimes.first(person, iat, ttl)
    const mark = markOf(claims)
    const key = JSON.stringify([iss, sub, mark])
    const seen = mark === undefined ? any : await stepUpTimes.first(key, iat, ttl)
    return Math.max(Math.min(seen, iat), earliest)
  }

  const authenticate = async ({
    headers,
  }: Parameters<Authenticate>[0]): Promise<Authentication | null> => {
    const token = /^Bearer +([^\s,]+)$/i.exec(headers.get('Authorization') ?? '')?.[1]
    const claims = token === undefined ? null : await verify(token)
    if (!claims) return null
    return {
      ...authenticationFromClaims({ ...claims, auth_time: await timeOf(claims) }),
      ...(claims.act !== undefined && { impersonated: true }),
    }
  }
  const cannotMeet: Authenticate['cannotMeet'] = ({ maxAge }) =>
    stepUpTimes || maxAge === undefined || maxAge > stepUpTimeout
      ? undefined
      : `maxAge: ${maxAge} can never be met: Descope's tokens do not say when the step-up was, so it may ` +
        `be ${stepUpTimeout} seconds older than they are. Pass \`stepUpTimes\` to createDescopeAuthenticate ` +
        '(createMemoryStepUpTimes() for one process), or shorten the Step Up Token Timeout of your ' +
        'project, and `stepUpTimeout` with it.'
  return Object.assign(authenticate, { cannotMeet })
}

/** `iss` is the project's id, or an address whose last part, or last but one, is. */
const isOf = (projectId: string, issuer: unknown): boolean =>
  issuer === projectId ||
  (URL.canParse(String(issuer)) && pathEnd(String(issuer)).includes(projectId))
const pathEnd = (issuer: string) => new URL(issuer).pathname.split('/').filter(Boolean).slice(-2)

/** What our adapter has marked a step-up with: a page's own word, and nothing but a name for it. */
function markOf({ nsec }: JWTPayload): string | undefined {
  const mark = (nsec as { step_up?: unknown } | null | undefined)?.step_up
  return typeof mark === 'string' && mark.length <= 100 ? mark : undefined
}

/**
 * `StepUpTimes` for one process: a second process, or a restart, knows nothing of it.
 *
 * @example
 * createDescopeAuthenticate({ projectId, stepUpTimes: createMemoryStepUpTimes() })
 */
export function createMemoryStepUpTimes(now = () => Date.now() / 1000): StepUpTimes {
  const kept = new Map<string, { readonly time: number; readonly until: number }>()
  let swept = now()
  return {
    first(key, time, ttlSeconds) {
      const at = now()
      if (at - swept > 60) {
        swept = at
        for (const [old, { until }] of kept) if (until <= at) kept.delete(old)
      }
      const known = kept.get(key)
      if (known && known.until > at) return known.time
      kept.set(key, { time, until: at + ttlSeconds })
      return time
    },
  }
}
