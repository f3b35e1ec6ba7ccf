import { expect, test } from 'vitest'
import { createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import { expectBack, isAway, notExpected } from '../../src/core/away.js'

const open = () => {
  const clock = createFakeClock()
  return { clock, shared: createFakeEnvironment({ clock }).shared }
}

test('whoever has left is away until they are not expected any more', () => {
  const place = open()
  expect(isAway(place, 'p.a')).toBe(false)
  expectBack(place, 'p.a', 600)
  expect(isAway(place, 'p.a')).toBe(true)
  expect(isAway(place, 'p.b')).toBe(false)
  place.clock.advance(600)
  expect(isAway(place, 'p.a')).toBe(true)
  place.clock.advance(1)
  expect(isAway(place, 'p.a')).toBe(false)
})

test('whoever is back does not come back again', () => {
  const place = open()
  expectBack(place, 'p.a', 600)
  notExpected(place, 'p.a')
  expect(isAway(place, 'p.a')).toBe(false)
  expect(place.shared.names()).toEqual([])
})

test('who leaves next sweeps out those who are over, what cannot be read, and nothing else', () => {
  const place = open()
  expectBack(place, 'p.a', 60)
  expectBack(place, 'p.b', 600)
  place.shared.write('react-step-up.away.p.c', 'soon')
  place.shared.write('react-step-up.method', '1')
  place.clock.advance(61)
  expectBack(place, 'p.d', 600)
  expect([...place.shared.names()].sort()).toEqual([
    'react-step-up.away.p.b',
    'react-step-up.away.p.d',
    'react-step-up.method',
  ])
  expect(isAway(place, 'p.c')).toBe(false)
})

test('where nothing can be shared, nothing is asked', () => {
  const { clock } = open()
  const refuse = () => {
    throw new DOMException('No.', 'SecurityError')
  }
  const shared = { names: refuse, read: refuse, write: refuse, remove: refuse }
  expectBack({ clock, shared }, 'p.a', 600)
  notExpected({ shared }, 'p.a')
  expect(isAway({ clock, shared }, 'p.a')).toBe(true)
})
