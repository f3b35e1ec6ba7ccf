import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Authentication } from 'react-step-up'
import {
  ageAt,
  ageOf,
  evaluate,
  evaluateProof,
  takeReading,
  type Reading,
} from '../../src/core/freshness.js'
import { DAY, HOUR, MINUTE } from './tab.js'

const NOW = 1_800_000_000
const SKEW = 30
const ada = (changes: Partial<Authentication> = {}): Authentication => ({
  issuer: 'https://id.test',
  subject: 'ada',
  ...changes,
})
const at = (wall: number, mono = 0) => ({ wall, mono })

const insane = [
  ['0', 0],
  ['absent', undefined],
  ['null', null],
  ['a string', '1800000000'],
  ['a float', 1_799_999_999.5],
  ['NaN', NaN],
  ['negative', -1],
  ['1e20', 1e20],
  ['Infinity', Infinity],
  ['in milliseconds', NOW * 1000],
] as const

test.each(insane)(
  'FAULTS 3: an auth_time that is %s has no age, so it is not fresh',
  (_, value) => {
    const authTime = value as number | undefined
    expect(ageAt(authTime, NOW, SKEW)).toBeNull()
    for (const received of [true, false]) {
      const authentication = { ...ada({ issuedAt: NOW }), authTime } as Authentication
      const { age } = takeReading(authentication, at(NOW), SKEW, received, null)
      expect(evaluate({ maxAge: DAY }, authentication, age)).toBe('no_auth_time')
    }
  },
)

test('FAULTS 4: an auth_time in the future counts as now inside the skew, and is refused beyond it', () => {
  expect(ageAt(NOW + 30, NOW, SKEW)).toBe(0)
  expect(ageAt(NOW + 31, NOW, SKEW)).toBeNull()
})

test('FAULTS 4: a future auth_time buys no extra freshness', () => {
  const authentication = ada({ authTime: NOW + 20 })
  const reading = takeReading(authentication, at(NOW), SKEW, true, null)
  expect(ageOf(reading, at(NOW + 300, 300))).toBe(300)
  expect(evaluate({ maxAge: 300 }, authentication, ageOf(reading, at(NOW + 301, 301)))).toBe(
    'stale',
  )
})

describe('the age of a token', () => {
  const issuedAnHourAfter = ada({ authTime: NOW - HOUR, issuedAt: NOW })

  test.each([-3 * DAY, -HOUR, 0, HOUR, 3 * DAY])(
    'FAULTS 5: received by this page, the issuer alone tells its age, with a clock wrong by %i s',
    (wrong) => {
      const reading = takeReading(issuedAnHourAfter, at(NOW + wrong), SKEW, true, null)
      expect(ageOf(reading, at(NOW + wrong))).toBe(HOUR)
      expect(ageOf(reading, at(NOW + wrong + 10, 10))).toBe(HOUR + 10)
    },
  )

  test('FAULTS 5: a clock that is set back does not make it younger', () => {
    const reading = takeReading(issuedAnHourAfter, at(NOW), SKEW, true, null)
    expect(ageOf(reading, at(NOW - DAY, 60))).toBe(HOUR + MINUTE)
  })

  test('FAULTS 44: during a sleep in which the monotonic clock stood still, the wall clock counts', () => {
    const reading = takeReading(issuedAnHourAfter, at(NOW), SKEW, true, null)
    expect(ageOf(reading, at(NOW + 8 * HOUR, 1))).toBe(9 * HOUR)
  })

  test('FAULTS 44: loaded from storage, the older of both views counts', () => {
    const issuedAtOnce = ada({ authTime: NOW - DAY, issuedAt: NOW - DAY + 5 })
    expect(takeReading(issuedAtOnce, at(NOW), SKEW, false, null).age).toBe(DAY)
    expect(takeReading(issuedAnHourAfter, at(NOW - HOUR), SKEW, false, null).age).toBe(HOUR)
  })

  test('FAULTS 27: a refreshed token with the same auth_time is no younger, whatever its iat', () => {
    const first = takeReading(issuedAnHourAfter, at(NOW), SKEW, true, null)
    const refreshed = ada({ authTime: NOW - HOUR, issuedAt: NOW - HOUR + 1 })
    const second = takeReading(refreshed, at(NOW + 60, 60), SKEW, true, first)
    expect(ageOf(second, at(NOW + 60, 60))).toBe(HOUR + MINUTE)
  })

  test('a token without iat is as old as the clock says', () => {
    expect(takeReading(ada({ authTime: NOW - 90 }), at(NOW), SKEW, true, null).age).toBe(90)
  })

  test('an iat that is no number, or before auth_time, is no evidence', () => {
    for (const issuedAt of [NaN, null, NOW - DAY]) {
      const token = { ...ada({ authTime: NOW - 60 }), issuedAt } as Authentication
      expect(takeReading(token, at(NOW), SKEW, false, null).age).toBeNull()
    }
  })

  test('another person, issuer or authentication starts anew', () => {
    const before = takeReading(issuedAnHourAfter, at(NOW), SKEW, true, null)
    for (const other of [
      ada({ subject: 'bob', authTime: NOW - HOUR, issuedAt: NOW - HOUR }),
      ada({ issuer: 'https://other.test', authTime: NOW - HOUR, issuedAt: NOW - HOUR }),
      ada({ authTime: NOW, issuedAt: NOW }),
    ]) {
      expect(takeReading(other, at(NOW), SKEW, true, before).peak).toBe(0)
    }
  })
})

const seconds = fc.integer({ min: -2 * DAY, max: 2 * DAY })
const jump = fc.record({
  wall: seconds,
  mono: fc.integer({ min: 0, max: DAY }),
  issued: seconds,
  received: fc.boolean(),
})

property.prop([fc.integer({ min: 0, max: DAY }), fc.array(jump, { maxLength: 12 })])(
  'for one authentication the age never goes down, whatever clocks and tokens do',
  (old, jumps) => {
    const authTime = NOW - old
    let now = at(NOW)
    let reading: Reading | null = null
    let oldest = -1
    for (const { wall, mono, issued, received } of [
      { wall: 0, mono: 0, issued: 0, received: true },
      ...jumps,
    ]) {
      now = { wall: now.wall + wall, mono: now.mono + mono }
      const issuedAt = Math.max(authTime, NOW + issued)
      reading = takeReading(ada({ authTime, issuedAt }), now, SKEW, received, reading)
      const age = ageOf(reading, now)!
      expect(age).toBeGreaterThanOrEqual(oldest)
      oldest = age
    }
  },
)

property.prop([fc.anything(), fc.integer({ min: 0, max: DAY })])(
  'whatever stands for auth_time, a verdict never throws, and only a sane one is fresh',
  (authTime, maxAge) => {
    const authentication = { ...ada(), authTime } as Authentication
    const unmet = evaluate({ maxAge }, authentication, ageAt(authentication.authTime, NOW, SKEW))
    const sane = Number.isSafeInteger(authTime) && Number(authTime) > NOW - maxAge - 1
    if (unmet === null) expect(sane && Number(authTime) <= NOW + SKEW).toBe(true)
  },
)

describe('the rule', () => {
  test('holds up to and including maxAge, with the tolerance the judge allows', () => {
    expect(evaluate({ maxAge: 300 }, ada(), 300)).toBeNull()
    expect(evaluate({ maxAge: 300 }, ada(), 300.01)).toBe('stale')
    expect(evaluate({ maxAge: 300 }, ada(), 305, 5)).toBeNull()
  })

  test('maxAge: 0 is never met before a proof, not even at age 0', () => {
    expect(evaluate({ maxAge: 0 }, ada(), 0, 30)).toBe('stale')
  })

  test('a level alone needs no auth_time', () => {
    expect(evaluate({ acrValues: ['mfa'] }, ada({ acr: 'mfa' }), null)).toBeNull()
    expect(evaluate({ acrValues: ['mfa'] }, ada(), null)).toBe('acr')
  })

  test('a missing level is told before a missing age', () => {
    expect(evaluate({ maxAge: 300, acrValues: ['mfa'] }, ada(), null)).toBe('acr')
  })
})

describe('a proof', () => {
  const proof = (changes: object = {}) => ({
    age: 2,
    before: NOW - HOUR,
    pausedFor: 20,
    advance: false,
    skew: SKEW,
    ...changes,
  })
  const proved = ada({ authTime: NOW - 2, issuedAt: NOW })

  test('of maxAge: 0 is an authentication later than the one before', () => {
    expect(evaluateProof({ maxAge: 0 }, proved, proof())).toBeNull()
    expect(evaluateProof({ maxAge: 0 }, proved, proof({ before: NOW - 2 }))).toBe('stale')
  })

  test('of maxAge: 0 was made while the action waited, by the issuer’s own clock', () => {
    const older = ada({ authTime: NOW - 51, issuedAt: NOW })
    expect(evaluateProof({ maxAge: 0 }, older, proof({ age: 51 }))).toBe('stale')
    expect(evaluateProof({ maxAge: 0 }, older, proof({ age: 51, pausedFor: 21 }))).toBeNull()
    expect(evaluateProof({ maxAge: 0 }, older, proof({ age: 51, before: undefined }))).toBe('stale')
  })

  test('of maxAge: 0 also needs the level', () => {
    expect(evaluateProof({ maxAge: 0, acrValues: ['mfa'] }, proved, proof())).toBe('acr')
  })

  test('FAULTS 5: a clock set back in the middle does not refuse a proof made since', () => {
    expect(evaluateProof({ maxAge: 0 }, proved, proof({ pausedFor: -HOUR }))).toBeNull()
  })

  test('that had to advance did so', () => {
    expect(evaluateProof({ maxAge: 300 }, proved, proof({ before: NOW - 2 }))).toBeNull()
    const stuck = proof({ before: NOW - 2, advance: true })
    expect(evaluateProof({ maxAge: 300 }, proved, stuck)).toBe('stale')
    expect(evaluateProof({ maxAge: 300 }, proved, proof({ advance: true }))).toBeNull()
  })

  test('of a level alone has nothing to advance', () => {
    const leveled = ada({ acr: 'mfa' })
    expect(evaluateProof({ acrValues: ['mfa'] }, leveled, proof({ advance: true }))).toBeNull()
  })

  test('without auth_time proves nothing', () => {
    expect(evaluateProof({ maxAge: 0 }, ada(), proof({ age: null }))).toBe('no_auth_time')
  })
})
