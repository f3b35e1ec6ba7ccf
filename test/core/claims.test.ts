import { describe, expect, test } from 'vitest'
import { atLeast, readAuthentication, type Levels } from 'react-step-up'

const person = { iss: 'https://id.example', sub: 'ada' }
const now = 1_795_000_000
const levels = {
  password: ['pwd', 'password'],
  mfa: ['otp', 'su'],
  hardware: ['hwk'],
} as const
const noLevels: Levels = {}
const read = (claims: object) => readAuthentication({ ...person, ...claims }, { levels, now })

describe('readAuthentication', () => {
  test('the standard’s own claims are read as ever', () => {
    const claims = { auth_time: now - 60, iat: now - 10, acr: 'gold', amr: ['pwd'], sid: 's1' }
    expect(read(claims)).toEqual({
      ...{ issuer: person.iss, subject: 'ada', sessionId: 's1' },
      ...{ authTime: now - 60, issuedAt: now - 10, acr: 'gold', amr: ['pwd'] },
    })
  })

  test.each([
    [{ auth_level: 2 }, { acr: '2' }],
    [{ auth_level: 'mfa' }, { acr: 'mfa' }],
    [{ auth_level: 2.5 }, {}],
    [{ auth_level: {} }, {}],
    [{ auth_methods: ['password', 'otp'] }, { acr: 'mfa', amr: ['password', 'otp'] }],
    [{ auth_methods: 'otp' }, {}],
    [
      { amr: ['pwd'], auth_methods: ['pwd', 'hwk'] },
      { acr: 'hardware', amr: ['pwd', 'hwk'] },
    ],
    [{ amr: ['smoke signals'] }, { amr: ['smoke signals'] }],
    [
      { su: true, amr: ['pwd'] },
      { acr: 'mfa', amr: ['pwd', 'su'] },
    ],
    [{ su: 'true' }, {}],
    // A level that is named counts before one that is worked out.
    [
      { acr: 'password', auth_level: 3, amr: ['hwk'] },
      { acr: 'password', amr: ['hwk'] },
    ],
    [
      { auth_level: 1, amr: ['hwk'] },
      { acr: '1', amr: ['hwk'] },
    ],
  ])('%j', (claims, told) => {
    const { issuer, subject, ...rest } = read(claims)
    expect([issuer, subject]).toEqual([person.iss, 'ada'])
    expect(rest).toEqual(told)
  })

  test('without levels methods reach none', () => {
    expect(readAuthentication({ ...person, amr: ['hwk'] }, { now }).acr).toBeUndefined()
  })

  test('the time of the step-up is never that of the token', () => {
    expect(read({ su: true, iat: now }).authTime).toBeUndefined()
  })

  const proof = { auth_time: now - 10, auth_level: 2, amr: ['otp'], su: true }
  test.each([
    [{ step_up_exp: now + 1 }, true],
    [{ step_up_exp: now + 1, exp: now + 900 }, true],
    [{ step_up_exp: now }, false],
    [{ step_up_exp: now - 1, exp: now + 900 }, false],
    [{ step_up_exp: now + 600, exp: now - 1 }, false],
    // Milliseconds, text, nothing and worse are no such time.
    [{ step_up_exp: (now + 600) * 1000 }, false],
    [{ step_up_exp: String(now + 600) }, false],
    [{ step_up_exp: null }, false],
    [{ step_up_exp: Infinity }, false],
    [{ step_up_exp: NaN }, false],
  ])('%j: it counts: %s', (until, counts) => {
    const { acr, amr, authTime, subject } = read({ ...proof, ...until })
    expect(subject).toBe('ada')
    const told = counts ? ['2', ['otp', 'su'], now - 10] : [undefined, undefined, undefined]
    expect([acr, amr, authTime]).toEqual(told)
  })

  test('by the clock of this machine, where none is given', () => {
    const soon = Math.floor(Date.now() / 1000) + 600
    expect(readAuthentication({ ...person, acr: 'a', exp: soon }).acr).toBe('a')
    expect(readAuthentication({ ...person, acr: 'a', exp: soon - 1200 }).acr).toBeUndefined()
  })

  test.each([{ iss: '' }, { sub: undefined }, { sub: 7 }])('nobody is told by %j', (claims) => {
    expect(() => read(claims)).toThrow(TypeError)
  })
})

describe('atLeast', () => {
  test('a level and all above it, the lowest first', () => {
    expect(atLeast(levels, 'password')).toEqual(['password', 'mfa', 'hardware'])
    expect(atLeast(levels, 'mfa')).toEqual(['mfa', 'hardware'])
    expect(atLeast(levels, 'hardware')).toEqual(['hardware'])
  })

  test('numbers are levels in their order', () => {
    expect(atLeast({ 3: ['hwk'], 1: ['pwd'], 2: ['otp'] }, '2')).toEqual(['2', '3'])
  })

  test.each(['gold', '__proto__', ''])(
    'the level "%s" is not there: the error names those that are',
    (level) => {
      const ask = () => atLeast(levels as Record<string, readonly string[]>, level)
      expect(ask).toThrow(TypeError)
      expect(ask).toThrow('password, mfa, hardware')
      expect(() => atLeast(noLevels, level)).toThrow('none')
    },
  )
})
