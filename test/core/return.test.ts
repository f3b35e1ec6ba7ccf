import * as v from 'valibot'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createStepUpClient, defineAction } from 'react-step-up'
import { follow, HOME, HOUR, openTab, settle } from './tab.js'

beforeAll(() => {
  // Of functions that leave; warn.test.ts has what it says.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

const names = (tab: ReturnType<typeof openTab>) =>
  'items' in tab.state ? tab.state.items.map(({ label }) => label) : null

describe('confirming', () => {
  test('shows what waits, in its place, and runs it at the click', async () => {
    const navigate = vi.fn()
    const tab = openTab({ navigate })
    const call = await tab.travel()
    expect(tab.client.returning).toBe(true)
    expect(tab.adapter.completed).toBe(1)
    expect(tab.state).toEqual({
      status: 'confirming',
      items: [{ label: 'Delete project apollo', kind: 'run' }],
      returnTo: '/projects?tab=1#top',
    })
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/projects?tab=1#top', { replace: true })
    expect(tab.run).not.toHaveBeenCalled()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledExactlyOnceWith(
      { id: 'apollo' },
      expect.objectContaining({ resumed: true }),
    )
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
    expect(tab.page.stored).toBeNull()
    await tab.cancel()
    expect(tab.state).toEqual({ status: 'idle' })
    expect(call.status).toBe('open')
  })

  test('keeps the request of the person over the trip', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const stored = (tab.record?.actions as { requestId: string }[])[0]!.requestId
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run.mock.calls[0]![1].requestId).toBe(stored)
  })

  test('runs inside of whatever keeps account of it, which can end it without a run', async () => {
    const tab = openTab()
    const outcome = vi.fn()
    await tab.travel()
    tab.client.onResumed(tab.deleteProject, outcome)
    const through = vi.fn((_id: string, _variables: unknown, run: () => Promise<unknown>) => run())
    tab.client.resumeThrough(through)
    await tab.confirm()
    expect(through.mock.calls[0]?.slice(0, 2)).toEqual(['project.delete', { id: 'apollo' }])
    expect(outcome).toHaveBeenCalledExactlyOnceWith(
      { data: { deleted: 'apollo' } },
      { id: 'apollo' },
    )
    await tab.cancel()

    tab.adapter.age(3600)
    await tab.travel()
    const broken = new Error('onMutate failed')
    tab.client.resumeThrough(() => Promise.reject(broken))
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed', error: broken })
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 10: the answer is out of the address before anything runs', async () => {
    const tab = openTab()
    await tab.travel()
    expect(tab.page.url().href).toBe(HOME)
    tab.run.mockImplementation(() => tab.page.url().search)
    await tab.confirm()
    expect(tab.run).toHaveReturnedWith('?tab=1')
  })

  test('FAULTS 11: clicked twice, it runs once', async () => {
    const tab = openTab()
    await tab.travel()
    const { confirm } = tab.client.controls
    await Promise.all([confirm(), confirm(), confirm()])
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 11, 41: in a duplicated tab it runs once, and the other says so', async () => {
    const tab = openTab()
    await tab.travel()
    const copy = await tab.openTab(undefined, true)
    expect(copy.state.status).toBe('confirming')
    await Promise.all([tab.confirm(), copy.confirm()])
    expect(tab.run).toHaveBeenCalledOnce()
    expect([tab.state, copy.state].map((state) => 'outcome' in state && state.outcome)).toEqual([
      'done',
      'elsewhere',
    ])
  })

  test('FAULTS 41: a duplicate that asks again does not run what was done meanwhile', async () => {
    const tab = openTab()
    await tab.travel()
    const copy = await tab.openTab(undefined, true)
    await tab.confirm()
    await copy.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
    expect(copy.state).toMatchObject({ status: 'resumed', outcome: 'elsewhere' })
  })

  test('cancelled, nothing runs and nothing is kept', async () => {
    const tab = openTab()
    await tab.travel()
    const outcome = vi.fn()
    tab.client.onResumed(tab.deleteProject, outcome)
    await tab.cancel()
    expect(tab.state.status).toBe('idle')
    expect(tab.page.stored).toBeNull()
    expect(outcome.mock.lastCall?.[0]).toMatchObject({ error: { code: 'cancelled' } })
    await tab.confirm()
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('a run that fails says so, with its error', async () => {
    const failure = new Error('409')
    const tab = openTab({ run: () => Promise.reject(failure) })
    await tab.travel()
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed', error: failure })
    expect(tab.page.stored).toBeNull()
  })

  test('a click that comes too late for its freshness is offered a new proof', async () => {
    const tab = openTab()
    await tab.travel()
    tab.clock.advance(301)
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, error: { code: 'expired' } })
    expect(tab.run).not.toHaveBeenCalled()
    await tab.retry()
    expect(tab.state.status).toBe('leaving')
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 17: a click after the record has expired does nothing, also for maxAge: 0', async () => {
    const tab = openTab({ requirement: 0 })
    await tab.travel()
    tab.clock.advance(HOUR)
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'failed', retry: false, error: { code: 'expired' } })
    expect(tab.page.stored).toBeNull()
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('signing out meanwhile takes it off the screen', async () => {
    const tab = openTab()
    await tab.travel()
    tab.adapter.authentication = null
    await settle()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'signed_out' }, items: [] })
    expect(tab.page.stored).toBeNull()
    await tab.confirm()
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 6: another person signing in meanwhile sees nothing of it', async () => {
    const tab = openTab()
    await tab.travel()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await settle()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'wrong_account' } })
    expect(JSON.stringify(tab.state)).not.toContain('apollo')
    expect(tab.page.stored).toBeNull()
  })

  test('a read that fails meanwhile loses nothing', async () => {
    const tab = openTab()
    await tab.travel()
    const { getAuthentication } = tab.adapter
    tab.adapter.getAuthentication = () => Promise.reject(new Error('offline'))
    tab.page.wake(false)
    await settle()
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, error: { code: 'network' } })
    expect(tab.run).not.toHaveBeenCalled()
    tab.adapter.getAuthentication = getAuthentication
    tab.page.wake(false)
    await settle()
    await tab.retry()
    expect(tab.state.status).toBe('confirming')
    expect(tab.adapter.trips).toHaveLength(1)
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 20: where the claim cannot be stored, it is not run', async () => {
    const tab = openTab()
    await tab.travel()
    vi.spyOn(tab.page.storage, 'write').mockImplementation(() => {
      throw new DOMException('x', 'QuotaExceededError')
    })
    await tab.confirm()
    expect(tab.run).not.toHaveBeenCalled()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'storage_unavailable' } })
  })
})

describe('resuming by itself', () => {
  test('happens for what is declared safe', async () => {
    const tab = openTab({ resume: 'auto' })
    await tab.travel()
    expect(tab.run).toHaveBeenCalledOnce()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
  })

  test('FAULTS 12: never in a framed page', async () => {
    const tab = openTab({ resume: 'auto', framed: true })
    await tab.travel()
    expect(tab.run).not.toHaveBeenCalled()
    expect(tab.state.status).toBe('confirming')
  })

  test('not where something else waits beside it that needs the click', async () => {
    const tab = openTab({ resume: 'auto' })
    await tab.pressClosure(300)
    await tab.travel()
    expect(tab.run).not.toHaveBeenCalled()
    expect(names(tab)).toEqual([null, 'Delete project apollo'])
  })
})

describe('FAULTS 8 and 12: an address that is not the end of our trip', () => {
  const crafted = `r.${'x'.repeat(43)}`

  test('FAULTS 8: an unknown handle: said, cleaned, no code spent, nothing run', async () => {
    const tab = openTab()
    await tab.reload(`https://app.test/callback?code=1&state=${crafted}&iss=https://id.test`)
    expect(tab.client.returning).toBe(true)
    expect(tab.adapter.completed).toBe(0)
    expect(tab.page.url().href).toBe('https://app.test/callback')
    expect(tab.state).toMatchObject({ status: 'failed', retry: false, error: { code: 'expired' } })
    expect(tab.run).not.toHaveBeenCalled()
    await tab.cancel()
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 8: a handle that was altered finds no record, and the record waits on', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const altered = tab.adapter.returnUrl().replace(/(state=r\.\w+)./, '$1z')
    tab.adapter.signInAtProvider()
    await tab.reload(altered)
    expect(tab.adapter.completed).toBe(0)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    expect(tab.run).not.toHaveBeenCalled()
    await tab.retry()
    expect(tab.state.status).toBe('leaving')
  })

  test('FAULTS 8: no state at all: the person is offered to try again', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.reload('https://app.test/callback?code=1')
    expect(tab.client.returning).toBe(false)
    expect(tab.adapter.completed).toBe(0)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, error: { code: 'cancelled' } })
  })

  test('FAULTS 8: a duplicated state, which the SDK cannot tell apart, is nobody’s', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.adapter.peek = ({ searchParams }) => {
      const states = searchParams.getAll('state')
      return states.length === 1 ? { state: states[0]! } : null
    }
    await tab.reload(`${tab.adapter.returnUrl()}&state=${crafted}`)
    expect(tab.client.returning).toBe(false)
    expect(tab.adapter.completed).toBe(0)
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 9: another tab’s state neither runs here what waits nor spends a code', async () => {
    const [here, there] = [openTab(), openTab()]
    for (const tab of [here, there]) {
      await tab.press()
      await tab.leave()
    }
    await here.reload(there.adapter.returnUrl())
    expect(here.adapter.completed).toBe(0)
    expect(here.run).not.toHaveBeenCalled()
    expect(here.state).toMatchObject({ status: 'failed', retry: true })
  })

  test('FAULTS 12: a crafted record without a click runs nothing, whatever phase it claims', async () => {
    for (const phase of ['leaving', 'returned', 'claimed', 'cancelled']) {
      const tab = openTab()
      await tab.press()
      await tab.leave()
      const stolen = JSON.stringify({ ...tab.record, phase })
      const victim = openTab()
      victim.adapter.age(10)
      victim.page.stored = stolen
      await victim.reload(tab.adapter.returnUrl())
      expect(victim.run).not.toHaveBeenCalled()
    }
  })

  test('FAULTS 12: a record that asks for less than its action does is refused', async () => {
    const tab = openTab({ requirement: 60 })
    await tab.press()
    await tab.leave()
    const [action] = tab.record?.actions as object[]
    const weaker = { ...action, requirement: { maxAge: 86_400 } }
    tab.page.stored = JSON.stringify({ ...tab.record, actions: [weaker], phase: 'returned' })
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'not_resumable' } })
    await tab.confirm()
    expect(tab.run).not.toHaveBeenCalled()
    expect(tab.page.stored).toBeNull()
  })
})

describe('FAULTS 10: the callback address once more', () => {
  test.each([
    ['at the confirmation', async () => {}],
    ['after it ran', (tab: ReturnType<typeof openTab>) => tab.confirm()],
    ['after it was cancelled', (tab: ReturnType<typeof openTab>) => tab.cancel()],
  ])('FAULTS 10: reloaded %s, it runs at most once and spends no second code', async (_, act) => {
    const tab = openTab()
    await tab.travel()
    const callback = tab.adapter.returnUrl()
    await act(tab)
    const ran = tab.run.mock.calls.length
    await tab.reload(callback)
    expect(tab.adapter.completed).toBe(1)
    expect(tab.run).toHaveBeenCalledTimes(ran)
    expect(tab.page.url().search).not.toContain('code')
    await tab.confirm()
    await tab.reload(callback)
    await tab.confirm()
    expect(tab.run.mock.calls.length).toBeLessThanOrEqual(1)
    expect(tab.adapter.completed).toBe(1)
  })

  test('FAULTS 10: reloaded while the code is spent, it is not spent again', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.adapter.signInAtProvider()
    const { complete } = tab.adapter
    const spent = vi.fn(() => new Promise<void>(() => {}))
    tab.adapter.complete = spent
    await tab.reload(tab.adapter.returnUrl())
    expect(tab.state.status).toBe('returning')
    tab.adapter.complete = complete!
    await tab.reload()
    expect(spent).toHaveBeenCalledOnce()
    expect(tab.adapter.completed).toBe(0)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('the address is read when the client is made: a router that cleans it early does no harm', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.clock.advance(5)
    tab.adapter.signInAtProvider()
    const page = tab.page.reload(tab.adapter.returnUrl())
    const client = createStepUpClient({
      adapter: tab.adapter,
      actions: [tab.deleteProject],
      environment: page,
    })
    page.replaceUrl('/projects')
    client.start()
    await settle()
    expect(tab.adapter.completed).toBe(1)
    expect(client.getState().status).toBe('confirming')
  })
})

describe('a reload', () => {
  test('while leaving offers it again', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.reload()
    expect(tab.state).toMatchObject({
      status: 'failed',
      retry: true,
      error: { code: 'cancelled', reason: 'person' },
      items: [{ label: 'Delete project apollo' }],
    })
    await tab.retry()
    expect(tab.state.status).toBe('leaving')
    expect(tab.adapter.trips).toHaveLength(2)
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('at the confirmation shows it again', async () => {
    const tab = openTab()
    await tab.travel()
    await tab.reload()
    expect(tab.state.status).toBe('confirming')
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 42: in the middle of the run says that it may have been done, and never runs it again', async () => {
    const tab = openTab({ run: () => new Promise(() => {}) })
    await tab.travel()
    void tab.confirm()
    await settle()
    expect(tab.state.status).toBe('resuming')
    const outcome = vi.fn()
    await tab.reload()
    tab.client.onResumed(tab.deleteProject, outcome)
    await settle()
    expect(tab.state).toMatchObject({
      status: 'resumed',
      outcome: 'unknown',
      items: [{ label: 'Delete project apollo' }],
    })
    expect(outcome.mock.lastCall?.[0]).toMatchObject({ error: { code: 'outcome_unknown' } })
    expect(tab.page.stored).toBeNull()
    await tab.confirm()
    await tab.retry()
    await tab.cancel()
    await tab.reload()
    expect(tab.state.status).toBe('idle')
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 42: of several, only those that had not ended are unknown', async () => {
    const tab = openTab({
      run: ({ id }) => (id === 'slow' ? new Promise(() => {}) : Promise.resolve(id)),
    })
    await tab.press('quick')
    await tab.press('slow')
    await tab.leave()
    await tab.comeBack()
    void tab.confirm()
    await settle()
    await tab.reload()
    expect(tab.state).toMatchObject({ outcome: 'unknown' })
    expect(names(tab)).toEqual(['Delete project slow'])
  })

  test('FAULTS 42: of another person’s page tells them nothing', async () => {
    const tab = openTab({ run: () => new Promise(() => {}) })
    await tab.travel()
    void tab.confirm()
    await settle()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await tab.reload()
    expect(JSON.stringify(tab.state)).not.toContain('apollo')
  })
})

describe('out of the back/forward cache', () => {
  test('FAULTS 33: a confirmation that a later page has run is not run again', async () => {
    const tab = openTab()
    await tab.travel()
    const old = { client: tab.client, page: tab.page }
    await tab.reload()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
    old.page.stored = tab.page.stored
    old.page.wake(true)
    await old.client.controls.confirm()
    await settle()
    expect(tab.run).toHaveBeenCalledOnce()
    expect(old.client.getState()).toMatchObject({ status: 'resumed', outcome: 'elsewhere' })
  })

  test('FAULTS 33: nor is it run where its caller was told that it was given up', async () => {
    const tab = openTab()
    await tab.travel()
    tab.page.stored = JSON.stringify({ ...tab.record, actions: [], phase: 'cancelled' })
    await tab.confirm()
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 33: an offer to try again that a later page took up is not taken up twice', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.comeBackWith('access_denied')
    const old = { client: tab.client, page: tab.page }
    await tab.reload(HOME)
    await tab.retry()
    await tab.comeBack()
    await tab.confirm()
    old.page.stored = tab.page.stored
    await old.client.controls.retry()
    await settle()
    expect(old.client.getState()).toMatchObject({ status: 'resumed', outcome: 'elsewhere' })
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 33: what was fresh an hour ago is not fresh any more', async () => {
    const tab = openTab()
    tab.adapter.age(10)
    await settle()
    expect(tab.client.getFreshness(300).fresh).toBe(true)
    tab.clock.setWall(tab.clock.now().wall + HOUR)
    tab.page.wake(true)
    expect(tab.client.getFreshness(300)).toEqual({ fresh: false, reason: 'stale' })
  })
})

describe('FAULTS 6: another person comes back', () => {
  test.each([
    ['another subject', { subject: 'bob' }],
    ['another issuer', { issuer: 'https://evil.test' }],
  ])(
    'FAULTS 6: %s: said plainly, the record is gone, nothing of it is shown',
    async (_, change) => {
      const navigate = vi.fn()
      const tab = openTab({ navigate })
      await tab.press()
      await tab.leave()
      await tab.comeBack(change)
      expect(tab.state).toMatchObject({
        status: 'failed',
        retry: true,
        error: { code: 'wrong_account' },
        items: [],
      })
      expect(JSON.stringify(tab.state)).not.toContain('apollo')
      expect(navigate).not.toHaveBeenCalled()
      expect(tab.page.url().href).toBe('https://app.test/callback')
      expect(tab.page.stored).toBeNull()
      await tab.reload()
      expect(tab.run).not.toHaveBeenCalled()
    },
  )

  test('the first person may sign in again, and finds nothing that waits', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.comeBack({ subject: 'bob' })
    await tab.retry()
    expect(tab.adapter.trips).toHaveLength(2)
    expect(tab.adapter.trips[1]).toMatchObject({ prompt: 'login' })
    expect(tab.record).toMatchObject({ subject: 'ada', actions: [] })
    tab.clock.advance(5)
    await tab.comeBack({ subject: 'ada' })
    expect(tab.state.status).toBe('idle')
    expect(tab.page.stored).toBeNull()
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('an adapter that never tells how to sign in again: said after 30 seconds', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.comeBack({ subject: 'bob' })
    tab.adapter.methods = () => new Promise(() => {})
    void tab.retry()
    await settle()
    expect(tab.state.status).toBe('returning')
    tab.clock.advance(30)
    await settle()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'network' } })
  })

  test('nobody comes back: what waits is kept, unseen, for whoever signs in again', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const { authentication } = tab.adapter
    tab.adapter.authentication = null
    await tab.comeBack()
    expect(tab.state).toMatchObject({
      status: 'failed',
      items: [],
      retry: true,
      error: { code: 'signed_out' },
    })
    tab.adapter.authentication = authentication
    await settle()
    expect(tab.state).toMatchObject({ items: [{ label: 'Delete project apollo' }] })
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('nobody comes back, and then somebody else signs in: the record is gone', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const { authentication } = tab.adapter
    tab.adapter.authentication = null
    await tab.comeBack()
    tab.adapter.authentication = { ...authentication!, subject: 'bob' }
    await settle()
    expect(tab.state).toMatchObject({
      status: 'failed',
      items: [],
      error: { code: 'wrong_account' },
    })
    expect(tab.page.stored).toBeNull()
  })
})

describe('FAULTS 15: the provider answers with an error', () => {
  test.each([
    ['access_denied', 'cancelled'],
    ['login_required', 'provider_error'],
    ['interaction_required', 'provider_error'],
    ['server_error', 'provider_error'],
    ['temporarily_unavailable', 'provider_error'],
  ])('FAULTS 15: %s offers it again, and again it works', async (code, told) => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.comeBackWith(code)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, error: { code: told } })
    expect(names(tab)).toEqual(['Delete project apollo'])
    expect(tab.page.stored).not.toBeNull()
    expect(tab.page.url().href).toBe(HOME)
    await tab.retry()
    expect(tab.state).toMatchObject({ status: 'leaving', attempt: 1 })
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 15: an SDK that throws at an error response: what the address says counts', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.adapter.complete = () => Promise.reject(new Error('invalid response'))
    await tab.comeBackWith('access_denied')
    expect(tab.state).toMatchObject({ retry: true, error: { code: 'cancelled' } })
  })

  test('an SDK that does it all by itself needs no `complete`', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    Object.assign(tab.adapter, { complete: undefined })
    tab.clock.advance(5)
    const now = tab.clock.now().wall
    tab.adapter.authentication = { ...tab.adapter.authentication!, authTime: now, issuedAt: now }
    await tab.reload(tab.adapter.returnUrl())
    expect(tab.state).toMatchObject({ status: 'confirming', items: { length: 1 } })
  })

  test.each([
    ['unmet_authentication_requirements', 'insufficient_acr'],
    ['invalid_scope', 'provider_error'],
    ['<img src=x onerror=alert(1)>', 'provider_error'],
  ])('FAULTS 15: %s refuses it and clears the record', async (code, told) => {
    const tab = openTab()
    const outcome = vi.fn()
    await tab.press()
    await tab.leave()
    await tab.comeBackWith(code)
    tab.client.onResumed(tab.deleteProject, outcome)
    expect(tab.state).toMatchObject({ status: 'failed', retry: false, error: { code: told } })
    expect(tab.page.stored).toBeNull()
    await tab.cancel()
    expect(outcome.mock.lastCall?.[0]).toMatchObject({ error: { code: told } })
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 15: what the provider says is never in our words, only in the cause', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const peek = tab.adapter.peek!.bind(tab.adapter)
    tab.adapter.peek = (url) => {
      const answer = peek(url)
      return (
        answer && { ...answer, error: { code: 'server_error', description: '<b>Call 555</b>' } }
      )
    }
    await tab.comeBackWith('server_error')
    const { state } = tab
    if (state.status !== 'failed') throw new Error('it failed')
    expect(state.error.message).not.toContain('555')
    expect((state.error.cause as Error).message).toContain('<b>Call 555</b>')
  })

  test('FAULTS 15: an SDK that throws at an error answer does not hide the error', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.adapter.complete = () => Promise.reject(new Error('access_denied'))
    await tab.comeBackWith('access_denied')
    expect(tab.state).toMatchObject({
      status: 'failed',
      error: { code: 'cancelled', reason: 'provider' },
    })
  })

  test('FAULTS 15: giving up after one rejects the action once', async () => {
    const tab = openTab()
    const outcome = vi.fn()
    await tab.press()
    await tab.leave()
    await tab.comeBackWith('access_denied')
    tab.client.onResumed(tab.deleteProject, outcome)
    await tab.cancel()
    await tab.cancel()
    expect(outcome).toHaveBeenCalledOnce()
    expect(tab.page.stored).toBeNull()
  })

  test('FAULTS 2: invalid_request to max_age=0 is asked once more with prompt=login and max_age=1', async () => {
    const tab = openTab({ requirement: 0 })
    await tab.press()
    await tab.leave()
    await tab.comeBackWith('invalid_request')
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    await tab.retry()
    expect(tab.adapter.trips[1]).toMatchObject({ prompt: 'login', maxAge: 1 })
    await tab.comeBackWith('invalid_request')
    expect(tab.state).toMatchObject({ status: 'failed', retry: false })
    expect(tab.page.stored).toBeNull()
    expect(tab.run).not.toHaveBeenCalled()
  })
})

describe('FAULTS 1: the provider returns the old authentication', () => {
  test('FAULTS 1: one second try with prompt=login, then `still_stale`', async () => {
    const tab = openTab({ requirement: 0 })
    const outcome = vi.fn()
    await tab.press()
    await tab.leave()
    await tab.reload(tab.adapter.returnUrl())
    expect(tab.state).toMatchObject({
      status: 'failed',
      retry: true,
      error: { code: 'still_stale' },
    })
    await tab.retry()
    expect(tab.state).toMatchObject({ status: 'leaving', attempt: 2 })
    expect(tab.adapter.trips[1]).toMatchObject({ prompt: 'login', maxAge: 1 })
    expect(tab.record).toMatchObject({ attempt: 2 })
    await tab.reload(tab.adapter.returnUrl())
    tab.client.onResumed(tab.deleteProject, outcome)
    expect(tab.state).toMatchObject({
      status: 'failed',
      retry: false,
      error: { code: 'still_stale' },
    })
    expect(tab.page.stored).toBeNull()
    await tab.retry()
    await tab.cancel()
    expect(outcome.mock.lastCall?.[0]).toMatchObject({ error: { code: 'still_stale' } })
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 1: at the second try a real authentication does', async () => {
    const tab = openTab({ requirement: 0 })
    await tab.press()
    await tab.leave()
    await tab.reload(tab.adapter.returnUrl())
    await tab.retry()
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 24: a level that the provider ignores is `insufficient_acr` at once', async () => {
    const tab = openTab({ requirement: { acrValues: ['mfa'] } })
    await tab.press()
    await tab.leave()
    await tab.comeBack({ acr: 'pwd' })
    expect(tab.state).toMatchObject({
      status: 'failed',
      retry: false,
      error: { code: 'insufficient_acr' },
    })
    expect(tab.page.stored).toBeNull()
  })
})

describe('the connection is lost on the way back', () => {
  test('nobody is known: the record waits, unseen, and trying again finds it', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const { getAuthentication } = tab.adapter
    tab.adapter.getAuthentication = () => Promise.reject(new Error('offline'))
    await tab.comeBack()
    expect(tab.state).toMatchObject({
      status: 'failed',
      retry: true,
      error: { code: 'network' },
      items: [],
    })
    expect(tab.page.stored).not.toBeNull()
    tab.adapter.getAuthentication = getAuthentication
    await tab.retry()
    expect(tab.state.status).toBe('confirming')
    expect(tab.adapter.completed).toBe(1)
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('FAULTS 37: a code that could not be spent is never spent again: a new trip is offered', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const complete = vi.fn(() => Promise.reject(new Error('500')))
    tab.adapter.complete = complete
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, error: { code: 'network' } })
    await tab.retry()
    expect(complete).toHaveBeenCalledOnce()
    expect(tab.adapter.trips).toHaveLength(2)
  })

  test('FAULTS 37: 30 seconds of silence are an answer too', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.adapter.complete = () => new Promise(() => {})
    await tab.comeBack()
    expect(tab.state.status).toBe('returning')
    tab.clock.advance(30)
    await settle()
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, error: { code: 'network' } })
  })
})

describe('FAULTS 17: what cannot be resumed any more', () => {
  test('FAULTS 17: after ten minutes', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.clock.advance(600)
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'failed', retry: false, error: { code: 'expired' } })
    expect(tab.page.stored).toBeNull()
  })

  test('FAULTS 17: an action that the app does not know any more', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    tab.release([])
    await tab.comeBack()
    expect(tab.state).toMatchObject({
      status: 'failed',
      retry: false,
      error: { code: 'not_resumable' },
    })
    expect(tab.page.stored).toBeNull()
  })

  test('FAULTS 17: variables that do not fit the schema of today', async () => {
    const tab = openTab()
    const run = vi.fn()
    await tab.press()
    await tab.leave()
    const today = defineAction({
      id: 'project.delete',
      requirement: 300,
      schema: v.object({ projectId: v.string() }),
      run,
      describe: () => 'Delete',
    })
    tab.release([today])
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'not_resumable' } })
    expect(tab.page.stored).toBeNull()
    await tab.confirm()
    expect(run).not.toHaveBeenCalled()
  })

  test('FAULTS 17: of several, those that can still be resumed are', async () => {
    const rename = defineAction({
      id: 'rename',
      requirement: 300,
      run: () => 'renamed',
      describe: () => 'Rename',
    })
    const tab = openTab({ more: [rename] })
    const outcome = vi.fn()
    void follow(tab.client.requireFreshAuth()(rename))
    await tab.press()
    await tab.leave()
    tab.release([tab.deleteProject])
    await tab.comeBack()
    tab.client.onResumed(rename, outcome)
    await settle()
    expect(names(tab)).toEqual(['Delete project apollo', 'Rename'])
    expect(outcome.mock.lastCall?.[0]).toMatchObject({ error: { code: 'not_resumable' } })
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })
})

describe('FAULTS 43: several actions, one trip', () => {
  test('FAULTS 43: all come back in one list, and run at one click', async () => {
    const tab = openTab()
    await tab.press('a')
    await tab.press('b')
    await tab.press('c')
    await tab.leave()
    await tab.comeBack()
    expect(names(tab)).toEqual(['Delete project a', 'Delete project b', 'Delete project c'])
    await tab.confirm()
    expect(tab.run.mock.calls.map(([{ id }]) => id)).toEqual(['a', 'b', 'c'])
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
    expect(tab.page.stored).toBeNull()
  })

  test('FAULTS 43: those that need a proof of their own are asked for one after it', async () => {
    const tab = openTab({ requirement: 0 })
    await tab.press('a')
    await tab.press('b')
    await tab.leave()
    await tab.comeBack()
    expect(names(tab)).toEqual(['Delete project a', 'Delete project b'])
    await tab.confirm()
    expect(tab.run.mock.calls.map(([{ id }]) => id)).toEqual(['a'])
    expect(tab.state.status).toBe('leaving')
    tab.clock.advance(5)
    await tab.comeBack()
    expect(names(tab)).toEqual(['Delete project b'])
    await tab.confirm()
    expect(tab.run.mock.calls.map(([{ id }]) => id)).toEqual(['a', 'b'])
    expect(tab.page.stored).toBeNull()
  })

  test('FAULTS 43: what proved the first of them does not prove the second', async () => {
    const tab = openTab({ requirement: 0 })
    await tab.press('a')
    await tab.press('b')
    await tab.leave()
    await tab.comeBack()
    await tab.confirm()
    await tab.reload(tab.adapter.returnUrl())
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'still_stale' } })
    expect(tab.run.mock.calls.map(([{ id }]) => id)).toEqual(['a'])
  })

  test('FAULTS 43: one that fails does not keep the others from running', async () => {
    const tab = openTab({ run: ({ id }) => (id === 'a' ? Promise.reject(new Error('409')) : id) })
    await tab.press('a')
    await tab.press('b')
    await tab.leave()
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledTimes(2)
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
  })
})

describe('a function', () => {
  test('cannot come back: the person is in its place, and told to press again', async () => {
    const tab = openTab()
    const run = vi.fn()
    await tab.pressClosure(300, run)
    await tab.leave()
    await tab.comeBack()
    expect(tab.state).toMatchObject({
      status: 'confirming',
      items: [{ label: null, kind: 'press_again' }],
      returnTo: '/projects?tab=1#top',
    })
    expect(tab.page.url().href).toBe(HOME)
    await tab.confirm()
    expect(run).not.toHaveBeenCalled()
    expect(tab.page.stored).toBeNull()
    await tab.cancel()
    const again = await tab.pressClosure(300, run)
    expect(again.status).toBe('done')
    expect(run).toHaveBeenCalledOnce()
  })
})

describe('outcomes', () => {
  test('are kept until somebody asks, and told once to all who ask then', async () => {
    const tab = openTab()
    await tab.travel()
    await tab.confirm()
    const [first, second] = [vi.fn(), vi.fn()]
    tab.client.onResumed(tab.deleteProject, first)
    tab.client.onResumed(tab.deleteProject, second)
    await settle()
    const late = vi.fn()
    tab.client.onResumed(tab.deleteProject, late)
    await settle()
    const outcome = [{ data: { deleted: 'apollo' } }, { id: 'apollo' }] as const
    expect(first).toHaveBeenCalledExactlyOnceWith(...outcome)
    expect(second).toHaveBeenCalledExactlyOnceWith(...outcome)
    expect(late).not.toHaveBeenCalled()
  })

  test('are told to whoever listens then, and to nobody who has left', async () => {
    const tab = openTab()
    await tab.travel()
    const [stays, leaves] = [vi.fn(), vi.fn()]
    tab.client.onResumed(tab.deleteProject, stays)
    tab.client.onResumed(tab.deleteProject, leaves)()
    await tab.confirm()
    expect(stays).toHaveBeenCalledOnce()
    expect(leaves).not.toHaveBeenCalled()
  })

  test('a handler that throws does not leave the dialog running for ever', async () => {
    const tab = openTab()
    const unhandled = vi.fn()
    process.once('unhandledRejection', unhandled)
    await tab.travel()
    tab.client.onResumed(tab.deleteProject, () => {
      throw new Error('of the app')
    })
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
    expect(tab.page.stored).toBeNull()
    expect(unhandled).toHaveBeenCalledOnce()
  })
})

describe('calls of the new page, while something comes back', () => {
  test('wait for their turn', async () => {
    const tab = openTab()
    await tab.travel()
    tab.clock.advance(301)
    tab.offerPassword()
    const call = await tab.press('gemini')
    expect(tab.state.status).toBe('confirming')
    expect(call.status).toBe('open')
    await tab.cancel()
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', waiting: { length: 1 } })
    await tab.submit()
    expect(call.status).toBe('done')
    expect(tab.run.mock.calls.map(([{ id }]) => id)).toEqual(['gemini'])
  })

  test('also where their dialog was being prepared when it came back', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.reload(tab.adapter.returnUrl())
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    const { getAuthentication, offered } = tab.adapter
    let answer: (() => void) | undefined
    // The list of methods is still on its way when trying again takes the screen.
    tab.adapter.methods = async () => {
      await new Promise<void>((resolve) => (answer = resolve))
      return offered
    }
    await tab.cancel()
    const call = await tab.press('gemini')
    expect(tab.state.status).toBe('idle')
    answer?.()
    await settle()
    expect(tab.state.status).toBe('prompting')
    expect(call.status).toBe('open')
    tab.adapter.getAuthentication = getAuthentication
  })
})
