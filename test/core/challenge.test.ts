import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  challengeBody,
  challengeRequirement,
  formatChallenge,
  parseChallenge,
  parseChallengeBody,
  readChallenge,
  type Challenge,
} from '../../src/core/challenge.js'
import bodies from './challenge-bodies.json' with { type: 'json' }
import headers from './challenges.json' with { type: 'json' }

const STEP_UP = 'Bearer error="insufficient_user_authentication"'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('FAULTS 22, 23: the header of a challenge', () => {
  it.each(headers.vectors)('is read as the vectors say: $name', ({ header, expect: expected }) => {
    expect(parseChallenge(header)).toEqual(expected)
  })

  it.each([null, undefined, '\u0000', 'Bearer', 'Bearer "', '=', '"'])(
    'is no challenge where it says nothing: %j',
    (header) => {
      expect(parseChallenge(header)).toBeNull()
    },
  )

  it.each([
    `${STEP_UP}, max_age=1e20`,
    `${STEP_UP}, max_age=${'9'.repeat(400)}`,
    `${STEP_UP}, max_age=315360001`,
    `${STEP_UP}, max_age=300;acr_values=mfa`,
    `${STEP_UP}, max_age=٣٠٠`,
    `${STEP_UP} max_age=300`,
    `${STEP_UP}, max_age=300 acr_values=mfa`,
    `${STEP_UP}, acr_values=urn:mfa urn:pwd`,
    `${STEP_UP}, acr_values="mfa\\"", max_age=300`,
    `${STEP_UP}, acr_values="grün"`,
    `${STEP_UP}, acr_values="mfa", ACR_VALUES="pwd"`,
    `${STEP_UP}, max_age="300"x`,
    `${STEP_UP}, max_age="300\\`,
    `${STEP_UP}, max_age=`,
    `${STEP_UP}, error_description="a\nb", max_age=300`,
    `Bearer error="Insufficient_User_Authentication", max_age=300`,
    `Bearer , error="insufficient_user_authentication", max_age=300`,
    `Bearer abc, error="insufficient_user_authentication", max_age=300`,
    `Bearer error==insufficient_user_authentication`,
    `Basic/abc, ${STEP_UP}, max_age=300`,
    `Basic"abc", ${STEP_UP}, max_age=300`,
    `Basic Bearer error="insufficient_user_authentication", max_age=300`,
  ])('is no challenge where a part of it is malformed or cannot be asked: %s', (header) => {
    expect(parseChallenge(header)).toBeNull()
  })

  it('stands after empty list elements and in front of bare schemes', () => {
    const header = `,, Negotiate , ${STEP_UP} , , max_age=7 ,, Basic`
    expect(parseChallenge(header)).toEqual({ scheme: 'Bearer', maxAge: 7 })
  })

  it('keeps a description beyond ASCII, which is only shown', () => {
    const header = `${STEP_UP}, error_description="g\u00fcltig\tbis", max_age=7`
    expect(parseChallenge(header)?.description).toBe('gültig\tbis')
  })

  it('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      ...['Bearer', 'DPoP', 'error', 'max_age', 'acr_values', '300', 'YWJj'],
      ...[
        'insufficient_user_authentication',
        '"',
        '\\',
        ',',
        '=',
        ' ',
        '\t',
        '\u0000',
        'ü',
        '__proto__',
      ],
    )
    const almost = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), almost), (header) => {
        const challenge = parseChallenge(header)
        expect(challenge === null || header.includes('insufficient_user_authentication')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['commas', ','],
    ['schemes', 'a,'],
    ['parameters', 'a=b,'],
    ['spaces', ' '],
    ['tokens', 'a'],
    ['token68 that is none', 'A a/b '],
    ['padding', '='],
    ['escapes', '\\"'],
  ])('is read in linear time: 100 KB of %s', (_name, unit) => {
    const exec = vi.spyOn(RegExp.prototype, 'exec')
    // The patterns are single classes, so the work of a match is its length and one step more.
    const work = (size: number): number => {
      const fill = unit.repeat(size / unit.length)
      exec.mockClear()
      for (const prefix of ['', 'Bearer ', 'Bearer a="']) parseChallenge(prefix + fill)
      return exec.mock.results.reduce(
        (sum, { value }) => sum + 1 + ((value as RegExpExecArray | null)?.[0].length ?? 0),
        0,
      )
    }
    const small = work(10_000)
    expect(work(100_000)).toBeLessThanOrEqual(10 * small + 100)
    expect(small).toBeLessThan(3 * 10 * 10_000)
  })
})

describe('the JSON mirror of a challenge', () => {
  it.each(bodies.vectors)('is read as the vectors say: $name', ({ body, expect: expected }) => {
    expect(parseChallengeBody(JSON.parse(JSON.stringify(body)))).toEqual(expected)
  })

  it('takes nothing from a prototype', () => {
    const inherited = Object.create({ error: 'insufficient_user_authentication' }) as unknown
    expect(parseChallengeBody(inherited)).toBeNull()
    const body = JSON.parse(
      '{"error":"insufficient_user_authentication","__proto__":{"max_age":9999}}',
    ) as unknown
    expect(parseChallengeBody(body)).toEqual({ scheme: 'Bearer' })
  })

  it('never throws, whatever it is given', () => {
    const members = fc.record({
      error: fc.constant('insufficient_user_authentication'),
      max_age: fc.anything(),
      acr_values: fc.anything(),
      scope: fc.anything(),
      error_description: fc.anything(),
    })
    fc.assert(
      fc.property(fc.oneof(fc.anything(), members), (body) => {
        const challenge = parseChallengeBody(body)
        if (challenge?.maxAge !== undefined) expect(challenge.maxAge).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a challenge that is written', () => {
  const printable = fc.string({ unit: 'grapheme-ascii', maxLength: 40 })
  const tricky = fc
    .array(fc.constantFrom('"', '\\', ',', '=', ' ', 'a', ', Bearer '))
    .map((a) => a.join(''))
  const acr = fc.stringMatching(/^[!#-[\]-~]{1,12}$/)
  const challenges: fc.Arbitrary<Challenge> = fc.record(
    {
      scheme: fc.constantFrom('Bearer' as const, 'DPoP' as const),
      maxAge: fc.integer({ min: 0, max: 315_360_000 }),
      acrValues: fc.array(acr, { minLength: 1, maxLength: 4 }),
      scope: fc.oneof(printable, tricky),
      description: fc.oneof(printable, tricky),
    },
    { requiredKeys: ['scheme'] },
  )

  it('reads back the same from the header', () => {
    fc.assert(
      fc.property(challenges, (challenge) => {
        expect(parseChallenge(formatChallenge(challenge))).toEqual(challenge)
        expect(parseChallenge(`Basic realm="a", ${formatChallenge(challenge)}, Negotiate`)).toEqual(
          challenge,
        )
      }),
    )
  })

  it('reads back the same from the body, whatever the description', () => {
    fc.assert(
      fc.property(challenges, fc.string({ unit: 'grapheme' }), (challenge, description) => {
        const written = { ...challenge, scheme: 'Bearer', description } as const
        const body: unknown = JSON.parse(JSON.stringify(challengeBody(written)))
        expect(parseChallengeBody(body)).toEqual(written)
      }),
    )
  })

  it('has the wire form of RFC 9470', () => {
    expect(
      formatChallenge({
        scheme: 'Bearer',
        maxAge: 300,
        acrValues: ['phr', 'mfa'],
        description: 'Why',
      }),
    ).toBe(`${STEP_UP}, error_description="Why", max_age="300", acr_values="phr mfa"`)
  })

  it('has a header of printable ASCII, whatever the description', () => {
    const header = formatChallenge({ scheme: 'Bearer', description: 'für\r\nSet-Cookie: 😀' })
    expect(header).toBe(`${STEP_UP}, error_description="f?r??Set-Cookie: ?"`)
  })

  it.each([
    { maxAge: -1 },
    { maxAge: 1.5 },
    { maxAge: NaN },
    { maxAge: 1e20 },
    { acrValues: [] },
    { acrValues: [''] },
    { acrValues: ['a b'] },
    { acrValues: ['a"'] },
    { acrValues: ['mfa\r\n'] },
    { scope: 'größe' },
    { scope: 'a\r\nb' },
  ])('is refused where it could not be read back: %j', (demand) => {
    expect(() => formatChallenge({ scheme: 'Bearer', ...demand })).toThrow(TypeError)
    expect(() => challengeBody({ scheme: 'Bearer', ...demand })).toThrow(TypeError)
  })
})

describe('FAULTS 26: the challenge in a reply', () => {
  const body = { error: 'insufficient_user_authentication', max_age: 60 }
  const read = (status: number, header: string | null, json: unknown = body): Challenge | null =>
    readChallenge({ status, headers: { get: () => header }, body: json })

  it('is the one of the header where that is readable', () => {
    expect(read(401, `${STEP_UP}, max_age=5`)).toEqual({ scheme: 'Bearer', maxAge: 5 })
  })

  it.each(['', 'Bearer error="invalid_token"', `${STEP_UP}, max_age="-1"`, 'Bearer "'])(
    'is never taken from the body beside a readable header: %s',
    (header) => {
      expect(read(401, header)).toBeNull()
    },
  )

  it.each([401, 403])('is the one of the body where the header is hidden: %i', (status) => {
    expect(read(status, null)).toEqual({ scheme: 'Bearer', maxAge: 60 })
  })

  it('is not there where neither says so', () => {
    expect(read(401, null, '<html>insufficient_user_authentication</html>')).toBeNull()
    expect(read(401, null, null)).toBeNull()
  })

  it.each([200, 204, 302, 400, 404, 500, 503])(
    'is not looked for where the request may have been served: %i',
    (status) => {
      expect(read(status, `${STEP_UP}, max_age=5`)).toBeNull()
      expect(read(status, null)).toBeNull()
    },
  )
})

describe('what a challenge requires', () => {
  it('is what it names', () => {
    expect(challengeRequirement({ scheme: 'Bearer', maxAge: 5 })).toEqual({ maxAge: 5 })
    expect(challengeRequirement({ scheme: 'DPoP', acrValues: ['mfa'] })).toEqual({
      acrValues: ['mfa'],
    })
  })

  it('is a proof for this one action where it names no demand', () => {
    expect(challengeRequirement({ scheme: 'Bearer', scope: 'a' })).toEqual({ maxAge: 0 })
  })
})
