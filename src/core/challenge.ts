import { defined } from './defined.js'
import { isAcr, isMaxAge, type Requirement } from './requirement.js'
import { parseWwwAuthenticate, quote } from './www-authenticate.js'

/** An API's demand for a better authentication (RFC 9470 3). No demand named: prove it for this. */
export interface Challenge {
  readonly scheme: 'Bearer' | 'DPoP'
  /** Seconds, an integer from 0 to ten years. */
  readonly maxAge?: number
  /** In order of preference; one of them is required. */
  readonly acrValues?: readonly string[]
  readonly scope?: string
  readonly description?: string
}

/** The JSON mirror of a challenge, for pages to which CORS does not expose the header. */
export interface ChallengeBody {
  readonly error: 'insufficient_user_authentication'
  readonly error_description?: string
  readonly max_age?: number
  readonly acr_values?: string
  readonly scope?: string
}

const ERROR = 'insufficient_user_authentication' as const
const SCHEMES = { bearer: 'Bearer', dpop: 'DPoP' } as const
const DIGITS = /^[0-9]+$/
const PRINTABLE = /^[ -~]*$/

/** A demand that is there but not understood makes the whole challenge void: half of it is weaker. */
function toChallenge(
  scheme: Challenge['scheme'],
  member: (name: string) => unknown,
): Challenge | null {
  const [age, acr, scope, text] = ['max_age', 'acr_values', 'scope', 'error_description'].map(
    member,
  )
  const maxAge = typeof age === 'string' && DIGITS.test(age) ? Number(age) : age
  if (maxAge !== undefined && !isMaxAge(maxAge)) return null
  if (acr !== undefined && typeof acr !== 'string') return null
  const acrValues = acr?.split(' ').filter((value) => value !== '')
  if (acrValues && (acrValues.length === 0 || !acrValues.every(isAcr))) return null
  if (scope !== undefined && typeof scope !== 'string') return null
  const description = typeof text === 'string' ? text : undefined
  return defined({ scheme, maxAge, acrValues, scope, description })
}

/**
 * Reads the first step-up challenge of a `WWW-Authenticate` value (RFC 9470 3); `null` is an
 * ordinary 401, and so is every value that is malformed or asks for what cannot be asked. Never throws.
 *
 * @example
 * parseChallenge('Bearer error="insufficient_user_authentication", max_age=300')?.maxAge // 300
 */
export function parseChallenge(header: string | null | undefined): Challenge | null {
  for (const { scheme, params } of parseWwwAuthenticate(header ?? '') ?? []) {
    if (scheme !== 'bearer' && scheme !== 'dpop') continue
    if (params.get('error') !== ERROR) continue
    return toChallenge(SCHEMES[scheme], (name) => params.get(name))
  }
  return null
}

/** Reads the JSON mirror of a challenge; `null` for every other body. */
export function parseChallengeBody(body: unknown): Challenge | null {
  if (typeof body !== 'object' || body === null) return null
  const member = (name: string): unknown =>
    Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined
  return member('error') === ERROR ? toChallenge('Bearer', member) : null
}

/**
 * Writes a challenge as JSON members, for the body beside the header.
 *
 * @throws TypeError for demands that could not be read back.
 */
export function challengeBody(challenge: Challenge): ChallengeBody {
  const { maxAge, acrValues, scope, description } = challenge
  if (maxAge !== undefined && !isMaxAge(maxAge)) {
    throw new TypeError(
      `Not a maxAge: ${String(maxAge)}. Use seconds, an integer from 0 to ten years.`,
    )
  }
  if (acrValues && (acrValues.length === 0 || !acrValues.every(isAcr))) {
    throw new TypeError(
      `Not acrValues: ${JSON.stringify(acrValues)}. Use at least one, of printable ASCII without spaces, quotes or backslashes.`,
    )
  }
  if (scope !== undefined && !PRINTABLE.test(scope)) {
    throw new TypeError(`Not a scope: ${JSON.stringify(scope)}. Use printable ASCII.`)
  }
  return defined({
    error: ERROR,
    error_description: description,
    max_age: maxAge,
    acr_values: acrValues?.join(' '),
    scope,
  })
}

/**
 * Writes a challenge as a `WWW-Authenticate` value (RFC 9470 3). What a header cannot carry in the
 * description, control characters and everything beyond ASCII, is written as `?`.
 *
 * @throws TypeError for demands that could not be read back.
 * @example
 * headers.set('WWW-Authenticate', formatChallenge({ scheme: 'Bearer', maxAge: 300 }))
 */
export function formatChallenge(challenge: Challenge): string {
  const params = Object.entries(challengeBody(challenge)).map(
    ([name, value]) => `${name}=${quote(String(value).replace(/[^ -~]/gu, '?'))}`,
  )
  return `${challenge.scheme} ${params.join(', ')}`
}

/**
 * The challenge in a reply. The header wins where it is readable, even malformed; the body counts
 * only where CORS hides the header. A status other than 401 and 403 may come from a request that
 * was served, and serving it again is not ours to ask for.
 *
 * @param reply `body` is the parsed JSON, if it was JSON
 */
export function readChallenge(reply: {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: unknown
}): Challenge | null {
  if (reply.status !== 401 && reply.status !== 403) return null
  const header = reply.headers.get('WWW-Authenticate')
  return header === null ? parseChallengeBody(reply.body) : parseChallenge(header)
}

/**
 * What a challenge requires; where it names no demand, a proof for this one action (`maxAge: 0`).
 *
 * @example
 * await stepUp.requireFreshAuth(challengeRequirement(challenge))(() => query.fetch())
 */
export function challengeRequirement({ maxAge, acrValues }: Challenge): Requirement {
  if (maxAge === undefined && acrValues === undefined) return { maxAge: 0 }
  return defined({ maxAge, acrValues }) as Requirement
}
