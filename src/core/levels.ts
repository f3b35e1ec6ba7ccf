/** Levels of authentication, the lowest first, with the methods that reach each as tokens spell them. */
export type Levels = Readonly<Record<string, readonly string[]>>

/**
 * The `acrValues` that `level` and all above it make, the lowest first.
 *
 * @throws TypeError for a level that is not there.
 * @example
 * const levels = { password: ['pwd'], mfa: ['otp', 'sms'], hardware: ['hwk'] }
 * useRequireFreshAuth({ maxAge: 300, acrValues: atLeast(levels, 'mfa') })
 */
export function atLeast<const L extends Levels>(
  levels: L,
  level: `${keyof L & (string | number)}`,
): readonly [string, ...string[]] {
  const names = Object.keys(levels)
  const [first, ...above] = names.slice(names.indexOf(level))
  if (first !== level) {
    throw new TypeError(`Unknown level "${level}" (known: ${names.join(', ') || 'none'}).`)
  }
  return [first, ...above]
}
