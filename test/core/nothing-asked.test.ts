// What can be pressed, mounted and passed while nothing is asked, and before the part that asks is there.
import { describe, expect, test, vi } from 'vitest'
import { createStepUpClient, defineAction } from 'react-step-up'
import { createFakeAdapter, createFakeEnvironment } from 'react-step-up/testing'
import { MINUTE, openTab, settle } from './tab.js'

const make = (more: object = {}) =>
  createStepUpClient({
    ...{ adapter: createFakeAdapter(), environment: createFakeEnvironment() },
    ...more,
  })

test('every control does nothing, and says so to nobody', async () => {
  const { controls, dialogFailed, getState } = make()
  const method = createFakeAdapter().password
  controls.choose(method)
  controls.leave('tab')
  controls.cancel()
  dialogFailed(new Error('chunk'))
  await expect(controls.send()).resolves.toBeUndefined()
  await expect(controls.submit({ password: 'x' })).resolves.toBeUndefined()
  await expect(controls.confirm()).resolves.toBeUndefined()
  await expect(controls.retry()).resolves.toBeUndefined()
  expect(getState().status).toBe('idle')
})

test('limits reach from none to an hour, and others are named', () => {
  for (const network of [0, 3600]) expect(() => make({ limits: { network } })).not.toThrow()
  for (const network of [-1, 3601, NaN]) {
    expect(() => make({ limits: { network } })).toThrow(/limits\.network is .*3600/)
  }
})

test('actions are what defineAction made, each with an id of its own', () => {
  const action = defineAction({ id: 'x', requirement: 300, run: () => 1, describe: () => 'Do it' })
  expect(() => make({ actions: [{ ...action }] })).toThrow(/defineAction/)
  expect(() => make({ actions: [action, action] })).toThrow(/"x"/)
})

describe('a dialog that is unmounted', () => {
  test('counts once, however often it is taken away', async () => {
    const tab = openTab({ dialog: false })
    tab.offerPassword()
    const [first] = [tab.client.attachDialog(), tab.client.attachDialog()]
    const call = await tab.press()
    expect(tab.state.status).toBe('prompting')
    first()
    first()
    tab.clock.advance(MINUTE)
    await settle()
    // The other is still there.
    expect([call.status, tab.state.status]).toEqual(['open', 'prompting'])
  })

  test('the last one, while somebody waits: they are told, after a moment for another to come', async () => {
    const tab = openTab({ dialog: false })
    tab.offerPassword()
    const leave = tab.client.attachDialog()
    const call = await tab.press()
    tab.clock.advance(1)
    leave()
    tab.clock.advance(29)
    await settle()
    expect(call.status).toBe('open')
    tab.clock.advance(2)
    await settle()
    expect([call.status, tab.state.status]).toEqual(['no_dialog', 'idle'])
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('and where another comes in time, nothing is lost', async () => {
    const tab = openTab({ dialog: false })
    tab.offerPassword()
    tab.client.attachDialog()()
    const leave = tab.client.attachDialog()
    const call = await tab.press()
    leave()
    tab.client.attachDialog()
    tab.clock.advance(MINUTE)
    await settle()
    expect(call.status).toBe('open')
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('with nothing on the screen it leaves nothing behind', async () => {
    const tab = openTab({ dialog: false })
    const leave = tab.client.attachDialog()
    tab.client.preload()
    await settle()
    leave()
    expect(tab.clock.pending).toBe(0)
  })
})

describe('what comes back where no dialog is', () => {
  test('waits for one, and then for a reload, which offers it again', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const tab = openTab({ dialog: false })
    tab.client.attachDialog()
    await tab.press()
    await tab.leave()
    await tab.comeBack()
    expect(tab.state.status).toBe('confirming')
    tab.clock.advance(31)
    await settle()
    expect(tab.state.status).toBe('idle')
    expect(tab.run).not.toHaveBeenCalled()
    await tab.reload()
    tab.client.attachDialog()
    expect(tab.state.status).toBe('confirming')
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
    warn.mockRestore()
  })

  test('a dialog that comes late still shows it', async () => {
    const tab = openTab({ dialog: false })
    tab.client.attachDialog()
    await tab.press()
    await tab.leave()
    await tab.comeBack()
    tab.clock.advance(20)
    tab.client.attachDialog()
    tab.clock.advance(MINUTE)
    await settle()
    expect(tab.state.status).toBe('confirming')
  })

  test('once it has moved on, the wait for a dialog is not about it any more', async () => {
    const tab = openTab({ dialog: false })
    const leave = tab.client.attachDialog()
    await tab.press()
    await tab.leave()
    await tab.comeBack()
    leave()
    tab.client.attachDialog()
    await tab.confirm()
    expect(tab.state.status).toBe('resumed')
    tab.clock.advance(MINUTE)
    await settle()
    expect(tab.state.status).toBe('resumed')
  })
})

test('the way that was used last leads next time, for what is checked in the page and for trips', async () => {
  const tab = openTab()
  Object.assign(tab.adapter, { unordered: true })
  const { password, code, trip } = tab.adapter
  tab.adapter.offered = [password, code, trip]
  const leads = () => ('methods' in tab.state ? tab.state.methods[0]?.id : undefined)
  await tab.press()
  expect(leads()).toBe('password')
  tab.client.controls.choose(code)
  await settle()
  await tab.cancel()
  await tab.press()
  // Looked at is not used.
  expect(leads()).toBe('password')
  tab.client.controls.choose(code)
  await tab.client.controls.send()
  await tab.client.controls.submit({ code: '123456' })
  await settle()
  tab.clock.advance(600)
  await tab.press()
  expect(leads()).toBe('code')
  tab.client.controls.choose(trip)
  await tab.leave()
  await tab.comeBack()
  await tab.confirm()
  await tab.cancel()
  tab.clock.advance(600)
  await tab.press()
  expect(leads()).toBe('provider')
})

test('a router that throws does not keep the address of the provider', async () => {
  const navigate = vi.fn(() => {
    throw new Error('no such route')
  })
  const tab = openTab({ navigate })
  await tab.travel()
  expect(navigate).toHaveBeenCalledOnce()
  expect(tab.page.url().searchParams.has('code')).toBe(false)
  expect(tab.state.status).toBe('confirming')
})
