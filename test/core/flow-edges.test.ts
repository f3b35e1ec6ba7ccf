import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HOME, openTab, settle } from './tab.js'

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('a page without a dialog', () => {
  const open = async (run?: () => unknown) => {
    const tab = openTab({ dialog: false, ...(run && { run }) })
    const detach = tab.client.attachDialog()
    await tab.press()
    await tab.leave()
    detach()
    await tab.comeBack()
    return tab
  }

  test('counts each answer’s time by itself, and leaves the last for nobody', async () => {
    const tab = await open(() => Promise.reject(new Error('No')))
    expect(tab.state.status).toBe('confirming')
    tab.clock.advance(20)
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
    tab.clock.advance(10)
    await settle()
    expect(tab.state.status).toBe('resumed')
    tab.clock.advance(20)
    await settle()
    expect(tab.state.status).toBe('idle')
  })

  test('expects none where there is nothing to show', async () => {
    const tab = openTab({ dialog: false })
    tab.client.preload()
    await settle()
    tab.client.attachDialog()()
    expect(tab.clock.pending).toBe(0)
  })

  test('expects none while what came back is running', async () => {
    const tab = await open(() => new Promise(() => undefined))
    void tab.confirm()
    await settle()
    expect(tab.state.status).toBe('resuming')
    const { pending } = tab.clock
    tab.client.attachDialog()()
    expect(tab.clock.pending).toBe(pending)
  })
})

describe('the method that leads next time', () => {
  const open = () => {
    const tab = openTab()
    const { passkey, password, trip } = tab.adapter
    tab.adapter.offered = [password, passkey, trip]
    Object.assign(tab.adapter, { unordered: true })
    const first = () => ('methods' in tab.state ? tab.state.methods[0]?.id : null)
    return { tab, first, passkey, trip }
  }

  test('is none that was only looked at', async () => {
    const { tab, first, passkey } = open()
    await tab.press()
    tab.client.controls.choose(passkey)
    await tab.cancel()
    await tab.press()
    expect(first()).toBe('password')
  })

  test('is the one that the page was left for', async () => {
    const { tab, first, trip } = open()
    await tab.press()
    tab.client.controls.choose(trip)
    await tab.leave()
    await tab.comeBackWith('access_denied')
    await tab.cancel()
    await tab.press()
    expect(first()).toBe(trip.id)
  })
})

test('what came back where the address cannot be changed is said to have failed, and why', async () => {
  const tab = openTab()
  await tab.press()
  await tab.leave()
  tab.clock.advance(5)
  tab.adapter.signInAtProvider()
  const left = tab.page
  const { reload } = left
  left.reload = (url) =>
    Object.assign(reload(url), {
      replaceUrl() {
        throw new DOMException('Too many calls to Location or History APIs', 'SecurityError')
      },
    })
  await tab.reload(tab.adapter.returnUrl())
  expect(tab.state).toMatchObject({
    status: 'failed',
    retry: false,
    error: { code: 'provider_error', cause: { name: 'SecurityError' } },
  })
  expect(tab.run).not.toHaveBeenCalled()
})

test('a router that throws keeps nobody from where they were', async () => {
  const navigate = vi.fn(() => {
    throw new Error('No route')
  })
  const tab = openTab({ navigate })
  await tab.travel()
  expect(navigate).toHaveBeenCalledOnce()
  expect(tab.page.url().href).toBe(HOME)
  expect(tab.state.status).toBe('confirming')
})
