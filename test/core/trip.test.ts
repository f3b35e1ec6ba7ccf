import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { cleanPath } from '../../src/core/clean-path.js'
import type { TripRecord } from '../../src/core/trip.js'
import { parseRecord, safePath } from '../../src/core/trip.js'
import { createTrips } from '../../src/core/trips.js'
import type { TripStorage } from 'react-step-up'
import { createFakeEnvironment } from 'react-step-up/testing'
import { openTab } from './tab.js'

const ORIGIN = 'https://app.test'
const record: TripRecord = {
  handle: `r.${'a'.repeat(43)}`,
  actions: [
    {
      id: 'project.delete',
      variables: { id: 'apollo' },
      label: 'Delete project apollo',
      requirement: { maxAge: 300 },
      requestId: 'b'.repeat(43),
      challenged: false,
      advance: false,
      before: 1_799_990_000,
      pausedAt: 1_800_000_000,
      asked: true,
    },
  ],
  requirement: { maxAge: 300 },
  issuer: 'https://id.test',
  subject: 'ada',
  returnTo: '/projects',
  attempt: 1,
  expiresAt: 1_800_000_600,
  phase: 'leaving',
}
const text = (changes: object = {}) => JSON.stringify({ ...record, ...changes })
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const action = (changes: object) => text({ actions: [{ ...record.actions[0], ...changes }] })

test('what was written reads back the same', () => {
  expect(parseRecord(text(), ORIGIN)).toEqual(record)
})

describe('a tampered record', () => {
  test.each([
    ['no JSON', '{'],
    ['empty', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['an own __proto__', text().replace('{', '{"__proto__":{"admin":true},')],
    ['a __proto__ in the variables', text().replace('"id":"apollo"', '"__proto__":{"a":1}')],
    ['a constructor', text().replace('"id":"apollo"', '"constructor":{"prototype":{"a":1}}')],
    ['5 MB', text({ issuer: 'x'.repeat(5_000_000) })],
    ['nesting without end', text({ variables: 0 }).replace('0', '['.repeat(100_000))],
    ['deep nesting', action({ variables: 'DEEP' }).replace('"DEEP"', nested(100_000))],
    ['a lone surrogate', action({ variables: { id: '\ud800' } })],
    ['a lone surrogate as a label', action({ label: 'Delete \udc00' })],
    ['a handle of another shape', text({ handle: 'r.short' })],
    ['a handle that is no text', text({ handle: 7 })],
    ['a binding that is no text', text({ binding: {} })],
    ['actions that are no list', text({ actions: { length: 1 } })],
    ['an action that is null', text({ actions: [null] })],
    ['an action without a request', action({ requestId: undefined })],
    ['an action with another kind of id', action({ id: 5 })],
    ['an age below zero', action({ requirement: { maxAge: -1 } })],
    ['an age that is no integer', action({ requirement: { maxAge: 1.5 } })],
    ['no requirement', action({ requirement: {} })],
    ['a text for a truth', action({ challenged: 'yes' })],
    ['a pause in no time', action({ pausedAt: 0 })],
    ['a third attempt', text({ attempt: 3 })],
    ['another phase', text({ phase: 'proved' })],
    ['no end', text({ expiresAt: null })],
    ['no person', text({ subject: undefined })],
    ['a spending that is no flag', text({ spending: 'no' })],
  ])('FAULTS 18: with %s is refused', (_, stored) => {
    expect(parseRecord(stored, ORIGIN)).toBeNull()
    expect(({} as { admin?: unknown; a?: unknown }).admin).toBeUndefined()
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })

  property.prop([fc.string({ unit: 'binary', maxLength: 300 })])(
    'FAULTS 18: any text at all is refused without throwing',
    (stored) => {
      expect(parseRecord(stored, ORIGIN)).toBeNull()
    },
  )

  property.prop([fc.constantFrom(...Object.keys(record)), fc.json()])(
    'FAULTS 18: with any value in any place, nothing throws and no prototype changes',
    (key, json) => {
      const parsed = parseRecord(text({ [key]: JSON.parse(json) as unknown }), ORIGIN)
      if (parsed) expect(safePath(parsed.returnTo, ORIGIN)).toBe(parsed.returnTo)
      expect(Object.keys(Object.prototype)).toEqual([])
    },
  )

  test('FAULTS 18: found at start-up it is gone, said without its contents, and nothing runs', async () => {
    const tab = openTab()
    tab.page.stored = text().replace('{', '{"__proto__":{"admin":true},')
    await tab.reload()
    expect(tab.state).toMatchObject({ error: { code: 'not_resumable' }, retry: false, items: [] })
    expect(tab.page.stored).toBeNull()
    expect(tab.run).not.toHaveBeenCalled()
  })
})

const evil = [
  '//evil.test',
  'https:evil.test',
  'https://evil.test/',
  '/\\evil.test',
  '\\\\evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  'javascript:alert(1)',
  'data:text/html,x',
  '/a%0d%0aSet-Cookie:x',
  '/a?b=%0A',
  '/a\r\nb',
  '',
  'projects',
  ' /projects',
  '/a\\..\\b',
]

describe('the way back', () => {
  test.each(evil)('FAULTS 21: %j leads to the start page instead', (path) => {
    expect(safePath(path, ORIGIN)).toBe('/')
  })

  test.each(evil)('FAULTS 21: a record that wants to lead to %j is refused', (returnTo) => {
    expect(parseRecord(text({ returnTo }), ORIGIN)).toBeNull()
  })

  test.each(['/', '/projects', '/projects?tab=1#top', '/a/../b', '/%2F%2Fevil.test'])(
    'FAULTS 21: %s stays where it is',
    (path) => {
      expect(new URL(safePath(path, ORIGIN), ORIGIN).href).toBe(new URL(path, ORIGIN).href)
    },
  )

  property.prop([fc.string({ maxLength: 40 }).map((rest) => `/${rest}`)])(
    'FAULTS 21: no path leaves the origin',
    (path) => {
      expect(new URL(safePath(path, ORIGIN), ORIGIN).origin).toBe(ORIGIN)
    },
  )

  test('FAULTS 21: cleaning an address cannot lead elsewhere either', () => {
    const path = cleanPath(new URL('https://app.test//evil.test/?code=1&state=2'))
    expect(new URL(path, ORIGIN).href).toBe('https://app.test/evil.test/')
  })

  test('the answer of a provider leaves the address, in query or fragment, and nothing else does', () => {
    const query = 'https://app.test/cb?a=1&code=2&state=3&iss=4&session_state=5&error=6&b=7#top'
    expect(cleanPath(new URL(query))).toBe('/cb?a=1&b=7#top')
    expect(cleanPath(new URL('https://app.test/cb?a=1#state=3&code=2'))).toBe('/cb?a=1')
  })
})

describe('storage', () => {
  const page = (storage: Partial<TripStorage> = {}) => {
    const environment = createFakeEnvironment({ url: `${ORIGIN}/` })
    return createTrips({ ...environment, storage: { ...environment.storage, ...storage } })
  }
  const blocked = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }

  test('FAULTS 20: that cannot be written is a typed error', () => {
    const trips = page({ write: blocked })
    expect(() => trips.write(record)).toThrow(
      expect.objectContaining({ code: 'storage_unavailable' }),
    )
  })

  test('FAULTS 20: that cannot be read holds nothing', () => {
    const trips = page({ read: blocked, remove: blocked })
    expect(trips.read()).toBeNull()
    expect(() => trips.remove()).not.toThrow()
  })

  test('what is too large to be kept is said before anybody leaves', () => {
    const trips = page()
    const actions = [{ ...record.actions[0]!, variables: { text: 'x'.repeat(300_000) } }]
    expect(() => trips.write({ ...record, actions })).toThrow(
      expect.objectContaining({ code: 'not_resumable' }),
    )
  })
})
