import { describe, expect, test, vi } from 'vitest'
import type { StepUpClientOptions } from 'react-step-up'
import { createStepUpClient, defineAction } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import { createClient } from '../../src/core/client.js'
import { createStore } from '../../src/core/store.js'
import { HOME, openTab, settle } from './tab.js'

const CALLBACK = 'https://app.test/callback'

const make = (options: Partial<StepUpClientOptions> = {}) =>
  createStepUpClient({
    adapter: createFakeAdapter(),
    environment: createFakeEnvironment(),
    ...options,
  })
const action = (id: string) =>
  defineAction({ id, requirement: 300, run: () => 'ran', describe: () => 'Run' })

describe('before anybody has waited', () => {
  test('controls have nothing to do', async () => {
    const { controls, dialogFailed, getState } = make()
    controls.choose(null)
    controls.leave('tab')
    controls.cancel()
    dialogFailed(new Error('Failed to fetch'))
    const all = [controls.send(), controls.submit({}), controls.confirm(), controls.retry()]
    expect(await Promise.all(all)).toEqual(Array(4).fill(undefined))
    expect(getState()).toEqual({ status: 'idle' })
  })

  test('a start does not ask again what a call before it has asked', async () => {
    const adapter = createFakeAdapter()
    const ask = vi.spyOn(adapter, 'getAuthentication')
    const client = make({ adapter })
    expect(await client.requireFreshAuth(300)(() => 'ran')).toBe('ran')
    client.start()
    await settle()
    expect(ask).toHaveBeenCalledOnce()
  })
})

describe('a TypeError names', () => {
  test('the limit', () => {
    expect(() => make({ limits: { network: 3601 } })).toThrow('limits.network is 3601')
  })
  test('what makes actions', () => {
    expect(() => make({ actions: [{ id: 'x' } as never] })).toThrow('defineAction')
  })
  test('the action that is there twice', () => {
    expect(() => make({ actions: [action('pay'), action('pay')] })).toThrow('"pay"')
  })
})

test.each([0, 3600])('a limit may be %i seconds', (skew) => {
  expect(() => make({ limits: { skew } })).not.toThrow()
})

test('a dialog that leaves twice takes no other with it', async () => {
  const tab = openTab({ dialog: false })
  const first = tab.client.attachDialog()
  tab.client.attachDialog()
  first()
  first()
  const call = await tab.press()
  tab.clock.advance(30)
  await settle()
  expect(call.status).toBe('open')
  expect(tab.state.status).toBe('prompting')
})

describe('a listener', () => {
  test('that has left hears nothing', async () => {
    const tab = openTab()
    const listener = vi.fn()
    tab.client.subscribe(listener)()
    await tab.press()
    expect(tab.state.status).toBe('prompting')
    expect(listener).not.toHaveBeenCalled()
  })

  test('hears nothing of a move that leads nowhere', () => {
    const { getState, set, subscribe } = createStore()
    const listener = vi.fn()
    subscribe(listener)
    set(getState(), { type: 'closed' })
    expect(listener).not.toHaveBeenCalled()
    set({ ...getState() }, { type: 'closed' })
    expect(listener).toHaveBeenCalledOnce()
  })
})

describe('what was left in the middle is taken up', () => {
  test.each([
    ['in a frame that nobody’s answer was sent to', HOME, true],
    ['at the answer to an ordinary sign-in', `${CALLBACK}?code=1&state=of-the-sdk`, false],
  ])('%s', async (_, url, framed) => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const other = openTab({ url, framed })
    other.page.stored = tab.page.stored
    await other.reload(url)
    expect(other.state).toMatchObject({ items: [{ label: 'Delete project apollo' }] })
  })

  test('by a reload, where it cannot be loaded now: the developer is told', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const clock = createFakeClock()
    const tab = openTab()
    await tab.press()
    await tab.leave()
    const { stored } = tab.page
    const page = createFakeEnvironment({ clock, url: HOME })
    page.stored = stored
    const whole = () => Promise.reject(new Error('The rest of the page is gone.'))
    const client = createClient({
      adapter: createFakeAdapter({ clock }),
      environment: Object.assign(page, { whole }),
    })
    client.start()
    await settle()
    expect(client.getState().status).toBe('idle')
    expect(page.stored).toBe(stored)
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('What came back waits for a reload.'),
    )
    warn.mockRestore()
  })
})
