import { describe, expect, test, vi } from 'vitest'
import type { Authentication, Trip } from 'react-step-up'
import { createStepUpClient } from 'react-step-up'
import { createFakeAdapter, createFakeEnvironment } from 'react-step-up/testing'
import { createHeld } from '../../src/core/held.js'
import type { StoredAction, TripRecord } from '../../src/core/trip.js'
import { createTrips } from '../../src/core/trips.js'
import { challenged, follow, HOUR, MINUTE, openTab, settle } from './tab.js'

describe('who was told that nothing was done was told the truth', () => {
  test('a dialog that fails while the page leaves: whoever comes back runs nothing', async () => {
    const tab = openTab()
    const call = await tab.press()
    await tab.leave()
    tab.client.dialogFailed(new Error('a chunk is gone'))
    await settle()
    expect(call.status).toBe('network')
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'cancelled' } })
    await tab.confirm()
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 33: a page out of the cache after a later one has done a part of it: not known', async () => {
    const tab = openTab({ requirement: 0 })
    const calls = [await tab.press('apollo'), await tab.press('gemini')]
    await tab.leave()
    const { page } = tab
    await tab.comeBack()
    await tab.confirm()
    // The second needs a proof of its own, and the tab is on its way to that.
    expect(tab.run).toHaveBeenCalledOnce()
    page.stored = tab.page.stored
    page.wake(true)
    await settle()
    expect(calls.map(({ status }) => status)).toEqual(['outcome_unknown', 'outcome_unknown'])
  })

  test('the same page, where a later one has only asked: cancelled', async () => {
    const tab = openTab()
    const call = await tab.press()
    await tab.leave()
    const { page } = tab
    await tab.comeBack()
    expect(tab.state.status).toBe('confirming')
    page.stored = tab.page.stored
    page.wake(true)
    await settle()
    expect(call).toMatchObject({ status: 'cancelled', error: { reason: 'page_restored' } })
  })
})

test('what has ended leaves the record of a later trip, which had taken it along', () => {
  const environment = createFakeEnvironment()
  const trips = createTrips(environment)
  const held = createHeld(trips)
  const action = (requestId: string): StoredAction => ({
    ...{ id: 'a', label: 'A', requirement: { maxAge: 300 }, requestId, challenged: false },
    ...{ advance: false, pausedAt: 1_800_000_000, asked: true },
  })
  const record = (letter: string, actions: readonly StoredAction[]): TripRecord => ({
    ...{ handle: `r.${letter.repeat(43)}`, actions, requirement: { maxAge: 300 }, attempt: 1 },
    ...{ issuer: 'https://id.test', subject: 'ada', returnTo: '/', phase: 'leaving' },
    expiresAt: 1_800_000_600,
  })
  held.keep(record('a', [action('one'), action('two')]))
  trips.write(record('b', [action('three'), action('one')]))
  held.release(action('one'))
  expect(trips.read()).toEqual(record('b', [action('three')]))
  held.release(action('two'))
  expect(trips.read()).toEqual(record('b', [action('three')]))
  trips.write(record('a', [action('two')]))
  held.release(action('two'))
  expect(trips.read()).toBeNull()
  trips.write(record('b', [action('three')]))
  held.release(action('three'))
  expect(trips.read()).toMatchObject({ actions: [], phase: 'cancelled' })
})

test('a trip that is given up for an earlier one leaves no copy to come back to', () => {
  const environment = createFakeEnvironment()
  const trips = createTrips(environment, 'local')
  const record = (letter: string): TripRecord => ({
    ...{ handle: `r.${letter.repeat(43)}`, actions: [], requirement: { maxAge: 300 }, attempt: 1 },
    ...{ issuer: 'https://id.test', subject: 'ada', returnTo: '/', phase: 'leaving' },
    expiresAt: 1_800_000_600,
  })
  trips.write(record('a'))
  trips.write(record('b'))
  trips.write(record('a'))
  expect(environment.shared.names()).toEqual([`react-step-up.trip.${record('a').handle}`])
  const back = createTrips(environment.openTab(), 'local', record('b').handle)
  expect(back.read()).toBeNull()
})

describe('FAULTS 6: what one person asked for, nobody else does', () => {
  const ada = { issuer: 'https://id.test', subject: 'ada' }

  /** An adapter whose answers are given one by one. */
  function openSlow() {
    const environment = createFakeEnvironment()
    const adapter = createFakeAdapter({ clock: environment.clock })
    const answers: ((authentication: Authentication) => void)[] = []
    adapter.getAuthentication = () => new Promise((resolve) => answers.push(resolve))
    const client = createStepUpClient({ adapter, environment })
    client.start()
    client.attachDialog()
    const answer = async (change: Partial<Authentication>) => {
      const now = environment.clock.now().wall
      answers.shift()?.({ ...ada, authTime: now, issuedAt: now, ...change })
      await settle()
    }
    return { adapter, answer, client, clock: environment.clock }
  }

  test('another person signs in while a call looks again', async () => {
    const { answer, client, clock } = openSlow()
    await answer({ authTime: clock.now().wall - HOUR })
    const run = vi.fn()
    const call = follow(client.requireFreshAuth(300)(run))
    await settle()
    await answer({ subject: 'bob' })
    expect(call.status).toBe('wrong_account')
    expect(run).not.toHaveBeenCalled()
  })

  test('the same person, with a newer sign-in: it runs', async () => {
    const { answer, client, clock } = openSlow()
    await answer({ authTime: clock.now().wall - HOUR })
    const run = vi.fn()
    const call = follow(client.requireFreshAuth(300)(run))
    await settle()
    await answer({})
    expect(call.status).toBe('done')
    expect(run).toHaveBeenCalledOnce()
  })

  test('another person signs in, and the page is still asking who: the call waits for the answer', async () => {
    const { adapter, answer, client } = openSlow()
    await answer({})
    adapter.age(0)
    const run = vi.fn()
    const call = follow(client.requireFreshAuth(300)(run))
    await settle()
    expect(call.status).toBe('open')
    await answer({ subject: 'bob' })
    expect(call.status).toBe('wrong_account')
    expect(run).not.toHaveBeenCalled()
  })

  test.each<[string, Authentication | null]>([
    ['signed_out', null],
    ['wrong_account', { ...ada, subject: 'bob', authTime: 1_800_000_000, issuedAt: 1_800_000_000 }],
  ])('%s: while the confirmed action waits for its turn', async (code, next) => {
    const tab = openTab()
    const outcome = vi.fn()
    await tab.travel()
    tab.client.onResumed(tab.deleteProject, outcome)
    const { add } = tab.page.runs
    let grant: () => void = () => {}
    const granted = new Promise<void>((resolve) => (grant = resolve))
    vi.spyOn(tab.page.runs, 'add').mockImplementation((id, now) => granted.then(() => add(id, now)))
    void tab.client.controls.confirm()
    await settle()
    tab.adapter.authentication = next
    await settle()
    grant()
    await settle()
    expect(tab.run).not.toHaveBeenCalled()
    expect(outcome.mock.calls).toMatchObject([[{ error: { code } }, { id: 'apollo' }]])
  })

  test('who called before anybody was known is whoever is known first', async () => {
    const { answer, client } = openSlow()
    const run = vi.fn()
    const call = follow(client.requireFreshAuth(300)(run))
    await settle()
    await answer({ subject: 'bob' })
    expect(call.status).toBe('done')
  })
})

test('FAULTS 25: a reload does not make the page forget what the server asked for', async () => {
  const tab = openTab({ run: () => challenged(2 * MINUTE) })
  await tab.travel()
  tab.clock.advance(MINUTE)
  await tab.confirm()
  expect(tab.run).toHaveBeenCalledOnce()
  expect(tab.record).toMatchObject({
    actions: [{ challenged: true, requirement: { maxAge: 2 * MINUTE }, advance: true }],
  })
  await tab.reload('https://app.test/projects')
  await tab.retry()
  // The sign-in is young enough for the action itself, and was refused all the same.
  expect(tab.run).toHaveBeenCalledOnce()
  expect(tab.state.status).toBe('leaving')
  await tab.comeBack()
  await tab.confirm()
  expect(tab.run).toHaveBeenCalledTimes(2)
  expect(tab.state).toMatchObject({ status: 'resumed', error: { code: 'still_stale' } })
})

test('an address that cannot be built for a popup leaves nobody listening', async () => {
  const tab = openTab()
  const listening = new Set<string>()
  const { listen } = tab.page.tabs
  vi.spyOn(tab.page.tabs, 'listen').mockImplementation((channel, hear) => {
    const stop = listen(channel, hear)
    listening.add(channel)
    return () => {
      listening.delete(channel)
      stop()
    }
  })
  const prepare = (_trip: Trip) => Promise.reject(new Error('offline'))
  tab.adapter.offered = [{ ...tab.adapter.trip, popup: true, prepare }]
  await tab.press()
  await tab.cancel()
  expect([...listening]).toEqual([])
})

test('an address that comes when nobody waits any more opens no window', async () => {
  const tab = openTab()
  let ready: (url: URL) => void = () => {}
  const prepare = () => new Promise<URL>((resolve) => (ready = resolve))
  tab.adapter.offered = [{ ...tab.adapter.trip, popup: true, prepare }]
  const call = await tab.press()
  const timers = tab.clock.pending
  tab.client.controls.leave('popup')
  await settle()
  // In one moment, as an abort and the SDK's answer may come.
  ready(new URL('https://id.test/authorize'))
  tab.client.controls.cancel()
  await settle()
  expect(call.status).toBe('cancelled')
  expect(tab.page.windows).toEqual([])
  expect(tab.clock.pending).toBeLessThanOrEqual(timers)
})

describe('FAULTS 32: what other tabs are told', () => {
  async function openHeard() {
    const tab = openTab()
    await settle()
    const hear = vi.fn()
    tab.page.openTab().tabs.listen('react-step-up', hear)
    return { tab, hear }
  }

  test('a change that came while the provider was off the page is told when it is back', async () => {
    const environment = createFakeEnvironment()
    const adapter = createFakeAdapter({ clock: environment.clock })
    const client = createStepUpClient({ adapter, environment })
    const hear = vi.fn()
    environment.openTab().tabs.listen('react-step-up', hear)
    client.start()()
    await settle()
    adapter.age(HOUR)
    client.start()
    await settle()
    expect(hear).toHaveBeenCalledOnce()
  })

  test('a proof that changes the level alone', async () => {
    const { tab, hear } = await openHeard()
    tab.adapter.authentication = { ...tab.adapter.authentication!, acr: 'mfa' }
    await settle()
    expect(hear).toHaveBeenCalledOnce()
  })
})
