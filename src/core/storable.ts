/** Half a character: no two parsers agree on what becomes of it. */
export const LONE_SURROGATE = /\p{Surrogate}/u

const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])
/** Keys that can change what an object is, and so are never read back. */
export const isReservedKey = (key: string): boolean => RESERVED.has(key)

/** In characters: what storage takes, and a page reads without a pause. */
export const LONGEST = 262_144

/** @throws for whatever this library did not write: no JSON, too much of it, or keys and texts that it refuses. */
export function parseStored(text: string): unknown {
  if (text.length > LONGEST) throw new RangeError('Longer than anything that was written here')
  return JSON.parse(text, (key, item: unknown) => {
    const broken = typeof item === 'string' && LONE_SURROGATE.test(item)
    if (broken || isReservedKey(key)) throw new SyntaxError('Nothing that was written here')
    return item
  })
}

/**
 * Where in `value` something lies that JSON would lose or change, as a path like `items.0.file`;
 * `null` where all of it can be stored.
 */
export function unstorable(
  value: unknown,
  path = 'variables',
  seen: readonly unknown[] = [],
): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return LONE_SURROGATE.test(value) ? path : null
  if (typeof value === 'boolean') return null
  if (typeof value === 'number') return Number.isFinite(value) ? null : path
  if (typeof value !== 'object' || seen.includes(value)) return path
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return path
  // JSON has no holes and no undefined in a list, and turns them into null.
  if (Array.isArray(value) && Array.from(value).includes(undefined)) return path
  for (const [key, item] of Object.entries(value)) {
    const inside = `${path}.${key}`
    const found = isReservedKey(key) ? inside : unstorable(item, inside, [...seen, value])
    if (found !== null) return found
  }
  return null
}

/** What JSON calls an object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
