import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test, vi } from 'vitest'
import type { Requirement } from 'react-step-up'
import type { Entry } from '../../src/core/queue.js'
import { gather, judge, toStored } from '../../src/core/queue.js'
import { implies } from '../../src/core/requirement.js'

let made = 0
const waiting = (requirement: Requirement, changes: Partial<Entry> = {}): Entry => ({
  definition: null,
  variables: undefined,
  label: null,
  resumable: false,
  tiedBy: null,
  requestId: String(++made),
  order: made,
  requirement,
  why: 'stale',
  advance: false,
  pausedAt: 1_800_000_000,
  tries: 0,
  resolve: vi.fn(),
  reject: vi.fn(),
  ...changes,
})

describe('gathering', () => {
  test('nobody waits: no prompt', () => {
    expect(gather([])).toBeNull()
  })

  test('one prompt serves all that have common ground', () => {
    const a = waiting({ maxAge: 300 })
    const b = waiting({ maxAge: 60 })
    const c = waiting({ acrValues: ['mfa'] })
    expect(gather([a, b, c])).toEqual({
      requirement: { maxAge: 60, acrValues: ['mfa'] },
      entries: [a, b, c],
    })
  })

  test('without common ground it is one prompt after the other', () => {
    const a = waiting({ acrValues: ['a'] })
    const b = waiting({ acrValues: ['b'] })
    const c = waiting({ maxAge: 60 })
    expect(gather([a, b, c])?.entries).toEqual([a, c])
    expect(gather([b])?.entries).toEqual([b])
  })

  test('several maxAge: 0 are proved one by one, and others join the first', () => {
    const [a, b] = [waiting({ maxAge: 0 }), waiting({ maxAge: 0 })]
    const c = waiting({ maxAge: 300 })
    expect(gather([a, b, c])?.entries).toEqual([a, c])
    expect(gather([c, a, b])?.entries).toEqual([c, a])
  })

  test('who is at the second try is not mixed with who is at the first', () => {
    const [a, b] = [waiting({ maxAge: 300 }, { tries: 1 }), waiting({ maxAge: 300 })]
    expect(gather([a, b])?.entries).toEqual([a])
  })

  test('a late caller joins only if what was sent already implies its requirement', () => {
    const a = waiting({ maxAge: 300 })
    const [same, weaker, stricter] = [300, 900, 60].map((maxAge) => waiting({ maxAge }))
    const group = gather([a, same!, weaker!, stricter!], { maxAge: 300 })
    expect(group).toEqual({ requirement: { maxAge: 300 }, entries: [a, same, weaker] })
  })

  test('whoever is left when the others gave up is not served by what does not imply it', () => {
    const stricter = waiting({ acrValues: ['mfa'] })
    const weaker = waiting({ maxAge: 900 })
    expect(gather([stricter], { maxAge: 300 })).toBeNull()
    expect(gather([stricter, weaker], { maxAge: 300 })?.entries).toEqual([weaker])
  })

  const requirement = fc.oneof(
    fc.constantFrom(0, 60, 300).map((maxAge): Requirement => ({ maxAge })),
    fc.constantFrom(['a'], ['b'], ['a', 'b']).map((acrValues) => ({ acrValues })),
  )
  property.prop([fc.array(requirement, { minLength: 1, maxLength: 8 })])(
    'whom a prompt serves, its requirement implies; and the queue always gets shorter',
    (requirements) => {
      let entries = requirements.map((each) => waiting(each))
      for (let prompts = 0; entries.length > 0; prompts++) {
        expect(prompts).toBeLessThan(requirements.length)
        const group = gather(entries)!
        for (const entry of group.entries) {
          expect(implies(group.requirement, entry.requirement)).toBe(true)
        }
        const single = group.entries.filter((entry) => entry.requirement.maxAge === 0)
        expect(single.length).toBeLessThanOrEqual(1)
        entries = entries.filter((entry) => !group.entries.includes(entry))
      }
    },
  )
})

describe('judging', () => {
  const now = 1_800_000_100
  const evidence = (authTime: number, acr?: string) => ({
    authentication: {
      issuer: 'i',
      subject: 's',
      authTime,
      issuedAt: now,
      ...(acr !== undefined && { acr }),
    },
    age: now - authTime,
    now,
    skew: 30,
  })

  test('each by its own requirement', () => {
    expect(judge(waiting({ maxAge: 300 }), 0, evidence(now - 200))).toBeNull()
    expect(judge(waiting({ maxAge: 60 }), 0, evidence(now - 200))).toMatchObject({ again: true })
  })

  test('staleness is worth one more try, a missing level is not', () => {
    const stale = judge(waiting({ maxAge: 60 }), 1, evidence(now - 200))
    expect(stale).toMatchObject({ error: { code: 'still_stale' }, again: false })
    const level = judge(waiting({ acrValues: ['mfa'] }), 0, evidence(now, 'pwd'))
    expect(level).toMatchObject({ error: { code: 'insufficient_acr' }, again: false })
  })

  test('at the second try auth_time must have moved', () => {
    const entry = waiting({ maxAge: 300 }, { before: now - 10 })
    expect(judge(entry, 0, evidence(now - 10))).toBeNull()
    expect(judge(entry, 1, evidence(now - 10))).toMatchObject({ again: false })
  })
})

test('a record keeps who was asked for, and who needs a proof of its own', () => {
  const [a, b] = [waiting({ maxAge: 0 }), waiting({ maxAge: 0 }, { variables: { id: 'x' } })]
  const group = gather([a, b])!
  expect(toStored([a, b], group).map(({ asked }) => asked)).toEqual([true, false])
  expect(toStored([b], gather([b])!)[0]).toMatchObject({ id: null, variables: { id: 'x' } })
})
