/**
 * What a sensitive action asks of the last authentication: at most `maxAge` seconds old, or made
 * at one of the levels in `acrValues` (in order of preference), or both.
 */
export type Requirement =
  | { readonly maxAge: number; readonly acrValues?: readonly string[] }
  | { readonly maxAge?: number; readonly acrValues: readonly [string, ...string[]] }

/** Augment with `policies: typeof policies` to have policy names checked. */
export interface Register {}
/** Requirements by name. */
export type Policies = Readonly<Record<string, number | Requirement>>
/** The names of the policies in `Register`; any text where there are none. */
export type PolicyName = Register extends { policies: infer P } ? keyof P & string : string
/** A number is `{ maxAge }`, a string the name of a policy. */
export type RequirementInput = number | Requirement | PolicyName

const TEN_YEARS = 315_360_000
// RFC 9470 puts acr values in a quoted string separated by spaces: nothing that needs escaping.
const ACR = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** An integer from 0 to ten years: the only ages that may travel to a provider. */
export const isMaxAge = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= TEN_YEARS

export const isAcr = (value: unknown): value is string =>
  typeof value === 'string' && ACR.test(value)

const isRequirement = (value: unknown): value is Requirement => {
  if (typeof value !== 'object' || value === null) return false
  const { maxAge, acrValues } = value as { maxAge?: unknown; acrValues?: unknown }
  const acrOk = Array.isArray(acrValues) && acrValues.length > 0 && acrValues.every(isAcr)
  if (maxAge === undefined) return acrOk
  return isMaxAge(maxAge) && (acrValues === undefined || acrOk)
}

/**
 * Names the requirements of an app, for client and API alike.
 *
 * @throws TypeError for a `maxAge` that is not an integer of 0 to ten years of seconds.
 * @example
 * export const policies = definePolicies({ 'billing.update': 300 })
 */
export function definePolicies<const P extends Policies>(policies: P): P {
  for (const requirement of Object.values(policies)) toRequirement(requirement)
  return policies
}

/** The requirement that a number, a policy's name or a requirement stands for. */
export function toRequirement(input: RequirementInput, policies: Policies = {}): Requirement {
  const named = typeof input === 'string'
  if (named && !Object.hasOwn(policies, input)) {
    const known = Object.keys(policies).join(', ') || 'none'
    throw new TypeError(
      `Unknown policy "${input}" (known: ${known}). Define it with definePolicies and pass \`policies\`.`,
    )
  }
  const value = named ? policies[input] : input
  const requirement = typeof value === 'number' ? { maxAge: value } : value
  if (!isRequirement(requirement)) {
    throw new TypeError(
      `Not a requirement: ${JSON.stringify(input)}. Use seconds as an integer from 0 to ten years, ` +
        'a { maxAge?, acrValues? } with at least one of them, or the name of a policy.',
    )
  }
  return requirement
}

/** Both at once: the strictest age, the levels in common in `a`'s order; `null` without common ground. */
export function mergeRequirements(a: Requirement, b: Requirement): Requirement | null {
  const maxAge = Math.min(a.maxAge ?? Infinity, b.maxAge ?? Infinity)
  const acrValues =
    a.acrValues && b.acrValues
      ? a.acrValues.filter((acr) => b.acrValues?.includes(acr))
      : (a.acrValues ?? b.acrValues)
  if (acrValues?.length === 0) return null
  return {
    ...(maxAge !== Infinity && { maxAge }),
    ...(acrValues && { acrValues }),
  } as Requirement
}

/** Whether a proof of `a` always is a proof of `b` too. */
export function implies(a: Requirement, b: Requirement): boolean {
  if ((a.maxAge ?? Infinity) > (b.maxAge ?? Infinity)) return false
  return !b.acrValues || (a.acrValues?.every((acr) => b.acrValues?.includes(acr)) ?? false)
}

/** One text for equal requirements. */
export const requirementKey = ({ maxAge, acrValues }: Requirement): string =>
  JSON.stringify([maxAge ?? null, acrValues ?? null])

/** `max_age` on the wire: below what is required, so that what passes there does not lapse on the way back. */
export function wireMaxAge(maxAge: number): number {
  return maxAge === 0 ? 0 : Math.floor(Math.max(1, maxAge - Math.min(30, maxAge / 4)))
}
