import { describe, expect, test } from 'vitest'
import { formatChallenge, parseChallenge } from 'react-step-up'
import type { Authentication, Requirement } from 'react-step-up'
import { evaluate, evaluateProof, takeReading } from '../../src/core/freshness.js'
import { implies, requirementKey, toRequirement } from '../../src/core/requirement.js'
import { parseWwwAuthenticate } from '../../src/core/www-authenticate.js'

const ERROR = 'error="insufficient_user_authentication"'

describe('a list of levels', () => {
  test('may be spaced as it likes', () => {
    expect(parseChallenge(`Bearer ${ERROR}, acr_values=" mfa   phr "`)?.acrValues).toEqual([
      'mfa',
      'phr',
    ])
  })

  test('with one that cannot be asked for is none', () => {
    expect(parseChallenge(`Bearer ${ERROR}, acr_values="mfa m\\"x"`)).toBeNull()
    const acrValues = ['mfa', 'not one']
    expect(() => formatChallenge({ scheme: 'Bearer', acrValues })).toThrow(/acrValues.*mfa/)
    expect(() => toRequirement({ acrValues: ['mfa', 'not one'] })).toThrow(TypeError)
    expect(() => toRequirement({ acrValues: ['mfa', 7 as never] })).toThrow(TypeError)
  })

  test.each<[Requirement, Requirement, boolean]>([
    [{ acrValues: ['mfa'] }, { acrValues: ['mfa', 'phr'] }, true],
    [{ acrValues: ['mfa', 'pwd'] }, { acrValues: ['mfa', 'phr'] }, false],
    [{ acrValues: ['pwd'] }, { acrValues: ['mfa'] }, false],
    [{ maxAge: 60 }, { acrValues: ['mfa'] }, false],
    [{ maxAge: 60, acrValues: ['mfa'] }, { maxAge: 300 }, true],
  ])('%j implies %j: %s', (a, b, answer) => {
    expect(implies(a, b)).toBe(answer)
  })

  test('tells one requirement from another', () => {
    const keys = [
      { maxAge: 60, acrValues: ['mfa'] },
      { maxAge: 60, acrValues: ['phr'] },
      { maxAge: 60 },
    ]
    expect(new Set(keys.map(requirementKey)).size).toBe(3)
    expect(requirementKey({ acrValues: ['mfa'], maxAge: 60 })).toBe(requirementKey(keys[0]!))
  })

  test('does not take no level for one of them', () => {
    const authentication = { issuer: 'i', subject: 's', authTime: 1 }
    const requirement = { acrValues: ['mfa'] } as const
    expect(evaluate(requirement, authentication, 0)).toBe('acr')
    expect(evaluate({ acrValues: ['Stryker'] }, authentication, 0)).toBe('acr')
  })
})

describe('messages of misuse', () => {
  const policies = { billing: 300, keys: 0 }
  test('name what is known', () => {
    expect(() => toRequirement('bills' as never, policies)).toThrow('(known: billing, keys)')
    expect(() => toRequirement('bills' as never)).toThrow('(known: none)')
    expect(() => toRequirement(-1)).toThrow(/-1.*name of a policy/)
    expect(() => toRequirement('toString' as never, policies)).toThrow('Unknown policy')
    expect(() => toRequirement(7n as never)).toThrow(TypeError)
  })

  test('name what could not be read back', () => {
    expect(() => formatChallenge({ scheme: 'Bearer', maxAge: 1.5 })).toThrow('Not a maxAge: 1.5')
    expect(() => formatChallenge({ scheme: 'Bearer', scope: 'ä' })).toThrow('Not a scope: "ä"')
  })
})

describe('a proof for one use', () => {
  const proof = (change: Partial<Authentication>): Authentication => ({
    ...{ issuer: 'i', subject: 's', authTime: 1000, issuedAt: 1000 },
    ...change,
  })
  const paused = { age: 0, before: undefined, pausedFor: 60, advance: false, skew: 30 }

  test('is as old as its issuer says it was, whatever has passed since', () => {
    const late = { ...paused, age: 500 }
    expect(evaluateProof({ maxAge: 0 }, proof({}), late)).toBeNull()
    expect(evaluateProof({ maxAge: 0 }, proof({ issuedAt: 1091 }), paused)).toBe('stale')
    expect(evaluateProof({ maxAge: 0 }, proof({ issuedAt: 1090 }), paused)).toBeNull()
  })

  test('is as old as it is where its issuer does not say', () => {
    const { issuedAt: _, ...silent } = proof({})
    expect(evaluateProof({ maxAge: 0 }, silent, { ...paused, age: 90 })).toBeNull()
    expect(evaluateProof({ maxAge: 0 }, silent, { ...paused, age: 91 })).toBe('stale')
  })

  test('whose age nobody tells is read by the clock of this machine', () => {
    const { issuedAt: _, ...silent } = proof({})
    expect(takeReading(silent, { wall: 1400, mono: 0 }, 30, true, null).age).toBe(400)
  })
})

describe('a header of several challenges', () => {
  test('holds a token68 beside parameters', () => {
    expect(parseWwwAuthenticate('Negotiate a87421000492aa874209af8bc028==, Bearer a=b')).toEqual([
      { scheme: 'negotiate', params: new Map() },
      { scheme: 'bearer', params: new Map([['a', 'b']]) },
    ])
    expect(parseWwwAuthenticate('Negotiate abc')).toEqual([
      { scheme: 'negotiate', params: new Map() },
    ])
  })

  test.each([
    ...['Negotiate abc==, a=b', '="x"', 'a=b', 'Bearer ="x"', 'Bearer x="y", a='],
    ...['Bearer a b', 'Bearer a "b"', '"Bearer"', 'Bearer a=b c', 'Bearer a=b; c=d'],
  ])('%s is malformed', (header) => {
    expect(parseWwwAuthenticate(header)).toBeNull()
  })

  test('is empty where nothing is in it', () => {
    expect(parseWwwAuthenticate('')).toEqual([])
    expect(parseWwwAuthenticate(' ,\t, ')).toEqual([])
    expect(parseChallenge(null)).toBeNull()
    expect(parseChallenge(undefined)).toBeNull()
  })
})
