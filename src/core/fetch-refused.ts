import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import type { StepUpError, StepUpErrorCode } from './errors.js'
import { isStepUpError } from './errors.js'
import type { Requirement } from './requirement.js'
import { requirementKey } from './requirement.js'
import type { Inside } from './run.js'

interface Refused {
  readonly error: StepUpError
  readonly acts: number
  readonly authentication: Authentication | null
}

/** What a person has declined, or cannot do: asked again at once they would end the same. */
const LASTING: readonly StepUpErrorCode[] = [
  'cancelled',
  'still_stale',
  'insufficient_acr',
  'no_method',
]

const byClient = new WeakMap<Inside, Map<string, Refused>>()

const keyOf = (origin: string, requirement: Requirement) =>
  `${origin} ${requirementKey(requirement)}`

/** Remembers how it ended; an API that is polled must not bring the dialog back. */
export function remember(
  inside: Inside,
  origin: string,
  requirement: Requirement,
  error: unknown,
): void {
  if (!isStepUpError(error) || !LASTING.includes(error.code)) return
  const refused = byClient.get(inside) ?? new Map<string, Refused>()
  byClient.set(inside, refused)
  const authentication = inside.context.session.authentication()
  refused.set(keyOf(origin, requirement), { error, acts: inside.acts(), authentication })
}

/**
 * How the same demand of the same origin ended, as long as nobody has acted since. An act is a call of
 * `requireFreshAuth`, a newer authentication, or another person: more cannot be seen from here.
 */
export function refusedBefore(
  inside: Inside,
  origin: string,
  requirement: Requirement,
): StepUpError | null {
  const refused = byClient.get(inside)?.get(keyOf(origin, requirement))
  if (refused?.acts !== inside.acts()) return null
  const { authentication: then, error } = refused
  const now = inside.context.session.authentication()
  const same = then && now ? samePerson(then, now) && then.authTime === now.authTime : then === now
  return same ? error : null
}
