/** Levels of authentication, the lowest first, with the methods that reach each as tokens spell them. */
export type Levels = Readonly<Record<string, readonly string[]>>

/** Their names in order. @throws TypeError where some are whole numbers, which objects put first. */
export function namesOf(levels: Levels): readonly string[] {
  const names = Object.keys(levels)
  const numbers = names.filter((name) => /^\d+$/.test(name))
  if (!numbers[0] || numbers.length === names.length) return names
  throw new TypeError('Levels: use numbers for all names or for none, or their order is lost.')
}

/**
 * The `acrValues` that `level` and all above it make, the lowest first.
 *
 * @throws TypeError for a level that is not there, and where only some names are numbers.
 * @example
 * const levels = { password: ['pwd'], mfa: ['otp', 'sms'], hardware: ['hwk'] }
 * useRequireFreshAuth({ maxAge: 300, acrValues: atLeast(levels, 'mfa') })
 */
export function atLeast<const L extends Levels>(
  levels: L,
  level: `${keyof L & (string | number)}`,
): readonly [string, ...string[]] {
  const names = namesOf(levels)
  const [first, ...above] = names.slice(names.indexOf(level))
  if (first !== level) {
    throw new TypeError(`Unknown level "${level}" (known: ${names.join(', ') || 'none'}).`)
  }
  return [first, ...above]
}
