import { describe, expect, test, vi } from 'vitest'
import type { Method, PasskeyMethod } from 'react-step-up'
import { follow, HOME, HOUR, openTab, settle } from './tab.js'

describe('a dialog that fails or leaves', () => {
  test('FAULTS 46: refuses whoever waits', async () => {
    const tab = openTab()
    const call = await tab.press()
    tab.client.dialogFailed(new Error('Failed to fetch'))
    await settle()
    expect(call).toMatchObject({ status: 'network', error: { cause: expect.any(Error) as Error } })
    expect(tab.state.status).toBe('idle')
  })

  test('leaves what came back for a reload, and the page goes on', async () => {
    // left-behind.test.ts has what the developer is told of it, once.
    vi.stubEnv('NODE_ENV', 'production')
    const tab = openTab()
    await tab.travel()
    tab.client.dialogFailed(new Error('Failed to fetch'))
    await settle()
    expect(tab.state.status).toBe('idle')
    await expect(tab.client.requireFreshAuth(300)(() => 'ran')).resolves.toBe('ran')
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({
      status: 'confirming',
      items: [{ label: 'Delete project apollo' }],
    })
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
    vi.unstubAllEnvs()
  })

  test('may be mounted again by an SDK that took it away, but nobody waits for ever', async () => {
    const tab = openTab({ dialog: false })
    const detach = tab.client.attachDialog()
    const first = await tab.press('apollo')
    tab.clock.advance(0)
    detach()
    tab.clock.advance(10)
    const again = tab.client.attachDialog()
    tab.clock.advance(HOUR)
    await settle()
    expect(first.status).toBe('open')
    again()
    tab.clock.advance(30)
    await settle()
    expect(first.status).toBe('no_dialog')
    expect(tab.clock.pending).toBe(0)
  })
})

test('those who wait are listed in the order of their calls, also before the first read', async () => {
  const tab = openTab()
  await tab.reload(HOME)
  const { client, deleteProject } = tab
  const calls = ['apollo', 'gemini', 'mercury'].map((id) =>
    follow(client.requireFreshAuth()(deleteProject, { id })),
  )
  await settle()
  expect(tab.state).toMatchObject({
    waiting: [
      { label: 'Delete project apollo' },
      { label: 'Delete project gemini' },
      { label: 'Delete project mercury' },
    ],
  })
  expect(calls.map(({ status }) => status)).toEqual(['open', 'open', 'open'])
})

test('variables that do not fit reject, whatever the schema: they are data, not misuse', async () => {
  const tab = openTab()
  const wrong = { id: 5 } as unknown as { id: string }
  await expect(tab.client.requireFreshAuth()(tab.deleteProject, wrong)).rejects.toThrow(
    /"project.delete" do not fit its schema: id/,
  )
})

test('a function without a requirement is misuse, and throws', () => {
  const tab = openTab()
  expect(() => tab.client.requireFreshAuth()(() => 'ran')).toThrow(TypeError)
})

test('a refusal whose body never ends is an ordinary refusal after 30 s', async () => {
  const tab = openTab()
  const endless = new Response(new ReadableStream(), {
    status: 401,
    headers: { 'Content-Type': 'application/json' },
  })
  tab.adapter.age(10)
  const call = follow(tab.client.requireFreshAuth(300)(() => endless))
  await settle()
  expect(call.status).toBe('open')
  tab.clock.advance(30)
  await settle()
  expect(call).toMatchObject({ status: 'done', value: endless })
})

test('a passkey waits for the person, not for a network', async () => {
  const tab = openTab()
  const verify = vi.fn(() => new Promise<void>(() => undefined))
  const passkey: Method = { type: 'passkey', id: 'passkey', verify }
  tab.adapter.offered = [passkey]
  const call = await tab.press()
  void tab.client.controls.submit({})
  await settle()
  tab.clock.advance(120)
  await settle()
  expect(tab.state.status).toBe('verifying')
  await tab.cancel()
  expect(call.status).toBe('cancelled')
})

test('another way can be chosen while nothing answers, which gives the first one up', async () => {
  const tab = openTab()
  let given: AbortSignal | undefined
  const verify: PasskeyMethod['verify'] = ({ signal }) => {
    given = signal
    return new Promise(() => undefined)
  }
  const passkey: Method = { type: 'passkey', id: 'passkey', verify }
  const { password } = tab.adapter
  tab.adapter.offered = [passkey, password]
  const call = await tab.press()
  void tab.client.controls.submit({})
  await settle()
  tab.client.controls.choose(passkey)
  tab.client.controls.choose({ ...password, id: 'of nobody' })
  expect(tab.state).toMatchObject({ status: 'verifying', method: passkey })
  expect(given?.aborted).toBe(false)
  tab.client.controls.choose(password)
  expect(given?.aborted).toBe(true)
  expect(tab.state).toMatchObject({ status: 'prompting', method: password, error: null })
  await settle()
  expect(tab.state).toMatchObject({ status: 'prompting', error: null })
  await tab.submit()
  expect(call.status).toBe('done')
  expect(tab.run).toHaveBeenCalledOnce()
})

describe('FAULTS 33: a page out of the back/forward cache, after a later page', () => {
  test.each([
    ['has run the action', () => null],
    ['is running it', (record: object) => JSON.stringify({ ...record, phase: 'claimed' })],
  ])('%s: may have been done', async (_, stored) => {
    const tab = openTab()
    const call = await tab.press()
    await tab.leave()
    tab.page.stored = stored(tab.record ?? {})
    tab.page.wake(true)
    await settle()
    expect(call.status).toBe('outcome_unknown')
  })
})

test('FAULTS 42: signed out meanwhile, "may have been done" is told to the same person later', async () => {
  const tab = openTab()
  await tab.travel()
  tab.page.stored = JSON.stringify({ ...tab.record, phase: 'claimed' })
  const { authentication } = tab.adapter
  tab.adapter.authentication = null
  await tab.reload(HOME)
  expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'signed_out' }, items: [] })
  await tab.cancel()
  tab.adapter.authentication = authentication
  await tab.reload(HOME)
  expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'unknown' })
  expect(tab.run).not.toHaveBeenCalled()
})
