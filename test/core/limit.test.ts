import { describe, expect, test, vi } from 'vitest'
import { createFakeClock } from 'react-step-up/testing'
import { limited, orGivenUp } from '../../src/core/limit.js'

const setUp = () => ({ clock: createFakeClock(), controller: new AbortController() })

test('an answer in time is passed on, and no timer stays', async () => {
  const { clock, controller } = setUp()
  await expect(limited(clock, 30, controller.signal, () => 7)).resolves.toBe(7)
  await Promise.resolve()
  expect(clock.pending).toBe(0)
})

test('the call starts at once: inside the click', () => {
  const { clock, controller } = setUp()
  const call = vi.fn(() => new Promise(() => {}))
  void limited(clock, 30, controller.signal, call)
  expect(call).toHaveBeenCalledOnce()
})

test('a failure is passed on as it is, also a thrown one', async () => {
  const { clock, controller } = setUp()
  const failure = new Error('500')
  const call = () => {
    throw failure
  }
  await expect(limited(clock, 30, controller.signal, call)).rejects.toBe(failure)
})

test('silence ends in `network`, and the call is told', async () => {
  const { clock, controller } = setUp()
  let inner: AbortSignal | undefined
  const promise = limited(clock, 30, controller.signal, (signal) => {
    inner = signal
    return new Promise(() => {})
  })
  clock.advance(30)
  await expect(promise).rejects.toMatchObject({ code: 'network' })
  expect(inner?.aborted).toBe(true)
  expect(clock.pending).toBe(0)
})

test('giving up ends in `aborted`, and the call is told', async () => {
  const { clock, controller } = setUp()
  let inner: AbortSignal | undefined
  const promise = limited(clock, 30, controller.signal, (signal) => {
    inner = signal
    return new Promise(() => {})
  })
  controller.abort()
  await expect(promise).rejects.toMatchObject({ code: 'aborted' })
  expect(inner?.aborted).toBe(true)
  expect(clock.pending).toBe(0)
})

test('who has given up before it began gets no answer', async () => {
  const { clock } = setUp()
  const promise = limited(clock, 30, AbortSignal.abort(), async () => 7)
  await expect(promise).rejects.toMatchObject({ code: 'aborted' })
})

test('an answer after the limit changes nothing', async () => {
  const { clock, controller } = setUp()
  let answer: ((value: number) => void) | undefined
  const promise = limited(clock, 30, controller.signal, () => {
    return new Promise<number>((resolve) => (answer = resolve))
  })
  clock.advance(30)
  answer?.(7)
  await expect(promise).rejects.toMatchObject({ code: 'network' })
})

describe('what may be given up while it is waited for', () => {
  const error = (reason: unknown) => new Error('Given up', { cause: reason })

  test('is passed on as it is, and nobody listens any more', async () => {
    const { signal } = new AbortController()
    const stop = vi.spyOn(signal, 'removeEventListener')
    await expect(orGivenUp(Promise.resolve(7), signal, error)).resolves.toBe(7)
    expect(stop).toHaveBeenCalledOnce()
    const failure = new Error('500')
    await expect(orGivenUp(Promise.reject(failure), signal, error)).rejects.toBe(failure)
    expect(stop).toHaveBeenCalledTimes(2)
  })

  test('rejects with the error of the reason, later or at once', async () => {
    const { controller } = setUp()
    const never = new Promise(() => {})
    const later = orGivenUp(never, controller.signal, error)
    controller.abort('enough')
    const given = { message: 'Given up', cause: 'enough' }
    await expect(later).rejects.toMatchObject(given)
    await expect(orGivenUp(never, controller.signal, error)).rejects.toMatchObject(given)
  })
})

test('a call that has ended is not told to stop by whoever gives up after it', async () => {
  const { clock, controller } = setUp()
  let inner: AbortSignal | undefined
  await limited(clock, 30, controller.signal, (signal) => {
    inner = signal
  })
  await Promise.resolve()
  controller.abort()
  expect(inner?.aborted).toBe(false)
})
