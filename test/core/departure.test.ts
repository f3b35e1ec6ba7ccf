import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Trip } from 'react-step-up'
import { defineAction } from 'react-step-up'
import { follow, HOME, openTab, settle } from './tab.js'

beforeAll(() => {
  // Of functions that leave; warn.test.ts has what it says.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

describe('leaving', () => {
  test('stores one record first, and only its handle leaves the page', async () => {
    const tab = openTab()
    let storedAtStart: string | null = null
    const [method] = tab.adapter.offered
    if (method?.type !== 'redirect') throw new Error('a trip by default')
    tab.adapter.offered = [
      {
        ...method,
        start(trip) {
          storedAtStart = tab.page.stored
          return method.start(trip)
        },
      },
    ]
    await tab.press()
    await tab.leave()
    expect(storedAtStart).toBe(tab.page.stored)
    expect(tab.state).toMatchObject({ status: 'leaving', popup: false })
    const [trip] = tab.adapter.trips
    expect(trip?.handle).toMatch(/^r\.[A-Za-z0-9_-]{43}$/)
    expect(trip).toMatchObject({ maxAge: 270, requirement: { maxAge: 300 } })
    expect(tab.record).toMatchObject({
      handle: trip?.handle,
      issuer: 'https://id.test',
      subject: 'ada',
      returnTo: '/projects?tab=1#top',
      attempt: 1,
      phase: 'leaving',
      actions: [{ id: 'project.delete', variables: { id: 'apollo' }, asked: true }],
    })
  })

  test('happens inside the click', async () => {
    const tab = openTab()
    await tab.press()
    tab.client.controls.leave('tab')
    expect(tab.adapter.trips).toHaveLength(1)
  })

  test('FAULTS 29: never says prompt=none, and login only the second time', async () => {
    for (const requirement of [0, 60, 300, { acrValues: ['mfa'] as const }]) {
      const tab = openTab({ requirement })
      await tab.press()
      await tab.leave()
      await tab.reload(tab.adapter.returnUrl())
      await tab.retry()
      await tab.leave()
      const [first, second] = tab.adapter.trips
      expect(first).not.toHaveProperty('prompt')
      for (const trip of tab.adapter.trips) expect(trip.prompt ?? 'login').toBe('login')
      if (second) expect(second).toMatchObject({ prompt: 'login' })
      if (requirement === 0) {
        expect(first?.maxAge).toBe(0)
        expect(second?.maxAge).toBe(1)
      }
    }
  })

  test('what the caller does to its variables meanwhile does not change what is stored', async () => {
    const variables = { id: 'apollo' }
    const tab = openTab()
    void follow(tab.client.requireFreshAuth()(tab.deleteProject, variables))
    await settle()
    variables.id = 'gemini'
    await tab.leave()
    expect(tab.record).toMatchObject({
      actions: [{ label: 'Delete project apollo', variables: { id: 'apollo' } }],
    })
  })

  test('a state that the SDK made itself is bound, and found when it comes back', async () => {
    const tab = openTab()
    tab.adapter.offered = [
      {
        type: 'redirect',
        id: 'sdk',
        start(trip) {
          trip.bind('made-by-the-sdk')
          return new Promise(() => {})
        },
      },
    ]
    await tab.press()
    await tab.leave()
    tab.clock.advance(5)
    tab.adapter.signInAtProvider()
    await tab.reload('https://app.test/callback?code=1&state=made-by-the-sdk')
    expect(tab.client.returning).toBe(true)
    expect(tab.state.status).toBe('confirming')
  })
})

describe('a page that does not leave', () => {
  test('the sign-in page cannot be reached: told, nothing stored, may be tried again', async () => {
    const tab = openTab()
    let reachable = false
    const start = vi.fn(() =>
      reachable ? new Promise<void>(() => {}) : Promise.reject(new Error()),
    )
    tab.adapter.offered = [{ type: 'redirect', id: 'p', start }]
    const call = await tab.press()
    await tab.leave()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    expect(tab.page.stored).toBeNull()
    expect(call.status).toBe('open')
    reachable = true
    await tab.leave()
    expect(tab.state.status).toBe('leaving')
    expect(tab.page.stored).not.toBeNull()
  })

  test('silence for 30 seconds is the same', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.clock.advance(30)
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    expect(tab.page.stored).toBeNull()
    await tab.cancel()
    expect(tab.clock.pending).toBe(0)
  })

  test('an SDK that answers after it was given up cannot bring the record back', async () => {
    const tab = openTab()
    let late: Trip | undefined
    const start = (trip: Trip) => {
      late = trip
      return new Promise<void>(() => {})
    }
    tab.adapter.offered = [{ type: 'redirect', id: 'p', start }]
    const call = await tab.press()
    await tab.leave()
    tab.clock.advance(30)
    await settle()
    await tab.cancel()
    expect(call.status).toBe('cancelled')
    expect(late?.signal.aborted).toBe(true)
    late?.bind('too-late')
    expect(tab.page.stored).toBeNull()
  })

  test('FAULTS 16: still alive 10 seconds after leaving: cancelled, with a tombstone', async () => {
    const tab = openTab()
    const call = await tab.press()
    await tab.leave()
    tab.page.beginLeaving()
    tab.clock.advance(9)
    await settle()
    expect(call.status).toBe('open')
    tab.clock.advance(1)
    expect(tab.record).toMatchObject({ phase: 'cancelled', actions: [] })
    await settle()
    expect(call).toMatchObject({ status: 'cancelled', error: { reason: 'not_left' } })
    expect(tab.state.status).toBe('idle')
    expect(tab.clock.pending).toBe(0)
  })

  test('FAULTS 16: also where the SDK says that it has left', async () => {
    const tab = openTab()
    tab.adapter.offered = [{ type: 'redirect', id: 'p', start: async () => {} }]
    const call = await tab.press()
    await tab.leave()
    tab.clock.advance(10)
    await settle()
    expect(call).toMatchObject({ status: 'cancelled', error: { reason: 'not_left' } })
  })

  test('FAULTS 33: out of the back/forward cache: cancelled, with a tombstone, in one step', async () => {
    const tab = openTab()
    const call = await tab.press()
    await tab.leave()
    tab.page.beginLeaving()
    tab.page.wake(true)
    expect(tab.record).toMatchObject({ phase: 'cancelled', actions: [] })
    await settle()
    expect(call).toMatchObject({ status: 'cancelled', error: { reason: 'page_restored' } })
    expect(tab.run).not.toHaveBeenCalled()
    // A page that wakes up looks once more a second later.
    tab.clock.advance(1)
    await settle()
    expect(tab.clock.pending).toBe(0)
  })

  test('merely looked at again, it goes on leaving', async () => {
    const tab = openTab()
    const call = await tab.press()
    await tab.leave()
    tab.page.wake(false)
    await settle()
    expect(call.status).toBe('open')
    expect(tab.state.status).toBe('leaving')
  })

  test('whoever comes back to a tombstone is told, and nothing runs', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.page.beginLeaving()
    tab.page.wake(true)
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'cancelled' }, items: [] })
    expect(tab.run).not.toHaveBeenCalled()
    expect(tab.page.stored).toBeNull()
  })

  test('a tombstone that nobody comes back to goes without a word', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.page.wake(true)
    await tab.reload(HOME)
    expect(tab.state.status).toBe('idle')
    expect(tab.page.stored).toBeNull()
  })

  test('a restored page does not bury what a later page has begun to run', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const claimed = JSON.stringify({ ...tab.record, phase: 'claimed' })
    tab.page.stored = claimed
    tab.page.wake(true)
    expect(tab.page.stored).toBe(claimed)
  })

  test('cancelling while it leaves buries the record', async () => {
    const tab = openTab()
    const call = await tab.press()
    await tab.leave()
    await tab.cancel()
    expect(call.status).toBe('cancelled')
    expect(tab.record).toMatchObject({ phase: 'cancelled' })
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'cancelled' } })
    expect(tab.run).not.toHaveBeenCalled()
  })
})

describe('storage that does not work', () => {
  const full = () => {
    throw new DOMException('x', 'QuotaExceededError')
  }

  test('FAULTS 20: full: said before anybody leaves', async () => {
    const tab = openTab()
    vi.spyOn(tab.page.storage, 'write').mockImplementation(full)
    const call = await tab.press()
    await tab.leave()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      error: { code: 'storage_unavailable' },
    })
    expect(tab.adapter.trips).toHaveLength(0)
    await tab.cancel()
    expect(call.status).toBe('storage_unavailable')
  })

  test('FAULTS 20: blocked altogether: the fresh path and the password do not need it', async () => {
    const tab = openTab()
    tab.offerPassword()
    for (const way of ['read', 'write', 'remove'] as const) {
      vi.spyOn(tab.page.storage, way).mockImplementation(full)
    }
    const call = await tab.press()
    await tab.submit()
    expect(call.status).toBe('done')
    expect((await tab.press()).status).toBe('done')
  })

  test('FAULTS 20: full for one who comes while the page leaves: that one is refused', async () => {
    const tab = openTab()
    const first = await tab.press('first')
    await tab.leave()
    vi.spyOn(tab.page.storage, 'write').mockImplementation(full)
    const second = await tab.press('second')
    expect([first.status, second.status]).toEqual(['open', 'storage_unavailable'])
    expect(tab.state).toMatchObject({ status: 'leaving', waiting: { length: 1 } })
    expect(tab.page.stored).not.toContain('second')
  })
})

describe('who comes while the page leaves', () => {
  test('goes along, asked for where what was sent implies it', async () => {
    const tab = openTab()
    await tab.press('first')
    await tab.leave()
    await tab.press('second')
    await tab.pressClosure(60)
    expect(tab.record).toMatchObject({
      actions: [
        { variables: { id: 'first' }, asked: true },
        { variables: { id: 'second' }, asked: true },
        { id: null, asked: false },
      ],
    })
  })

  test('and gives up before it has left is not in the record any more', async () => {
    const tab = openTab()
    await tab.press('first')
    await tab.leave()
    const controller = new AbortController()
    const options = { signal: controller.signal }
    void follow(tab.client.requireFreshAuth()(tab.deleteProject, { id: 'second' }, options))
    await settle()
    expect(tab.page.stored).toContain('second')
    controller.abort()
    await settle()
    expect(tab.page.stored).toContain('first')
    expect(tab.page.stored).not.toContain('second')
  })

  test('the last one who gives up leaves a tombstone', async () => {
    const tab = openTab()
    const controller = new AbortController()
    const call = follow(tab.client.requireFreshAuth(300, controller.signal)(() => 1))
    await settle()
    await tab.leave()
    controller.abort()
    await settle()
    expect(call.status).toBe('aborted')
    expect(tab.record).toMatchObject({ phase: 'cancelled', actions: [] })
    expect(tab.state.status).toBe('idle')
  })
})

describe('what cannot come along', () => {
  const upload = defineAction({
    id: 'upload',
    requirement: 300,
    schema: {
      '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
    },
    run: () => 'uploaded',
    describe: () => 'Upload',
  })

  test('FAULTS 19: is refused before the dialog, where all one can do is leave', async () => {
    const tab = openTab({ more: [upload] })
    const other = await tab.press()
    const call = follow(tab.client.requireFreshAuth()(upload, { file: new File([], 'a.txt') }))
    await settle()
    expect(call.status).toBe('not_resumable')
    expect(call.error?.message).toContain('variables.file')
    expect(other.status).toBe('open')
    expect(tab.state).toMatchObject({ status: 'prompting', waiting: { length: 1 } })
  })

  test('FAULTS 19: where there is a choice, only leaving is refused', async () => {
    const tab = openTab({ more: [upload] })
    const [redirect] = tab.adapter.offered
    tab.offerPassword()
    tab.adapter.offered = [...tab.adapter.offered, redirect!]
    const call = follow(tab.client.requireFreshAuth()(upload, { file: new File([], 'a.txt') }))
    await settle()
    expect(tab.state).toMatchObject({ waiting: [{ label: 'Upload', resumable: false }] })
    tab.client.controls.choose(redirect!)
    await tab.leave()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'not_resumable' } })
    expect(tab.page.stored).toBeNull()
    tab.client.controls.choose(tab.adapter.offered[0]!)
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('a function that needs a proof of its own cannot leave', async () => {
    const tab = openTab()
    const call = await tab.pressClosure(0)
    expect(call.status).toBe('not_resumable')
  })
})
