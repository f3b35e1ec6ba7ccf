import { describe, expect, test, vi } from 'vitest'
import { HOUR, openTab, settle } from './tab.js'

describe('FAULTS 32: another tab', () => {
  async function waiting() {
    const tab = openTab()
    const call = await tab.press()
    const other = tab.page.openTab()
    const notice = vi.spyOn(tab.adapter, 'getAuthentication')
    return { tab, call, other, notice }
  }

  test('signs out: what waits here is rejected', async () => {
    const { tab, call, other, notice } = await waiting()
    notice.mockReturnValue(null)
    other.tabs.post('react-step-up')
    await settle()
    expect(call.status).toBe('signed_out')
    expect(tab.state.status).toBe('idle')
  })

  test('signs in as somebody else: what waits here is rejected', async () => {
    const { tab, call, other, notice } = await waiting()
    notice.mockReturnValue({ ...tab.adapter.authentication!, subject: 'bob' })
    other.tabs.post('react-step-up')
    await settle()
    expect(call.status).toBe('wrong_account')
  })

  test('proves it: the next call here needs no dialog', async () => {
    const { tab, other, notice } = await waiting()
    await tab.cancel()
    const now = tab.clock.now().wall
    notice.mockReturnValue({ ...tab.adapter.authentication!, authTime: now, issuedAt: now })
    other.tabs.post('react-step-up')
    await settle()
    expect(tab.client.getFreshness(300)).toEqual({ fresh: true, reason: null })
  })

  test.each([
    ['nothing', undefined],
    ['that it is fresh', JSON.stringify({ authTime: 1_900_000_000, fresh: true })],
    ['anything', '\u0000<script>'],
  ])('a forged message that says %s raises nothing', async (_, message) => {
    const { tab, call, other } = await waiting()
    other.tabs.post('react-step-up', message)
    await settle()
    expect(call.status).toBe('open')
    expect(tab.state.status).toBe('prompting')
    expect(tab.client.getFreshness(300)).toEqual({ fresh: false, reason: 'stale' })
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('a flood of messages is answered by two readings', async () => {
    const { other, notice } = await waiting()
    notice.mockClear()
    for (let i = 0; i < 1000; i++) other.tabs.post('react-step-up')
    await settle()
    expect(notice.mock.calls.length).toBeLessThanOrEqual(2)
  })

  test('a message that comes after the page has stopped is not heard', async () => {
    const { tab, other, notice } = await waiting()
    const stop = tab.client.start()
    await settle()
    stop()
    await tab.reload('https://app.test/')
    const reading = notice.mock.calls.length
    other.tabs.post('react-step-up')
    await settle()
    // The page that loaded since hears it, once; the one before does not.
    expect(notice.mock.calls.length - reading).toBe(1)
  })
})

describe('what happens here is told', () => {
  test.each<[string, (tab: ReturnType<typeof openTab>) => void]>([
    ['a sign-out', (tab) => (tab.adapter.authentication = null)],
    [
      'another user',
      (tab) => (tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }),
    ],
    ['a proof', (tab) => tab.adapter.age(0)],
  ])('%s, once, and with nothing in it', async (_, change) => {
    const tab = openTab()
    await settle()
    const hear = vi.fn()
    tab.page.openTab().tabs.listen('react-step-up', hear)
    change(tab)
    await settle()
    expect(hear).toHaveBeenCalledExactlyOnceWith(undefined)
  })

  test('a refreshed token is no news, nor is the first look', async () => {
    const tab = openTab()
    const hear = vi.fn()
    tab.page.openTab().tabs.listen('react-step-up', hear)
    await tab.reload('https://app.test/')
    const { authentication } = tab.adapter
    tab.adapter.authentication = { ...authentication!, issuedAt: tab.clock.now().wall }
    await settle()
    expect(hear).not.toHaveBeenCalled()
  })

  test('two tabs do not tell each other for ever', async () => {
    const tab = openTab()
    const other = await tab.openTab('https://app.test/')
    await settle()
    const asked = vi.spyOn(tab.adapter, 'getAuthentication')
    tab.adapter.age(10)
    for (let i = 0; i < 5; i++) await settle()
    expect(asked.mock.calls.length).toBeLessThanOrEqual(8)
    expect(other.client.getFreshness(300).fresh).toBe(true)
  })
})

describe('FAULTS 33: a machine that slept', () => {
  test('wakes up stale, though the monotonic clock stood still', async () => {
    const tab = openTab()
    tab.adapter.age(10)
    await settle()
    expect(tab.client.getFreshness(300).fresh).toBe(true)
    const lapsed = vi.fn()
    tab.client.subscribeFreshness(300, lapsed)
    tab.clock.setWall(tab.clock.now().wall + HOUR)
    tab.page.wake(false)
    await settle()
    expect(tab.client.getFreshness(300)).toEqual({ fresh: false, reason: 'stale' })
    expect(lapsed).toHaveBeenCalledOnce()
  })

  test('looks once more: what happened elsewhere may be seen a moment late', async () => {
    const tab = openTab()
    tab.adapter.age(10)
    await settle()
    const seen = vi.spyOn(tab.adapter, 'getAuthentication')
    tab.page.wake(true)
    await settle()
    expect(tab.client.getFreshness(300).fresh).toBe(true)
    seen.mockReturnValue(null)
    tab.clock.advance(1)
    await settle()
    expect(tab.client.getFreshness(300)).toEqual({ fresh: false, reason: 'signed_out' })
    expect(tab.clock.pending).toBe(0)
  })

  test('with a confirmation on the screen: it is judged anew at the click', async () => {
    const tab = openTab()
    await tab.travel()
    tab.clock.setWall(tab.clock.now().wall + 400)
    tab.page.wake(false)
    await settle()
    await tab.confirm()
    expect(tab.run).not.toHaveBeenCalled()
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, error: { code: 'expired' } })
  })
})

describe('FAULTS 9: two step-ups in two tabs', () => {
  test('each comes back to its own', async () => {
    const first = openTab()
    const second = await first.openTab('https://app.test/billing')
    const run = second.client.requireFreshAuth(300)
    const [call] = [
      first.press('apollo'),
      run(first.deleteProject, { id: 'gemini' }).catch(() => {}),
    ]
    await call
    await first.leave()
    const mine = first.adapter.returnUrl()
    second.client.controls.leave('tab')
    await settle()
    const theirs = first.adapter.returnUrl()
    expect(mine).not.toBe(theirs)
    first.adapter.signInAtProvider()
    // The second tab's way back, opened in the first.
    await first.reload(theirs)
    expect(first.state).toMatchObject({
      status: 'failed',
      error: { code: 'cancelled' },
      retry: true,
    })
    expect(first.run).not.toHaveBeenCalled()
    first.adapter.signInAtProvider()
    await first.reload(mine)
    await first.confirm()
    expect(first.run.mock.calls.map(([{ id }]) => id)).toEqual(['apollo'])
  })
})
