import { describe, expect, test, vi } from 'vitest'
import type { AuthAdapter, Authentication } from 'react-step-up'
import { createFakeAdapter, createFakeClock } from 'react-step-up/testing'
import { createSession } from '../../src/core/session.js'
import { DAY, HOUR, settle } from './tab.js'

const limits = { skew: 30, network: 30 }
const never = new AbortController().signal

async function setUp(age = 0) {
  const clock = createFakeClock()
  const adapter = createFakeAdapter({ clock })
  adapter.age(age)
  const session = createSession(adapter, clock, limits)
  await session.ready()
  return { clock, adapter, session }
}

/** An adapter whose answers arrive when the test says so. */
function slowAdapter() {
  const questions: {
    answer: (authentication: Authentication | null) => void
    fail: (error: Error) => void
  }[] = []
  const adapter: AuthAdapter = {
    getAuthentication: () =>
      new Promise((answer, fail) => {
        questions.push({ answer, fail })
      }),
    subscribe: () => () => {},
    methods: () => [],
  }
  return { adapter, questions }
}

const ada = (changes: Partial<Authentication> = {}): Authentication => ({
  issuer: 'https://id.test',
  subject: 'ada',
  ...changes,
})

describe('watching', () => {
  test('10,000 watchers of one requirement share one timer, and all hear of the lapse', async () => {
    const { clock, session } = await setUp(100)
    const listener = vi.fn()
    for (let i = 0; i < 10_000; i++)
      session.watch({ maxAge: 300 }, () => {
        listener()
      })
    expect(clock.pending).toBe(1)
    clock.advance(200)
    expect(listener).not.toHaveBeenCalled()
    clock.advance(1)
    expect(listener).toHaveBeenCalledTimes(10_000)
    expect(clock.pending).toBe(0)
  })

  test('many requirements share one timer too, and each lapses at its own time', async () => {
    const { clock, session } = await setUp()
    const lapsed: number[] = []
    for (const maxAge of [900, 60, 300]) {
      session.watch({ maxAge }, () => lapsed.push(maxAge))
    }
    expect(clock.pending).toBe(1)
    clock.advance(61)
    expect(lapsed).toEqual([60])
    clock.advance(900)
    expect(lapsed).toEqual([60, 300, 900])
  })

  test('a refresh that changes nothing notifies nobody', async () => {
    const { adapter, session } = await setUp(100)
    const watcher = vi.fn()
    const subscriber = vi.fn()
    session.watch({ maxAge: 300 }, watcher)
    session.subscribe(subscriber)
    adapter.authentication = { ...adapter.authentication! }
    await session.read()
    expect(watcher).not.toHaveBeenCalled()
    expect(subscriber).not.toHaveBeenCalled()
  })

  test('a refreshed token with the same auth_time notifies no watcher', async () => {
    const { adapter, clock, session } = await setUp(100)
    const watcher = vi.fn()
    session.watch({ maxAge: 300 }, watcher)
    adapter.authentication = { ...adapter.authentication!, issuedAt: clock.now().wall }
    await session.read()
    expect(watcher).not.toHaveBeenCalled()
  })

  test('who has stopped watching hears nothing, and the last one takes the timer along', async () => {
    const { clock, session } = await setUp()
    const listener = vi.fn()
    const stops = [1, 2].map(() =>
      session.watch({ maxAge: 300 }, () => {
        listener()
      }),
    )
    stops[0]!()
    expect(clock.pending).toBe(1)
    stops[1]!()
    expect(clock.pending).toBe(0)
    clock.advance(HOUR)
    expect(listener).not.toHaveBeenCalled()
  })

  test('after a sleep without timers, looking again tells the lapse', async () => {
    const { clock, session } = await setUp()
    const listener = vi.fn()
    session.watch({ maxAge: 300 }, listener)
    clock.setWall(clock.now().wall + HOUR)
    expect(listener).not.toHaveBeenCalled()
    session.recheck()
    expect(listener).toHaveBeenCalledOnce()
    expect(session.freshness({ maxAge: 300 })).toEqual({ fresh: false, reason: 'stale' })
  })

  test('nothing is armed for maxAge: 0, for a level, or for what is stale already', async () => {
    const { clock, session } = await setUp(HOUR)
    session.watch({ maxAge: 0 }, vi.fn())
    session.watch({ acrValues: ['mfa'] }, vi.fn())
    session.watch({ maxAge: 300 }, vi.fn())
    expect(clock.pending).toBe(0)
  })

  test('ten years of freshness do not overflow the timer', async () => {
    const { clock, session } = await setUp()
    const after = vi.spyOn(clock, 'after')
    session.watch({ maxAge: 315_360_000 }, vi.fn())
    expect(after.mock.calls[0]![0] * 1000).toBeLessThan(2 ** 31)
  })

  test('a listener that throws keeps nobody else from hearing', async () => {
    const { clock, session } = await setUp()
    const unhandled = vi.fn()
    process.once('unhandledRejection', unhandled)
    const listener = vi.fn()
    session.watch({ maxAge: 300 }, () => {
      throw new Error('of the app')
    })
    session.watch({ maxAge: 300 }, listener)
    clock.advance(301)
    expect(listener).toHaveBeenCalledOnce()
    await settle()
    expect(unhandled).toHaveBeenCalledOnce()
  })
})

describe('reading', () => {
  test('before the first answer nothing is fresh', () => {
    const { adapter } = slowAdapter()
    const session = createSession(adapter, createFakeClock(), limits)
    expect(session.freshness({ maxAge: 300 })).toEqual({ fresh: false, reason: 'loading' })
  })

  test('signed out and not known are two things', async () => {
    const { adapter, session } = await setUp()
    adapter.authentication = null
    await session.read()
    expect(session.freshness({ maxAge: 300 }).reason).toBe('signed_out')
    expect(session.isSignedOut()).toBe(true)
    adapter.getAuthentication = () => {
      throw new Error('storage is blocked')
    }
    await expect(session.read()).rejects.toThrow('storage is blocked')
    expect(session.freshness({ maxAge: 300 }).reason).toBe('unknown')
    expect(session.isSignedOut()).toBe(false)
  })

  test('one question at a time: who asks meanwhile shares the one after it', async () => {
    const { adapter, questions } = slowAdapter()
    const session = createSession(adapter, createFakeClock(), limits)
    const early = session.read()
    const late = [session.read(), session.read()]
    expect(questions).toHaveLength(1)
    questions[0]!.answer(ada({ subject: 'bob' }))
    await expect(early).resolves.toMatchObject({ subject: 'bob' })
    await settle()
    expect(questions).toHaveLength(2)
    questions[1]!.answer(ada())
    for (const read of late) await expect(read).resolves.toMatchObject({ subject: 'ada' })
    expect(session.authentication()).toMatchObject({ subject: 'ada' })
  })

  test('an early question that fails does no harm to the late one', async () => {
    const { adapter, questions } = slowAdapter()
    const session = createSession(adapter, createFakeClock(), limits)
    const early = session.read()
    const late = session.read()
    questions[0]!.fail(new Error('no'))
    await expect(early).rejects.toThrow('no')
    await settle()
    questions[1]!.answer(ada())
    await late
    expect(session.authentication()).not.toBeNull()
  })

  test('an adapter that notifies all the time, even of its own answer, starves nobody', async () => {
    let asked = 0
    const notify: { current?: () => void } = {}
    const adapter = {
      getAuthentication() {
        asked++
        notify.current?.()
        return ada()
      },
      subscribe: () => () => undefined,
      methods: () => [],
    }
    const session = createSession(adapter, createFakeClock(), limits)
    notify.current = () => void session.read()
    await session.ready()
    await settle()
    expect(session.authentication()).toMatchObject({ subject: 'ada' })
    expect(asked).toBe(1)
  })

  test('an adapter that never answers has failed after 30 seconds', async () => {
    const { adapter } = slowAdapter()
    const clock = createFakeClock()
    const session = createSession(adapter, clock, limits)
    const ready = session.ready()
    clock.advance(30)
    await ready
    expect(session.freshness({ maxAge: 300 }).reason).toBe('unknown')
    expect(clock.pending).toBe(0)
  })

  test('FAULTS 44: what was signed out, or not known for a while, comes back no younger', async () => {
    for (const gap of [() => null, () => Promise.reject(new Error('offline'))]) {
      const { adapter, clock, session } = await setUp(HOUR)
      const { getAuthentication } = adapter
      expect(session.age()).toBe(HOUR)
      adapter.getAuthentication = gap
      await session.read().catch(() => {})
      expect(session.age()).toBeNull()
      adapter.getAuthentication = getAuthentication
      clock.setWall(clock.now().wall - HOUR + 60)
      await session.read()
      expect(session.age()).toBe(HOUR)
    }
  })

  test('FAULTS 44: a second tab that loads a stored token takes the older view of its age', async () => {
    const { session } = await setUp()
    expect(session.age()).toBe(0)
    const clock = createFakeClock()
    const adapter = createFakeAdapter({ clock })
    const { wall } = clock.now()
    adapter.authentication = ada({ authTime: wall - DAY, issuedAt: wall - DAY + 1 })
    const secondTab = createSession(adapter, clock, limits)
    await secondTab.ready()
    expect(secondTab.age()).toBe(DAY)
  })

  test('FAULTS 27: a refresh under way in this page does not make an old authentication fresh', async () => {
    const { adapter, clock, session } = await setUp(HOUR)
    await session.receive(async () => {
      adapter.authentication = { ...adapter.authentication!, issuedAt: clock.now().wall }
    }, never)
    expect(session.age()).toBe(HOUR)
    expect(session.unmet({ maxAge: 300 })).toBe('stale')
  })

  test('FAULTS 44: a refresh that brings no new token at all changes nothing', async () => {
    const { clock, session } = await setUp(HOUR)
    clock.advance(60)
    await session.receive(async () => {}, never)
    expect(session.age()).toBe(HOUR + 60)
  })
})

describe('receiving', () => {
  test('FAULTS 5: what this page received is as old as its issuer says, with a clock days ahead', async () => {
    const { adapter, clock, session } = await setUp()
    const { wall } = clock.now()
    clock.setWall(wall + 3 * DAY)
    await session.receive(async () => {
      adapter.authentication = ada({ authTime: wall + 10, issuedAt: wall + 12 })
    }, never)
    expect(session.age()).toBe(2)
  })

  test('FAULTS 5: what arrives while nothing is known is not taken for received', async () => {
    const { clock, adapter, session } = await setUp()
    adapter.getAuthentication = () => Promise.reject(new Error('offline'))
    await expect(session.read()).rejects.toThrow('offline')
    const now = Math.floor(clock.now().wall)
    const old = ada({ authTime: now - 2 * DAY, issuedAt: now - 2 * DAY })
    await session.receive(() => {
      adapter.getAuthentication = () => old
      return Promise.resolve()
    }, never)
    expect(session.age()).toBeCloseTo(2 * DAY, -1)
  })

  test('FAULTS 27: what comes after a call of this page is not taken for received by it', async () => {
    const { clock, adapter, session } = await setUp(HOUR)
    const now = Math.floor(clock.now().wall)
    const signal = new AbortController().signal
    await session.receive(() => Promise.resolve(), signal)
    adapter.authentication = ada({ authTime: now - DAY, issuedAt: now - DAY })
    await session.read()
    expect(session.age()).toBeCloseTo(DAY, -1)
  })

  test('a call of this page leaves no listener on its signal, also where it fails', async () => {
    const { session } = await setUp()
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    await session.receive(() => Promise.resolve(), signal)
    await expect(session.receive(() => Promise.reject(new Error('no')), signal)).rejects.toThrow()
    expect(add).toHaveBeenCalledTimes(2)
    expect(remove.mock.calls).toEqual(add.mock.calls)
  })

  test('FAULTS 5: an age that was seen never goes down, whatever is done to the clock', async () => {
    const { clock, session } = await setUp(100)
    clock.setWall(clock.now().wall + HOUR)
    expect(session.age()).toBeCloseTo(HOUR + 100, -1)
    clock.setWall(clock.now().wall - HOUR)
    expect(session.age()).toBeCloseTo(HOUR + 100, -1)
    // Nor for a token of the same sign-in that is read afterwards.
    await session.read()
    expect(session.age()).toBeCloseTo(HOUR + 100, -1)
    expect(session.authTime()).not.toBeNull()
  })

  test('of nobody there is neither an age nor a time', async () => {
    const { adapter, session } = await setUp()
    adapter.authentication = null
    await session.read()
    expect([session.age(), session.authTime()]).toEqual([null, null])
  })

  test('a call that was given up receives nothing any more', async () => {
    const { adapter, clock, session } = await setUp()
    const { wall } = clock.now()
    const given = new AbortController()
    void session.receive(() => new Promise(() => {}), given.signal)
    await settle()
    given.abort()
    // Now another tab's older token turns up.
    adapter.authentication = ada({ authTime: wall - DAY, issuedAt: wall - DAY + 1 })
    await session.read()
    expect(session.age()).toBe(DAY)
  })

  test('a notice in the middle of it does not hide what was received', async () => {
    const { adapter, questions } = slowAdapter()
    const clock = createFakeClock()
    const session = createSession(adapter, clock, limits)
    const ready = session.ready()
    questions[0]!.answer(ada({ authTime: clock.now().wall - HOUR }))
    await ready
    const proof = session.receive(async () => {}, never)
    await settle()
    const notice = session.read()
    const fresh = ada({ authTime: clock.now().wall, issuedAt: clock.now().wall })
    questions[1]!.answer(fresh)
    await settle()
    questions[2]!.answer(fresh)
    await Promise.all([proof, notice])
    await expect(proof).resolves.toEqual(fresh)
    expect(session.age()).toBe(0)
  })
})
