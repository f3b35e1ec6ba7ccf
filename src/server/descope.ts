import { createRemoteJWKSet, type JWTPayload } from 'jose'
import { authenticationFromClaims } from '../core/claims.js'
import { createTokenVerifier } from './access-token.js'
import { readBearer } from './authorization.js'
import { AccessTokenError, VerificationUnavailableError } from './errors.js'
import { createKeySource, secureUrl } from './keys.js'
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

/** Options of `descopeAuthenticate`. */
export interface DescopeOptions {
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
 * be as old as it can be, `iat` less `stepUpTimeout`; with `stepUpTimes`, and where the adapter has marked
 * the step-up, as old as when it was first seen here. Tokens without `su` are never fresh.
 *
 * @throws TypeError for options that could not be enforced.
 * @example
 * const authenticate = descopeAuthenticate({ projectId, stepUpTimes: createMemoryStepUpTimes() })
 * const guard = createFreshAuthGuard({ authenticate })
 */
export function descopeAuthenticate(options: DescopeOptions): Authenticate {
  const { projectId, stepUpTimes, now = () => Date.now() / 1000 } = options
  const { baseUrl = 'https://api.descope.com', stepUpTimeout = 600, clockTolerance = 5 } = options
  if (typeof projectId !== 'string' || projectId === '') {
    throw new TypeError('No `projectId`: pass the id of your Descope project, as the SDK has it.')
  }
  if (!(Number.isInteger(stepUpTimeout) && stepUpTimeout > 0)) {
    throw new TypeError(`Not a stepUpTimeout: ${stepUpTimeout}. Use whole seconds, such as 600.`)
  }
  const base = secureUrl(baseUrl, '`baseUrl`').href.replace(/\/$/, '')
  const address = new URL(`${base}/v2/keys/${encodeURIComponent(projectId)}`)
  const keys = createKeySource(base, 30, createRemoteJWKSet(address))
  const verifyToken = createTokenVerifier({ algorithms: ['RS256'], clockTolerance }, keys, now)

  /** The same keys sign refresh tokens and others, which are for nobody but Descope. */
  async function read(header: string | null): Promise<JWTPayload> {
    const claims = await verifyToken(readBearer(header))
    const { drn, iat, iss } = claims
    const wrong = !isOf(projectId, iss) ? 'iss' : drn !== 'DS' ? 'drn' : 'iat'
    if (wrong === 'iat' && Number.isSafeInteger(iat)) return claims
    throw new AccessTokenError(`The session token is not for here: check its ${wrong}`)
  }

  async function timeOf(claims: JWTPayload): Promise<number | undefined> {
    const { su, iss, sub, iat = 0, exp = 0 } = claims
    if (su !== true) return undefined
    const earliest = iat - stepUpTimeout
    const mark = markOf(claims)
    // What is not marked may tell of any step-up that can still be alive.
    if (!stepUpTimes || mark === undefined) return earliest
    // Until the last token that may tell of this step-up is over.
    const ttl = stepUpTimeout + Math.max(exp - iat, 0) + 2 * clockTolerance + 1
    try {
      const seen = await stepUpTimes.first(JSON.stringify([iss, sub, mark]), iat, ttl)
      return Math.max(Math.min(seen, iat), earliest)
    } catch (cause) {
      throw new VerificationUnavailableError('The stepUpTimes store failed', { cause })
    }
  }

  const authenticate: Authenticate = async ({ headers }) => {
    const claims = await read(headers.get('Authorization'))
    return {
      ...authenticationFromClaims({ ...claims, auth_time: await timeOf(claims) }),
      impersonated: claims.act !== undefined,
    }
  }
  const cannotMeet: Authenticate['cannotMeet'] = ({ maxAge }) =>
    stepUpTimes || maxAge === undefined || maxAge > stepUpTimeout
      ? undefined
      : `maxAge: ${maxAge} can never be met: Descope's tokens do not say when the step-up was, so it may ` +
        `be ${stepUpTimeout} seconds older than they are. Pass \`stepUpTimes\` to descopeAuthenticate ` +
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
 * descopeAuthenticate({ projectId, stepUpTimes: createMemoryStepUpTimes() })
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
