// Seconds that the server gave, on whatever clock the machine has.
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useCountdown } from '../../src/dialogs/use-countdown.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const HOUR = 3_600_000
const pass = (seconds: number) =>
  act(() => {
    vi.advanceTimersByTime(seconds * 1000)
  })
/** The person, or the network, sets the clock; nothing has passed by it. */
const setClock = (by: number) => {
  vi.setSystemTime(Date.now() + by)
}

const counting = (seconds?: number, told: object | null = {}) => {
  const { result } = renderHook(() => useCountdown(told, seconds))
  return () => result.current
}

test('it counts whole seconds, and ends at none', () => {
  const left = counting(3)
  expect(left()).toBe(3)
  pass(1)
  expect(left()).toBe(2)
  pass(60)
  expect(left()).toBe(0)
})

test('where nothing was told, nothing is counted', () => {
  expect(counting(30, null)()).toBe(0)
  expect(counting(undefined)()).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('a clock that is set back neither adds to it nor holds it up', () => {
  const left = counting(30)
  pass(10)
  setClock(-HOUR)
  pass(1)
  expect(left()).toBe(19)
  pass(19)
  expect(left()).toBe(0)
})

test('a clock that is set on and back again gives nothing back', () => {
  const left = counting(30)
  setClock(20_000)
  pass(1)
  expect(left()).toBe(9)
  setClock(-20_000)
  pass(1)
  expect(left()).toBe(9)
})

test('a machine that slept has waited too', () => {
  const left = counting(600)
  pass(1)
  // Only the wall clock goes on while it sleeps.
  setClock(HOUR)
  pass(1)
  expect(left()).toBe(0)
})

test('it goes on where it is shown next, and begins anew with what is told next', () => {
  const told = {}
  const first = renderHook(() => useCountdown(told, 42))
  pass(10)
  first.unmount()
  pass(10)
  expect(counting(42, told)()).toBe(22)
  expect(counting(42, {})()).toBe(42)
})
