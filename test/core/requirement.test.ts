import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { definePolicies, type Requirement } from 'react-step-up'
import { evaluate } from '../../src/core/freshness.js'
import {
  implies,
  mergeRequirements,
  requirementKey,
  toRequirement,
  wireMaxAge,
} from '../../src/core/requirement.js'

const levels = ['pwd', 'otp', 'key', 'mfa']
const requirement = fc
  .record(
    {
      maxAge: fc.nat(5000),
      acrValues: fc.uniqueArray(fc.constantFrom(...levels), { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .filter(({ maxAge, acrValues }) => maxAge !== undefined || acrValues !== undefined)
  .map((value) => value as Requirement)

describe('what a requirement may be', () => {
  test('a number is a maxAge, a name a policy, an object itself', () => {
    const policies = definePolicies({ 'billing.update': 300, 'account.delete': { maxAge: 60 } })
    const name = (text: string) => text as never
    expect(toRequirement(300)).toEqual({ maxAge: 300 })
    expect(toRequirement(name('billing.update'), policies)).toEqual({ maxAge: 300 })
    expect(toRequirement(name('account.delete'), policies)).toEqual({ maxAge: 60 })
    expect(toRequirement({ acrValues: ['mfa'] })).toEqual({ acrValues: ['mfa'] })
  })

  test.each([
    ['-1', -1],
    ['1.5', 1.5],
    ['NaN', NaN],
    ['more than ten years', 315_360_001],
    ['1e20', 1e20],
    ['an empty object', {}],
    ['null', null],
    ['an empty list of levels', { acrValues: [] }],
    ['an empty list beside an age', { maxAge: 1, acrValues: [] }],
    ['a level with a space', { acrValues: ['a b'] }],
    ['a level with a quote', { acrValues: ['a"b'] }],
    ['an age as text', { maxAge: '300' }],
    ['an unknown policy', 'nope'],
    ['a name that every object has', 'constructor'],
  ])('%s is refused with a TypeError that says what to use', (_, input) => {
    expect(() => toRequirement(input as never)).toThrow(TypeError)
    expect(() => toRequirement(input as never)).toThrow(/Use seconds|definePolicies/)
  })

  test('a malformed policy is refused where it is defined', () => {
    expect(() => definePolicies({ a: -1 })).toThrow(TypeError)
  })

  test('from 0 to ten years, ages are fine', () => {
    expect(toRequirement(0)).toEqual({ maxAge: 0 })
    expect(toRequirement(315_360_000)).toEqual({ maxAge: 315_360_000 })
  })
})

describe('merging', () => {
  test('takes the strictest age and the levels in common, in the first one’s order', () => {
    const a = { maxAge: 300, acrValues: ['key', 'otp', 'pwd'] }
    const b = { maxAge: 60, acrValues: ['pwd', 'key'] }
    expect(mergeRequirements(a, b)).toEqual({ maxAge: 60, acrValues: ['key', 'pwd'] })
    expect(mergeRequirements({ maxAge: 300 }, { acrValues: ['mfa'] })).toEqual({
      maxAge: 300,
      acrValues: ['mfa'],
    })
  })

  test('without common ground gives nothing', () => {
    expect(mergeRequirements({ acrValues: ['a'] }, { acrValues: ['b'] })).toBeNull()
  })

  property.prop([requirement, requirement])('what both merge to implies both', (a, b) => {
    const merged = mergeRequirements(a, b)
    if (!merged) return
    expect(implies(merged, a) && implies(merged, b)).toBe(true)
    expect(requirementKey(mergeRequirements(merged, a)!)).toBe(requirementKey(merged))
  })

  property.prop([requirement, requirement, requirement])('is associative', (a, b, c) => {
    const left = mergeRequirements(a, b)
    const right = mergeRequirements(b, c)
    const key = (value: Requirement | null) => value && requirementKey(value)
    expect(key(left && mergeRequirements(left, c))).toBe(key(right && mergeRequirements(a, right)))
  })

  property.prop([requirement, requirement, fc.nat(6000), fc.constantFrom(...levels)])(
    'one proof that does for the stricter does for the weaker',
    (a, b, age, acr) => {
      const authentication = { issuer: 'i', subject: 's', acr }
      if (!implies(a, b) || evaluate(a, authentication, age) !== null) return
      expect(evaluate(b, authentication, age)).toBeNull()
    },
  )
})

describe('max_age on the wire', () => {
  test.each([
    [0, 0],
    [1, 1],
    [2, 1],
    [4, 3],
    [60, 45],
    [120, 90],
    [300, 270],
    [3600, 3570],
  ])('%i is asked for as %i', (maxAge, wire) => {
    expect(wireMaxAge(maxAge)).toBe(wire)
  })

  property.prop([fc.integer({ min: 1, max: 315_360_000 })])(
    'is an integer from 1 up to what is required',
    (maxAge) => {
      const wire = wireMaxAge(maxAge)
      expect(Number.isInteger(wire) && wire >= 1 && wire <= maxAge).toBe(true)
    },
  )
})
