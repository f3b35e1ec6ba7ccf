import { describe, expect, test, vi } from 'vitest'
import type { LinkMethod, PasswordMethod, Trip, TripMethod } from 'react-step-up'
import { follow, openTab, settle } from './tab.js'

/** A provider that people visit in a window of its own. */
function openWithPopup(change: Partial<TripMethod> = {}, more: readonly PasswordMethod[] = []) {
  const trips: Trip[] = []
  const tab = openTab()
  const trip: TripMethod = {
    type: 'redirect',
    id: 'provider',
    popup: true,
    start(trip) {
      trips.push(trip)
      return trip.returned
    },
    ...change,
  }
  tab.adapter.offered = [trip, ...more]
  return Object.assign(tab, {
    trips,
    popup: trip,
    async openPopup() {
      tab.client.controls.leave('popup')
      await settle()
    },
    async report({ handle }: Trip = trips.at(-1)!, answer: Record<string, string> = { code: 'a' }) {
      const query = new URLSearchParams({ ...answer, state: handle }).toString()
      await tab.openTab(`https://app.test/callback?${query}`, true)
    },
  })
}

describe('a popup', () => {
  test('from which nobody comes back signed in: signed out', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    await tab.openPopup()
    tab.adapter.authentication = null
    await settle()
    expect(call.status).toBe('open')
    await tab.report()
    expect(call.status).toBe('signed_out')
  })

  test('that was given up says nothing to the prompt after it', async () => {
    let refreshed: () => void = () => {}
    const tab = openWithPopup()
    const first = await tab.press()
    await tab.openPopup()
    tab.adapter.refresh = () => new Promise((resolve) => (refreshed = resolve))
    await tab.report()
    await tab.cancel()
    expect(first.status).toBe('cancelled')
    const second = await tab.press('gemini')
    refreshed()
    await settle()
    tab.clock.advance(1)
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', attempt: 1, error: null })
    expect(second.status).toBe('open')
  })

  test('that fails after it was given up says nothing to the prompt after it', async () => {
    let fail: (error: Error) => void = () => {}
    const tab = openWithPopup({ start: () => new Promise((_, reject) => (fail = reject)) })
    await tab.press()
    await tab.openPopup()
    await tab.cancel()
    await tab.press('gemini')
    fail(new Error('closed'))
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', error: null })
  })

  test('given up while its proof may still come in leaves no timer', async () => {
    const tab = openWithPopup()
    await tab.press()
    await tab.openPopup()
    // Word of it alone, without the window that closes itself.
    tab.page.openTab().tabs.post(tab.trips[0]!.handle)
    await settle()
    expect(tab.state.status).toBe('leaving')
    await tab.cancel()
    expect(tab.clock.pending).toBe(0)
  })

  test('whose adapter binds a state of its own is told that it cannot', async () => {
    const tab = openWithPopup({
      start: async (trip) => {
        trip.bind('sdk-state')
        await trip.returned
      },
    })
    await tab.press()
    await tab.openPopup()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    const { error } = tab.state as { error?: Error }
    expect(error?.cause).toBeInstanceOf(TypeError)
  })

  test('where there is none opens nothing', async () => {
    const tab = openWithPopup({ popup: false })
    await tab.press()
    await tab.openPopup()
    expect(tab.state.status).toBe('prompting')
    expect(tab.page.windows).toEqual([])
  })
})

describe('an address built ahead', () => {
  function openPrepared(change: Partial<TripMethod> = {}, more: readonly PasswordMethod[] = []) {
    const built: Trip[] = []
    const prepare = vi.fn((trip: Trip) => {
      built.push(trip)
      return Promise.resolve(new URL(`https://id.test/authorize?state=${trip.handle}`))
    })
    return Object.assign(openWithPopup({ prepare, ...change }, more), { built, prepare })
  }

  test('is for what is asked for when the click comes', async () => {
    const tab = openPrepared()
    // The first is still being built when it is not wanted any more.
    tab.prepare.mockImplementationOnce((trip) => {
      tab.built.push(trip)
      return new Promise(() => {})
    })
    await tab.press()
    await tab.pressClosure(60)
    expect(tab.built.map(({ maxAge }) => maxAge)).toEqual([270, 45])
    await tab.openPopup()
    expect(tab.prepare).toHaveBeenCalledTimes(2)
    expect(tab.page.windows.at(-1)!.location.href).toContain(tab.built[1]!.handle)
  })

  test('is not built where no window is offered', async () => {
    const tab = openPrepared({ popup: false })
    await tab.press()
    expect(tab.prepare).not.toHaveBeenCalled()
  })

  test('is kept while the person looks at another way', async () => {
    const password: PasswordMethod = { type: 'password', id: 'p', verify: async () => {} }
    const tab = openPrepared({}, [password])
    await tab.press()
    tab.client.controls.choose(password)
    await settle()
    tab.client.controls.choose(tab.popup)
    await settle()
    expect(tab.prepare).toHaveBeenCalledOnce()
    expect(tab.built[0]!.signal.aborted).toBe(false)
  })

  test('is given up with its window', async () => {
    const tab = openPrepared()
    await tab.press()
    await tab.openPopup()
    expect(tab.built[0]!.signal.aborted).toBe(false)
    await tab.cancel()
    expect(tab.built[0]!.signal.aborted).toBe(true)
  })
})

describe('a link on its way', () => {
  async function askForLink() {
    const sends: { trip: Trip; reject(error: Error): void }[] = []
    const link: LinkMethod = {
      type: 'link',
      id: 'mail',
      send: (trip) => new Promise((_, reject) => sends.push({ trip, reject })),
    }
    const tab = openTab()
    tab.adapter.offered = [link, tab.adapter.password]
    const call = await tab.press()
    const send = async () => {
      const sending = follow(tab.client.controls.send())
      await settle()
      return sending
    }
    return { tab, call, sends, send }
  }

  test.each(['another way', 'none'])(
    'that cannot be sent says nothing where %s has been chosen meanwhile',
    async (which) => {
      const { tab, sends, send } = await askForLink()
      const sending = await send()
      tab.client.controls.choose(which === 'none' ? null : tab.adapter.password)
      sends[0]!.reject(new Error('offline'))
      await settle()
      expect(tab.state).toMatchObject({ status: 'prompting', error: null })
      expect(sending.status).toBe('done')
    },
  )

  test('asked for once more, the first is not said to have failed', async () => {
    const { tab, sends, send } = await askForLink()
    await send()
    await send()
    expect(sends[0]!.trip.signal.aborted).toBe(true)
    expect(tab.state).toMatchObject({ status: 'prompting', error: null })
  })

  test('for somebody of whom no address is known names nobody', async () => {
    const { tab, sends, send } = await askForLink()
    await tab.cancel()
    const { account: _, ...authentication } = tab.adapter.authentication!
    tab.adapter.authentication = authentication
    await settle()
    await tab.press()
    await send()
    expect(sends[0]!.trip).not.toHaveProperty('loginHint')
  })

  test('is not what submit() is for', async () => {
    const { tab, sends } = await askForLink()
    for (const method of [null, ...tab.adapter.offered.slice(0, 1), tab.adapter.trip]) {
      tab.adapter.offered = method ? [method] : [tab.adapter.password]
      await tab.cancel()
      await tab.press()
      if (!method) tab.client.controls.choose(null)
      await tab.client.controls.submit({ password: 'correct horse' })
      expect(tab.state).toMatchObject({ status: 'prompting', error: null })
    }
    expect(sends).toEqual([])
  })
})

describe('what is left to do', () => {
  test('where there is no way at all, who could not leave is told that, not to stay', async () => {
    const tab = openTab()
    tab.adapter.offered = []
    const call = await tab.pressClosure(0)
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'no_method' } })
    expect(call.status).toBe('open')
  })

  test('one window among the ways is enough for who could not leave', async () => {
    const tab = openTab()
    tab.adapter.offered = [tab.adapter.trip, { ...tab.adapter.trip, id: 'window', popup: true }]
    expect((await tab.pressClosure(0)).status).toBe('open')
  })

  test('a window that is not allowed is none', async () => {
    const tab = openTab()
    tab.adapter.offered = [{ ...tab.adapter.trip, popup: false }]
    expect((await tab.pressClosure(0)).status).toBe('not_resumable')
  })

  test('a password for a code is a TypeError that says what is needed', async () => {
    const tab = openTab()
    tab.adapter.offered = [tab.adapter.code]
    await tab.press()
    const submitted = tab.client.controls.submit({ password: '123456' })
    await expect(submitted).rejects.toThrow('the method code needs { code }')
    expect(tab.state.status).toBe('prompting')
  })
})
