import { describe, expect, test, vi } from 'vitest'
import { parseChallenge } from 'react-step-up'
import { fuzzHeaders } from './fuzz-headers.js'

test('5,000 times five fuzzed headers: no throw, no prototype touched, never a weaker requirement', () => {
  expect(fuzzHeaders(1, 5000)).toMatchObject({ failures: [] })
})

/** How often a pattern is tried, and how many characters they have eaten together. */
function operations(header: string): number {
  let count = 0
  const { exec } = RegExp.prototype
  const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text) {
    const match = exec.call(this, text)
    count += 1 + (match?.[0].length ?? 0)
    return match
  })
  try {
    parseChallenge(header)
  } finally {
    spy.mockRestore()
  }
  return count
}

describe('FAULTS 22: reading a header costs what its length costs', () => {
  const KB = 1024
  const fill = (part: string, length: number) =>
    part.repeat(Math.ceil(length / part.length)).slice(0, length)
  test.each([
    ['commas', ','],
    ['spaces', ' \t'],
    ['one token', 'a'],
    ['schemes', 'Bearer, '],
    ['token68 that is none', 'Bearer aaaa==== '],
    ['parameters', 'a=b, '],
    ['escapes', '\\"'],
    ['quotes', '"a" '],
    ['half a quoted-string', '"aaaa'],
    ['equal signs', '='],
    [
      'challenges',
      'Bearer error="insufficient_user_authentication", max_age=300, x="y", DPoP abc==, ',
    ],
    ['names that are all new', ''],
  ])('%s', (_, part) => {
    const make = (length: number) => {
      if (part !== '') return `Bearer realm="${fill(part, length)}`
      let text = 'Bearer a=b'
      for (let n = 0; text.length < length; n++) text += `, p${n}=v`
      return text
    }
    for (const shape of [make, (length: number) => fill(part || 'Bearer p=v, ', length)]) {
      const [half, whole] = [operations(shape(50 * KB)), operations(shape(100 * KB))]
      expect(whole).toBeLessThanOrEqual(2 * half + 64)
      // A character is looked at twice at most: as a token, and as what it is after all.
      expect(whole).toBeLessThanOrEqual(3 * 100 * KB + 64)
    }
  })
})
