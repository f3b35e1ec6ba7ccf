import { describe, expect, test, vi } from 'vitest'
import { defineAction } from 'react-step-up'
import { challenged, follow, HOME, HOUR, openTab, settle } from './tab.js'

const CALLBACK = 'https://app.test/auth/callback'

describe('a frame of the same app', () => {
  test('that a silent renewal loads, with another answer in its address, takes nothing up', async () => {
    const tab = openTab()
    await tab.travel()
    const { record } = tab
    tab.adapter.authentication = null
    const frame = openTab({
      url: `${CALLBACK}?error=login_required&state=abc`,
      framed: true,
      authentication: null,
    })
    frame.page.stored = tab.page.stored
    await frame.reload()
    expect(frame.state.status).toBe('idle')
    expect(frame.record).toEqual(record)
  })
})

describe('a page without a dialog', () => {
  test('neither holds up later calls nor loses what came back', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const tab = openTab({ dialog: false })
    const attached = tab.client.attachDialog()
    await tab.press()
    await tab.leave()
    attached()
    await tab.comeBack()
    expect(tab.state.status).toBe('confirming')
    const call = await tab.pressClosure({ acrValues: ['mfa'] })
    expect(call.status).toBe('open')
    tab.clock.advance(30)
    await settle()
    tab.clock.advance(0)
    await settle()
    expect(call.status).toBe('no_dialog')
    expect(tab.record).toMatchObject({ phase: 'returned' })
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('waits for a reload'))
    warn.mockRestore()
  })
})

describe('a resumed action that the server challenges again', () => {
  const refuseOnce = () => {
    let asked = 0
    return () => (++asked === 1 ? challenged(60) : 'deleted')
  }

  test('is offered again by a reload', async () => {
    const tab = openTab({ run: refuseOnce() })
    await tab.travel()
    await tab.confirm()
    expect(tab.state.status).toBe('prompting')
    expect(tab.record).toMatchObject({ phase: 'leaving', actions: [{ id: 'project.delete' }] })
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true, items: [{ kind: 'run' }] })
  })

  test('and is gone from storage before it runs once more', async () => {
    const stored: (string | null)[] = []
    const asked = refuseOnce()
    const tab = openTab({
      run() {
        stored.push(tab.page.stored)
        return asked()
      },
    })
    await tab.travel()
    await tab.confirm()
    await tab.leave()
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledTimes(2)
    expect(JSON.parse(stored[1] ?? 'null')).toMatchObject({ phase: 'claimed' })
    expect(tab.record).toBeNull()
  })
})

test('what was left for a reload comes along on the next trip', async () => {
  const rename = defineAction({
    id: 'rename',
    requirement: 60,
    run: () => 'renamed',
    describe: () => 'Rename',
  })
  const tab = openTab({ more: [rename] })
  await tab.travel()
  tab.client.dialogFailed(new Error('Failed to fetch'))
  await settle()
  tab.clock.advance(120)
  void follow(tab.client.requireFreshAuth()(rename))
  await settle()
  await tab.leave()
  expect(tab.record).toMatchObject({
    actions: [
      { id: 'rename', asked: true },
      { id: 'project.delete', asked: false },
    ],
  })
  await tab.comeBack()
  expect(tab.state).toMatchObject({
    items: [{ label: 'Rename' }, { label: 'Delete project apollo' }],
  })
  await tab.confirm()
  await settle()
  expect(tab.run).toHaveBeenCalledOnce()
  expect(tab.record).toBeNull()
})

test('FAULTS 33: what a later page is running is not called done, and its claim stays', async () => {
  const tab = openTab()
  await tab.travel()
  const claimed = JSON.stringify({ ...tab.record, phase: 'claimed' })
  tab.page.stored = claimed
  await tab.confirm()
  expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'unknown' })
  expect(tab.page.stored).toBe(claimed)
  expect(tab.run).not.toHaveBeenCalled()
})

describe('a call made while something comes back', () => {
  test('is let through after it, without being asked again', async () => {
    const tab = openTab()
    await tab.travel()
    const call = await tab.pressClosure({ maxAge: 300, acrValues: ['mfa'] })
    tab.adapter.authentication = { ...tab.adapter.authentication!, acr: 'mfa' }
    await tab.confirm()
    await tab.cancel()
    expect(call).toMatchObject({ status: 'done', value: 'ran' })
    expect(tab.state.status).toBe('idle')
  })
})

describe('nobody is left on the callback address', () => {
  const wrongAccount = async (navigate = vi.fn()) => {
    const tab = openTab({ navigate })
    await tab.press()
    await tab.leave()
    tab.clock.advance(5)
    tab.adapter.signInAtProvider({ subject: 'bob' })
    const { search } = new URL(tab.adapter.returnUrl())
    await tab.reload(CALLBACK + search)
    return { tab, navigate }
  }

  test('after somebody else came back, closing leads to the app', async () => {
    const { tab, navigate } = await wrongAccount()
    expect(tab.state).toMatchObject({ error: { code: 'wrong_account' } })
    expect(navigate).not.toHaveBeenCalled()
    await tab.cancel()
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/auth/', { replace: true })
  })

  test('the first person, signed in again, is where they were', async () => {
    const { tab, navigate } = await wrongAccount()
    await tab.retry()
    tab.clock.advance(5)
    tab.adapter.signInAtProvider({ subject: 'ada' })
    await tab.reload(tab.adapter.returnUrl())
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/projects?tab=1#top', { replace: true })
    expect(tab.state.status).toBe('idle')
    expect(tab.record).toBeNull()
  })

  test('"try again" with nothing to do closes', async () => {
    const { tab } = await wrongAccount()
    await tab.retry()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'ada' }
    await tab.comeBackWith('access_denied')
    await tab.retry()
    expect(tab.state.status).toBe('idle')
    expect(tab.record).toBeNull()
  })
})

test('a download during a run that fails later is not mistaken for leaving', async () => {
  let fail: (error: Error) => void = () => undefined
  const tab = openTab({
    run: () =>
      new Promise((_, reject) => {
        fail = reject
      }),
  })
  await tab.travel()
  void tab.confirm()
  await settle()
  tab.page.beginLeaving()
  tab.clock.advance(HOUR)
  fail(new Error('No'))
  await settle()
  expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
  expect(tab.record).toBeNull()
})

test.each([
  ['NaN', { recordLifetime: NaN }],
  ['negative', { network: -1 }],
  ['endless', { skew: 1e9 }],
])('a limit that is %s is a TypeError', (_, limits) => {
  expect(() => openTab({ limits })).toThrow(TypeError)
})

test('a limit that is undefined is the default', async () => {
  const tab = openTab({ limits: { skew: undefined } as never })
  tab.adapter.age(10)
  await settle()
  expect(tab.client.getFreshness(300).fresh).toBe(true)
})

test('an abort is heard while the first read hangs', async () => {
  const tab = openTab()
  vi.spyOn(tab.adapter, 'getAuthentication').mockReturnValue(new Promise(() => undefined))
  await tab.reload(HOME)
  const controller = new AbortController()
  const { signal } = controller
  const call = follow(tab.client.requireFreshAuth(300)(() => 'ran', { signal }))
  await settle()
  controller.abort()
  await settle()
  expect(call.status).toBe('aborted')
})

test('what will not run is listed beside what will', async () => {
  const pay = defineAction({
    id: 'pay',
    requirement: { acrValues: ['mfa'] },
    run: () => 'paid',
    describe: () => 'Pay 100',
  })
  const tab = openTab({ more: [pay] })
  await tab.press()
  void follow(tab.client.requireFreshAuth()(pay))
  await settle()
  await tab.leave()
  await tab.comeBack()
  expect(tab.state).toMatchObject({
    status: 'confirming',
    items: [
      { label: 'Delete project apollo', kind: 'run' },
      { label: 'Pay 100', kind: 'refused' },
    ],
  })
})

test('a bare call asks for the proof alone: after the trip there is nothing to press', async () => {
  const tab = openTab()
  void follow(tab.client.requireFreshAuth(300)())
  await settle()
  expect(tab.state).toMatchObject({ waiting: [{ resumable: true }] })
  await tab.leave()
  await tab.comeBack()
  expect(tab.state.status).toBe('idle')
  expect(tab.record).toBeNull()
  expect(tab.page.url().href).toBe(HOME)
})
