import type { Reply } from './adapter.js'
import type { Challenge } from './challenge.js'
import { challengeRequirement, parseChallengeBody, readChallenge } from './challenge.js'
import { placesIn } from './refused.js'
import { mergeRequirements } from './requirement.js'

/** A refusal (401, 403) of whatever HTTP client. */
export interface Refusal extends Reply {
  /** What can still be read, where nobody has parsed the body. */
  readonly unread: Response | null
}

type Members = Readonly<Record<string, unknown>>

/** The refusal in what was thrown or given back, by itself or in an error's `response`. */
export function refusalIn(value: unknown): Refusal | null {
  for (const place of placesIn(value) as readonly Members[]) {
    const { status, headers, data, _data, clone } = place
    const get = (headers as Partial<Headers> | null | undefined)?.get
    if ((status !== 401 && status !== 403) || typeof get !== 'function') continue
    const body = data ?? _data ?? (value as Members).data ?? null
    return {
      status,
      // axios answers `undefined` for what is not there, and lists for what is there twice.
      headers: { get: (name) => textOf(get.call(headers, name)) },
      body,
      unread: body === null && typeof clone === 'function' ? (place as unknown as Response) : null,
    }
  }
  return null
}

function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' ? value : null
}

/** The challenge in a refusal, or in errors of GraphQL; a header that can be read has the last word. */
export function challengeIn(value: unknown, refusal: Refusal | null): Challenge | null {
  if (!refusal) return challengeInErrors(value)
  if (refusal.headers.get('WWW-Authenticate') !== null) return readChallenge(refusal)
  return readChallenge(refusal) ?? challengeInErrors(value) ?? challengeInErrors(refusal.body)
}

/**
 * The JSON mirror in the `extensions` of GraphQL errors. Several are asked for at once; where one is
 * not understood, or nothing could meet them all, none is: a part of them is weaker.
 */
function challengeInErrors(value: unknown): Challenge | null {
  const lists = placesIn(value).flatMap(({ errors, graphQLErrors }) => [errors, graphQLErrors])
  let whole: Challenge | null = null
  for (const error of lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))) {
    const extensions = (error as { extensions?: unknown } | null | undefined)?.extensions
    if (!isMirror(extensions)) continue
    const challenge = parseChallengeBody(extensions)
    whole = challenge && whole ? both(whole, challenge) : challenge
    if (!whole) return null
  }
  return whole
}

const isMirror = (extensions: unknown): extensions is object =>
  typeof extensions === 'object' &&
  extensions !== null &&
  Object.hasOwn(extensions, 'error') &&
  (extensions as { error: unknown }).error === 'insufficient_user_authentication'

function both(a: Challenge, b: Challenge): Challenge | null {
  const merged = mergeRequirements(challengeRequirement(a), challengeRequirement(b))
  return merged && { scheme: a.scheme, ...merged }
}

/**
 * Reads the step-up challenge in what an HTTP client threw or gave back: errors of axios, ky and
 * ofetch, a `Response`, and GraphQL errors whose `extensions` hold the same members as the JSON of a
 * refusal, `{ error: 'insufficient_user_authentication', max_age?, acr_values? }`.
 * `null` for everything else. Never throws, and never reads a body: where CORS hides the header, the
 * client must have parsed the JSON, as axios and ofetch do.
 *
 * @example
 * const retry = (count: number, error: Error) => count < 3 && !challengeFrom(error)
 */
export function challengeFrom(error: unknown): Challenge | null {
  try {
    return challengeIn(error, refusalIn(error))
  } catch {
    return null
  }
}
