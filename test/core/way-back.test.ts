import { beforeAll, describe, expect, test, vi } from 'vitest'
import { defineAction } from 'react-step-up'
import { follow, HOME, HOUR, MINUTE, openTab, settle } from './tab.js'

beforeAll(() => {
  // Of functions that leave; warn.test.ts has what it says.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

const BACK = 'https://app.test/callback'

async function leaveFrom(tab = openTab()) {
  const call = await tab.press()
  await tab.leave()
  return { tab, call }
}

describe('the place', () => {
  test('is left alone by a confirmation that is shown again', async () => {
    const tab = openTab()
    await tab.travel()
    const here = 'https://app.test/orders?page=2'
    await tab.reload(here)
    expect(tab.state.status).toBe('confirming')
    await tab.cancel()
    expect(tab.page.url().href).toBe(here)
  })

  test('is not lost by closing the dialog there', async () => {
    const tab = openTab()
    await tab.travel()
    await tab.cancel()
    expect(tab.page.url().href).toBe(HOME)
  })

  test('an ordinary sign-in, or the app’s own `code`, is left as it is', async () => {
    const tab = openTab()
    await tab.travel()
    const here = 'https://app.test/redeem?code=GIFT&state=of-the-app'
    await tab.reload(here)
    expect(tab.state.status).toBe('confirming')
    expect(tab.page.url().href).toBe(here)
  })

  test('where a router has led the person meanwhile is left alone', async () => {
    const { tab } = await leaveFrom()
    const { complete } = tab.adapter
    tab.adapter.complete = async (url, signal) => {
      await complete?.(url, signal)
      tab.page.replaceUrl('/elsewhere?code=1')
    }
    await tab.comeBack({ subject: 'bob' })
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'wrong_account' } })
    expect(tab.page.url().href).toBe('https://app.test/elsewhere?code=1')
  })

  test('is scrolled to until the dialog is gone, and not where nobody had scrolled', async () => {
    const { tab } = await leaveFrom()
    const stop = vi.fn()
    const scrollTo = vi.fn(() => stop)
    const { reload } = tab.page
    tab.page.reload = (url) => Object.assign(reload(url), { scrollTo })
    await tab.comeBack()
    expect(scrollTo).toHaveBeenCalledExactlyOnceWith([0, 0], '/projects')
    tab.adapter.age(HOUR)
    await settle()
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'expired' } })
    expect(stop).not.toHaveBeenCalled()
    await tab.cancel()
    expect(stop).toHaveBeenCalledOnce()

    const other = (await leaveFrom()).tab
    const { scroll: _, ...record } = other.record!
    other.page.stored = JSON.stringify(record)
    const again = other.page.reload
    other.page.reload = (url) => Object.assign(again(url), { scrollTo })
    await other.comeBack()
    expect(other.state.status).toBe('confirming')
    expect(scrollTo).toHaveBeenCalledOnce()
  })

  test('that nobody knows is the start of the app', async () => {
    const tab = openTab({ url: `${BACK}?code=abc&state=r.${'a'.repeat(43)}` })
    await settle()
    expect(tab.state).toMatchObject({ status: 'failed', items: [], returnTo: '/' })
  })
})

describe('what may be pressed', () => {
  test('confirming what could only be tried again does nothing', async () => {
    const { tab } = await leaveFrom()
    await tab.comeBackWith('access_denied')
    // Proved elsewhere meanwhile.
    tab.adapter.age(0)
    await settle()
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('cancelling while it is being looked at does nothing', async () => {
    const { tab } = await leaveFrom()
    const { complete } = tab.adapter
    let finish: () => void = () => {}
    tab.adapter.complete = async (url, signal) => {
      await new Promise<void>((resolve) => (finish = resolve))
      await complete?.(url, signal)
    }
    await tab.comeBack()
    expect(tab.state.status).toBe('returning')
    await tab.cancel()
    expect(tab.state.status).toBe('returning')
    finish()
    await settle()
    expect(tab.state).toMatchObject({ status: 'confirming', items: { length: 1 } })
  })

  test('cancelling says to whoever listens that the person did', async () => {
    const tab = openTab()
    await tab.travel()
    const told = vi.fn()
    tab.client.onResumed(tab.deleteProject, told)
    await tab.cancel()
    const error = expect.objectContaining({ code: 'cancelled', reason: 'person' }) as Error
    expect(told).toHaveBeenCalledExactlyOnceWith({ error }, { id: 'apollo' })
  })

  test('closing what has failed says nothing a second time', async () => {
    const tab = openTab({ run: () => Promise.reject(new Error('No')) })
    await tab.travel()
    const told = vi.fn()
    tab.client.onResumed(tab.deleteProject, told)
    await tab.confirm()
    await tab.cancel()
    expect(tab.state.status).toBe('idle')
    expect(told).toHaveBeenCalledOnce()
  })

  test('a confirmation that lapsed before a reload begins with a first try', async () => {
    const tab = openTab()
    await tab.travel()
    tab.clock.advance(5 * MINUTE + 1)
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'expired' }, retry: true })
    tab.offerPassword()
    await tab.retry()
    expect(tab.state).toMatchObject({ status: 'prompting', attempt: 1 })
  })

  test('is not asked where all may run by itself, unless something beside it will not', async () => {
    const pay = defineAction({
      id: 'pay',
      requirement: { acrValues: ['mfa'] },
      run: () => 'paid',
      describe: () => 'Pay 100',
      resume: 'auto',
    })
    const tab = openTab({ resume: 'auto', more: [pay] })
    await tab.press()
    void follow(tab.client.requireFreshAuth()(pay))
    await settle()
    await tab.leave()
    await tab.comeBack()
    expect(tab.state).toMatchObject({
      status: 'confirming',
      items: [{ kind: 'run' }, { kind: 'refused' }],
    })
    expect(tab.run).not.toHaveBeenCalled()
  })
})

describe('what was kept', () => {
  test('is there for a reload while it is asked for again', async () => {
    const { tab } = await leaveFrom()
    await tab.comeBackWith('access_denied')
    tab.offerPassword()
    await tab.retry()
    expect(tab.state.status).toBe('prompting')
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, items: { length: 1 } })
  })

  test('FAULTS 33: given up by another page, is swept away by the one that finds out', async () => {
    const tab = openTab()
    await tab.travel()
    tab.page.stored = JSON.stringify({ ...tab.record, actions: [], phase: 'cancelled' })
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'elsewhere' })
    expect(tab.page.stored).toBeNull()
  })

  test('FAULTS 33: an offer that a later page is running is not taken up a second time', async () => {
    const { tab } = await leaveFrom()
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    tab.page.stored = JSON.stringify({ ...tab.record, phase: 'claimed' })
    await tab.retry()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'unknown' })
    expect(tab.page.stored).toContain('claimed')
  })

  test('is not taken for another trip’s, which waits on', async () => {
    const tab = openTab()
    await tab.travel()
    const other = JSON.stringify({ ...tab.record, handle: `r.${'b'.repeat(43)}` })
    tab.page.stored = other
    await tab.cancel()
    expect(tab.page.stored).toBe(other)
  })

  test('FAULTS 20: in a page that can store nothing any more, it says so at the click', async () => {
    const { tab } = await leaveFrom()
    const { reload } = tab.page
    tab.page.reload = (url) => {
      const page = reload(url)
      page.storage.write = () => {
        throw new DOMException('Full.', 'QuotaExceededError')
      }
      return page
    }
    await tab.comeBack()
    expect(tab.state.status).toBe('confirming')
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'storage_unavailable' } })
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 15: a refusal by the token endpoint is the provider’s, not the network’s', async () => {
    const { tab } = await leaveFrom()
    tab.adapter.complete = () =>
      Promise.reject(Object.assign(new Error('No.'), { error: 'invalid_grant' }))
    await tab.comeBack()
    expect(tab.state).toMatchObject({ error: { code: 'provider_error' }, retry: true })
  })
})
