import { describe, expect, test, vi } from 'vitest'
import type { Authentication, Trip, TripMethod } from 'react-step-up'
import type { FakeWindow } from 'react-step-up/testing'
import { HOUR, openTab, settle } from './tab.js'

type Tab = ReturnType<typeof openTab>

/** A provider that people visit in a window of its own. */
function openWithPopup(
  options: Parameters<typeof openTab>[0] = {},
  change: Partial<TripMethod> = {},
) {
  const trips: Trip[] = []
  const tab = openTab(options)
  tab.adapter.offered = [
    {
      type: 'redirect',
      id: 'provider',
      popup: true,
      start(trip) {
        trips.push(trip)
        trip.popup?.location.assign('https://id.test/authorize')
        return trip.popup ? trip.returned : new Promise(() => {})
      },
      ...change,
    },
  ]
  return Object.assign(tab, { trips })
}

async function openPopup(tab: Tab): Promise<FakeWindow> {
  tab.client.controls.leave('popup')
  await settle()
  return tab.page.windows.at(-1)!
}

/** The provider sends the window back to the app, which loads there with a copy of the tab's storage. */
async function comeBack(tab: Tab, trip: Trip, answer: Record<string, string> = { code: 'abc' }) {
  const query = new URLSearchParams({ ...answer, state: trip.handle }).toString()
  return tab.openTab(`https://app.test/callback?${query}`, true)
}

async function prove(tab: Tab & { trips: Trip[] }, change: Partial<Authentication> = {}) {
  tab.clock.advance(5)
  tab.adapter.signInAtProvider(change)
  return comeBack(tab, tab.trips.at(-1)!)
}

/** What the other window has stored may be seen a moment after its word of it. */
async function waitForTheStore(tab: Tab): Promise<void> {
  tab.clock.advance(1)
  await settle()
}

describe('a popup', () => {
  test('proves it, and the action goes on in the page that never left', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    const popup = await openPopup(tab)
    expect(popup.location.href).toBe('https://id.test/authorize')
    expect(tab.state).toMatchObject({ status: 'leaving', popup: true })
    expect(tab.trips[0]).toMatchObject({
      handle: expect.stringMatching(/^p\./) as string,
      maxAge: 270,
    })
    const other = await prove(tab)
    expect(call).toMatchObject({ status: 'done', value: { deleted: 'apollo' } })
    expect(tab.state.status).toBe('idle')
    expect(tab.run).toHaveBeenCalledOnce()
    expect(popup.closed).toBe(true)
    expect(other.page.closed).toBe(true)
    expect(other.page.url().search).toBe('')
  })

  test('keeps no record, so a copy of the storage holds nothing to run', async () => {
    const tab = openWithPopup()
    await tab.press()
    await openPopup(tab)
    expect(tab.page.stored).toBeNull()
    // Who is away, and until when.
    const [name = '', ...more] = tab.page.shared.names()
    expect(name).toBe(`react-step-up.away.${tab.trips[0]?.handle ?? ''}`)
    expect(tab.page.shared.read(name)).toMatch(/^\d+(\.\d+)?$/)
    expect(more).toEqual([])
  })

  test('renders nothing while it reports, and takes up nothing of the tab that it was copied from', async () => {
    const tab = openWithPopup()
    await tab.travel()
    tab.adapter.age(HOUR)
    const copy = tab.page.stored
    const query = new URLSearchParams({ code: 'abc', state: `p.${'a'.repeat(43)}` }).toString()
    const other = await tab.openTab(`https://app.test/callback?${query}`, true)
    expect(other.client.isReporting()).toBe(true)
    expect(other.client.returning).toBe(true)
    expect(other.state).toMatchObject({ status: 'returning', items: [] })
    expect(other.page.stored).toBe(copy)
  })

  test('FAULTS 8: that nobody here has opened spends nothing, and is given to the app', async () => {
    const tab = openWithPopup()
    const made = `https://app.test/callback?code=theirs&state=p.${'a'.repeat(43)}`
    const other = await tab.openTab(made, true)
    expect(tab.adapter.completed).toBe(0)
    expect(other.page.url().search).toBe('')
    tab.clock.advance(1)
    await settle()
    expect(other.client.isReporting()).toBe(false)
  })

  test('FAULTS 8: that comes back when nobody expects it any more spends nothing', async () => {
    const tab = openWithPopup()
    await tab.press()
    await openPopup(tab)
    tab.clock.advance(HOUR)
    await settle()
    await prove(tab)
    expect(tab.adapter.completed).toBe(0)
    // And what is over is swept out.
    await tab.press()
    await openPopup(tab)
    expect(tab.page.shared.names()).toHaveLength(1)
  })

  test('that no script may close is given to the app', async () => {
    const tab = openWithPopup()
    await tab.press()
    await openPopup(tab)
    const other = await prove(tab)
    tab.clock.advance(1)
    expect(other.client.isReporting()).toBe(false)
    expect(other.page.url().pathname).toBe('/')
  })

  test('serves closures, which could not come back from a trip in this tab', async () => {
    const tab = openWithPopup()
    const call = await tab.pressClosure(0)
    expect(tab.state.status).toBe('prompting')
    await openPopup(tab)
    await prove(tab)
    expect(call).toMatchObject({ status: 'done', value: 'ran' })
  })

  test('FAULTS 6: another person in it runs nothing', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    await openPopup(tab)
    await prove(tab, { subject: 'bob' })
    expect(call.status).toBe('wrong_account')
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 1: a proof that did not move auth_time gets one more try, then still_stale', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    for (const attempt of [1, 2]) {
      expect(tab.state).toMatchObject({ status: 'prompting', attempt })
      await openPopup(tab)
      await comeBack(tab, tab.trips.at(-1)!)
      await waitForTheStore(tab)
    }
    expect(tab.trips[1]).toMatchObject({ prompt: 'login' })
    expect(call.status).toBe('still_stale')
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 32: a report without a proof is no proof, whoever sends it', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    await openPopup(tab)
    const forger = tab.page.openTab()
    forger.tabs.post(tab.trips[0]!.handle)
    await settle()
    await waitForTheStore(tab)
    expect(call.status).toBe('open')
    expect(tab.state).toMatchObject({ status: 'prompting', attempt: 2 })
    expect(tab.run).not.toHaveBeenCalled()
  })
})

test('a proof that is seen a moment after the word of it is enough', async () => {
  const tab = openWithPopup()
  const call = await tab.press()
  await openPopup(tab)
  await comeBack(tab, tab.trips[0]!)
  expect(tab.state.status).toBe('leaving')
  tab.adapter.age(0)
  await waitForTheStore(tab)
  expect(call.status).toBe('done')
})

describe('FAULTS 15: a popup that brings an error back', () => {
  test.each(['access_denied', 'login_required', 'server_error'])(
    '%s: offered again',
    async (error) => {
      const tab = openWithPopup()
      const call = await tab.press()
      const popup = await openPopup(tab)
      await comeBack(tab, tab.trips[0]!, { error })
      expect(call.status).toBe('open')
      expect(tab.state).toMatchObject({
        status: 'prompting',
        attempt: 1,
        error: { name: 'StepUpError' },
      })
      expect(tab.adapter.completed).toBe(0)
      expect(popup.closed).toBe(true)
      await openPopup(tab)
      await prove(tab)
      expect(call.status).toBe('done')
    },
  )

  test.each([
    ['unmet_authentication_requirements', 'insufficient_acr'],
    ['<b>what</b>', 'provider_error'],
  ])('%s: refused once', async (error, code) => {
    const tab = openWithPopup()
    const call = await tab.press()
    await openPopup(tab)
    await comeBack(tab, tab.trips[0]!, { error })
    expect(call.status).toBe(code)
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 2: max_age=0 refused is asked for in another way, once', async () => {
    const tab = openWithPopup({ requirement: 0 })
    const call = await tab.press()
    await openPopup(tab)
    await comeBack(tab, tab.trips[0]!, { error: 'invalid_request' })
    expect(tab.state).toMatchObject({ status: 'prompting', attempt: 2 })
    await openPopup(tab)
    expect(tab.trips[1]).toMatchObject({ maxAge: 1, prompt: 'login' })
    await comeBack(tab, tab.trips[1]!, { error: 'invalid_request' })
    expect(call.status).toBe('provider_error')
  })

  test('FAULTS 37: a code that could not be spent: try again', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    await openPopup(tab)
    tab.adapter.complete = () => Promise.reject(new Error('offline'))
    await prove(tab)
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'provider_error' } })
    expect(call.status).toBe('open')
  })
})

describe('FAULTS 16: a popup from which nobody comes back', () => {
  test('closed: said so, and the page is usable', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    const popup = await openPopup(tab)
    popup.close()
    tab.clock.advance(1)
    tab.clock.advance(1)
    expect(tab.state).toMatchObject({
      status: 'prompting',
      error: { code: 'cancelled', reason: 'window_closed' },
    })
    await tab.cancel()
    expect(call.status).toBe('cancelled')
  })

  test('that closed itself a moment before its report is heard is not said to be closed', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    const popup = await openPopup(tab)
    popup.closed = true
    tab.clock.advance(1)
    expect(tab.state.status).toBe('leaving')
    tab.adapter.signInAtProvider()
    await comeBack(tab, tab.trips.at(-1)!)
    await waitForTheStore(tab)
    expect(call.status).toBe('done')
  })

  test('that has reported is not looked for, however long its proof takes', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    const popup = await openPopup(tab)
    let refreshed = () => {}
    tab.adapter.refresh = () => new Promise((resolve) => (refreshed = resolve))
    await prove(tab)
    popup.closed = true
    tab.clock.advance(1)
    tab.clock.advance(1)
    tab.clock.advance(1)
    expect(tab.state.status).toBe('leaving')
    refreshed()
    await settle()
    await waitForTheStore(tab)
    expect(call.status).toBe('done')
    expect(tab.clock.pending).toBe(0)
  })

  test('that only looks closed, across a Cross-Origin-Opener-Policy, still counts', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    const popup = await openPopup(tab)
    popup.closed = true
    tab.clock.advance(60)
    await prove(tab)
    expect(call.status).toBe('done')
  })

  test('nobody does anything: expired', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    await openPopup(tab)
    tab.clock.advance(600)
    await settle()
    expect(call.status).toBe('expired')
    expect(tab.state.status).toBe('idle')
    expect(tab.clock.pending).toBe(0)
  })

  test('Cancel closes it, and what it brings back later is nobody’s', async () => {
    const tab = openWithPopup()
    const call = await tab.press()
    const popup = await openPopup(tab)
    await tab.cancel()
    expect(call.status).toBe('cancelled')
    expect(popup.closed).toBe(true)
    expect(tab.clock.pending).toBe(0)
    await prove(tab)
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('an abort by the caller closes it', async () => {
    const tab = openWithPopup()
    const controller = new AbortController()
    const call = tab.client.requireFreshAuth(300)(() => 'ran', { signal: controller.signal })
    const outcome = expect(call).rejects.toMatchObject({ code: 'aborted' })
    await settle()
    const popup = await openPopup(tab)
    controller.abort()
    await outcome
    expect(popup.closed).toBe(true)
    expect(tab.state.status).toBe('idle')
  })
})

test('FAULTS 20: a blocked popup is said, and this tab is still a way', async () => {
  const tab = openWithPopup()
  const call = await tab.press()
  tab.page.blocksWindows = true
  await openPopup(tab)
  expect(tab.state).toMatchObject({
    status: 'prompting',
    error: { code: 'cancelled', reason: 'window_blocked' },
  })
  expect(tab.trips).toEqual([])
  await tab.leave()
  expect(tab.state).toMatchObject({ status: 'leaving', popup: false })
  expect(tab.record).toMatchObject({
    phase: 'leaving',
    handle: expect.stringMatching(/^r\./) as string,
  })
  expect(call.status).toBe('open')
})

test('“continue in this tab” ends the popup and leaves', async () => {
  const tab = openWithPopup()
  await tab.press()
  const popup = await openPopup(tab)
  await tab.leave()
  expect(popup.closed).toBe(true)
  expect(tab.state).toMatchObject({ status: 'leaving', popup: false })
  expect(tab.record).toMatchObject({ phase: 'leaving' })
})

test('“continue in this tab” is refused for what could not come back, and the popup goes on', async () => {
  const tab = openWithPopup()
  const call = await tab.pressClosure(0)
  const popup = await openPopup(tab)
  await tab.leave()
  expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'not_resumable' } })
  expect(popup.closed).toBe(false)
  popup.closed = true
  tab.clock.advance(1)
  tab.clock.advance(1)
  expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'not_resumable' } })
  await prove(tab)
  expect(call.status).toBe('done')
})

test('whoever comes late joins only what was asked for', async () => {
  const tab = openWithPopup()
  const first = await tab.press('apollo')
  await openPopup(tab)
  const same = await tab.press('gemini', 600)
  const stricter = await tab.press('mercury', 60)
  // Signed in there two minutes before the way back: enough for some.
  const authTime = tab.clock.now().wall
  tab.clock.advance(120)
  tab.adapter.signInAtProvider({ authTime })
  await comeBack(tab, tab.trips[0]!)
  expect([first.status, same.status, stricter.status]).toEqual(['done', 'done', 'open'])
  expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 60 } })
})

describe('an adapter that can only build an address', () => {
  function openPrepared(prepare: (trip: Trip) => Promise<URL>) {
    const trips: Trip[] = []
    const build = vi.fn((trip: Trip) => {
      trips.push(trip)
      return prepare(trip)
    })
    const start = vi.fn(() => new Promise<void>(() => {}))
    return Object.assign(openWithPopup({}, { prepare: build, start }), { trips, build, start })
  }
  const address = (trip: Trip) =>
    Promise.resolve(new URL(`https://id.test/authorize?state=${trip.handle}`))

  test('builds it when the dialog shows, once, and the click opens it there', async () => {
    const tab = openPrepared(address)
    const call = await tab.press()
    expect(tab.build).toHaveBeenCalledOnce()
    tab.client.controls.leave('popup')
    // In the click itself: nothing has been awaited.
    expect(tab.page.windows.at(-1)!.location.href).toBe(
      `https://id.test/authorize?state=${tab.trips[0]!.handle}`,
    )
    await prove(tab)
    expect(call.status).toBe('done')
    expect(tab.start).not.toHaveBeenCalled()
    expect(tab.build).toHaveBeenCalledOnce()
  })

  test('an address that is late opens as soon as it is there', async () => {
    let ready: (url: URL) => void = () => {}
    const tab = openPrepared(() => new Promise((resolve) => (ready = resolve)))
    const call = await tab.press()
    tab.client.controls.leave('popup')
    await settle()
    expect(tab.page.windows).toEqual([])
    ready(new URL('https://id.test/authorize'))
    await settle()
    expect(tab.page.windows).toHaveLength(1)
    await prove(tab)
    expect(call.status).toBe('done')
  })

  test('one that cannot be built is said, and built anew at the next click', async () => {
    const tab = openPrepared(() => Promise.reject(new Error('offline')))
    const call = await tab.press()
    tab.client.controls.leave('popup')
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    tab.build.mockImplementation((trip) => {
      tab.trips.push(trip)
      return address(trip)
    })
    await openPopup(tab)
    await prove(tab)
    expect(call.status).toBe('done')
  })

  test('a prompt that closes leaves nothing behind', async () => {
    const tab = openPrepared(() => new Promise(() => {}))
    await tab.press()
    await tab.cancel()
    expect(tab.trips[0]!.signal.aborted).toBe(true)
    expect(tab.clock.pending).toBe(0)
  })
})
