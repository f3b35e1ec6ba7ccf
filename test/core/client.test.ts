import * as v from 'valibot'
import { describe, expect, test, vi } from 'vitest'
import type { RunContext } from 'react-step-up'
import { createStepUpClient, defineAction, isStepUpError } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import { follow, HOME, HOUR, openTab, settle } from './tab.js'

/** Everything that could cost something, counted. */
function countOperations(tab: ReturnType<typeof openTab>) {
  const events = vi.fn()
  tab.client.subscribe(events)
  tab.client.subscribeAuthentication(events)
  const spies = {
    events,
    timers: vi.spyOn(tab.clock, 'after'),
    reads: vi.spyOn(tab.page.storage, 'read'),
    writes: vi.spyOn(tab.page.storage, 'write'),
    removals: vi.spyOn(tab.page.storage, 'remove'),
    messages: vi.spyOn(tab.page.tabs, 'post'),
    runs: vi.spyOn(tab.page.runs, 'add'),
    shared: vi.spyOn(tab.page.shared, 'read'),
    questions: vi.spyOn(tab.adapter, 'getAuthentication'),
    methods: vi.spyOn(tab.adapter, 'methods'),
  }
  return () =>
    Object.fromEntries(Object.entries(spies).map(([k, spy]) => [k, spy.mock.calls.length]))
}

describe('the fresh path', () => {
  test('does no timer, no storage, no question to the adapter and no move of the state', async () => {
    const tab = openTab()
    tab.adapter.age(10)
    await settle()
    const count = countOperations(tab)
    const requireFreshAuth = tab.client.requireFreshAuth(300)
    await expect(requireFreshAuth(tab.deleteProject, { id: 'apollo' })).resolves.toEqual({
      deleted: 'apollo',
    })
    await expect(requireFreshAuth(() => 'sync')).resolves.toBe('sync')
    await expect(requireFreshAuth()).resolves.toBeUndefined()
    expect(Object.values(count()).every((calls) => calls === 0)).toBe(true)
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('gives the run a signal and a request of its own', async () => {
    const tab = openTab()
    tab.adapter.age(10)
    await settle()
    await tab.press()
    await tab.press()
    const contexts = tab.run.mock.calls.map(([, context]: [unknown, RunContext]) => context)
    expect(contexts.map(({ resumed }) => resumed)).toEqual([false, false])
    expect(contexts[0]!.signal).toBeInstanceOf(AbortSignal)
    expect(contexts[0]!.requestId).not.toBe(contexts[1]!.requestId)
  })

  test('sends a request of the person once more under its own name', async () => {
    const tab = openTab()
    tab.adapter.age(10)
    await settle()
    const call = tab.client.requireFreshAuth()
    await call(tab.deleteProject, { id: 'apollo' }, { requestId: 'again' })
    const run = vi.fn((_: RunContext) => 'done')
    await tab.client.requireFreshAuth(300)(run, { requestId: 'again' })
    expect(tab.run.mock.calls[0]?.[1]).toMatchObject({ requestId: 'again' })
    expect(run.mock.calls.map(([{ requestId }]) => requestId)).toEqual(['again'])
  })

  test('leaves the errors of a run as they are', async () => {
    const tab = openTab({ requirement: 7200 })
    const failure = new Error('422')
    const call = tab.client.requireFreshAuth(7200)
    await expect(
      call(() => {
        throw failure
      }),
    ).rejects.toBe(failure)
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    await expect(call(() => Promise.reject('a text'))).rejects.toBe('a text')
  })

  test('a requirement that says null asks for nothing', async () => {
    const tip = vi.fn()
    const small = defineAction({
      id: 'tip',
      requirement: ({ amount }) => (amount > 100 ? 60 : null),
      schema: v.object({ amount: v.number() }),
      run: tip,
      describe: () => 'Tip',
    })
    const tab = openTab({ more: [small] })
    await settle()
    await tab.client.requireFreshAuth()(small, { amount: 5 })
    expect(tip).toHaveBeenCalledOnce()
    void tab.client.requireFreshAuth()(small, { amount: 500 })
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 60 } })
  })

  test('hook and action ask together', async () => {
    const tab = openTab({ requirement: { maxAge: 900, acrValues: ['mfa', 'pwd'] } })
    const call = tab.client.requireFreshAuth({ maxAge: 300, acrValues: ['pwd', 'mfa'] })
    void call(tab.deleteProject, { id: 'apollo' })
    await settle()
    expect(tab.state).toMatchObject({
      requirement: { maxAge: 300, acrValues: ['pwd', 'mfa'] },
      why: 'acr',
    })
  })

  test('hook and action without common ground are a TypeError', async () => {
    const tab = openTab({ requirement: { acrValues: ['a'] } })
    const call = tab.client.requireFreshAuth({ acrValues: ['b'] })
    await expect(call(tab.deleteProject, { id: 'apollo' })).rejects.toThrow(TypeError)
  })
})

describe('misuse', () => {
  test.each([
    ['an event', { type: 'click', target: null }, /an event/],
    ['a text', 'project.delete', /type string/],
    ['null', null, /type object/],
  ])('%s in place of an action is a TypeError that says what to write', (_, value, says) => {
    const call = openTab().client.requireFreshAuth(300)
    expect(() => call(value as never)).toThrow(TypeError)
    expect(() => call(value as never)).toThrow(says)
    expect(() => call(value as never)).toThrow(/onClick=/)
  })

  test('an action that is not registered is a TypeError, also one that took a registered id', () => {
    const tab = openTab()
    for (const id of ['other', 'project.delete']) {
      const other = defineAction({ id, requirement: 300, run: () => 1, describe: () => '' })
      expect(() => tab.client.requireFreshAuth()(other)).toThrow(/not registered/)
    }
  })

  test('a function without any requirement is a TypeError', () => {
    const tab = openTab()
    expect(() => tab.client.requireFreshAuth()(() => 1)).toThrow(TypeError)
    expect(() => tab.client.requireFreshAuth()()).toThrow(TypeError)
  })

  test.each([-1, 1.5, NaN, 1e20, {}, 'no such policy'])(
    'a requirement %j is a TypeError',
    (input) => {
      const { client } = openTab()
      expect(() => client.requireFreshAuth(input as never)).toThrow(TypeError)
      expect(() => client.getFreshness(input as never)).toThrow(TypeError)
    },
  )
})

describe('before anybody is known', () => {
  test('a call waits for the first answer', async () => {
    const clock = createFakeClock()
    const fake = createFakeAdapter({ clock })
    let answer: (() => void) | undefined
    const slow = new Promise<void>((resolve) => (answer = resolve))
    const getAuthentication = async () => {
      await slow
      return fake.authentication
    }
    const tab = openTab({ adapter: { ...fake, getAuthentication } })
    const call = await tab.pressClosure(300)
    expect(call.status).toBe('open')
    answer?.()
    await settle()
    expect(call.status).toBe('done')
  })

  test('signed out: refused, and not run', async () => {
    const tab = openTab()
    tab.adapter.authentication = null
    const call = await tab.press()
    expect(call.status).toBe('signed_out')
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('an adapter that throws is not fresh and not signed out', async () => {
    const tab = openTab()
    const cause = new Error('storage is blocked')
    tab.adapter.getAuthentication = () => {
      throw cause
    }
    const call = await tab.press()
    expect(call.status).toBe('provider_error')
    expect(call.error?.cause).toBe(cause)
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('an adapter that never answers: refused after 30 seconds', async () => {
    const tab = openTab()
    tab.adapter.getAuthentication = () => new Promise(() => {})
    const call = await tab.press()
    tab.clock.advance(29)
    await settle()
    expect(call.status).toBe('open')
    tab.clock.advance(1)
    await settle()
    expect(isStepUpError(call.error)).toBe(true)
    expect(call.status).toBe('network')
    expect(tab.clock.pending).toBe(0)
  })

  test('answers that overtake each other sign nobody out', async () => {
    const tab = openTab()
    const { getAuthentication } = tab.adapter
    tab.adapter.getAuthentication = async () => {
      await Promise.resolve()
      return getAuthentication()
    }
    await tab.reload()
    tab.adapter.age(HOUR)
    const call = follow(tab.client.requireFreshAuth(300)(() => 1))
    for (let notices = 0; notices < 10; notices++) {
      tab.adapter.age(HOUR)
      await Promise.resolve()
    }
    await settle()
    expect(call.status).toBe('open')
    expect(tab.state.status).toBe('prompting')
  })

  test('what another tab proved in the meantime is found before anybody is asked', async () => {
    const tab = openTab()
    await settle()
    const now = tab.clock.now().wall
    const newer = { ...tab.adapter.authentication!, authTime: now, issuedAt: now }
    tab.adapter.getAuthentication = () => newer
    const call = await tab.press()
    expect(call.status).toBe('done')
  })
})

describe('starting', () => {
  test('construction reads the address and does nothing else', () => {
    const clock = createFakeClock()
    const environment = createFakeEnvironment({ clock, url: HOME })
    const adapter = createFakeAdapter({ clock })
    const peek = vi.spyOn(adapter, 'peek')
    const spies = [
      vi.spyOn(adapter, 'getAuthentication'),
      vi.spyOn(adapter, 'subscribe'),
      vi.spyOn(environment.storage, 'write'),
      vi.spyOn(environment.storage, 'remove'),
      vi.spyOn(clock, 'after'),
    ]
    const client = createStepUpClient({ adapter, environment })
    expect(peek).toHaveBeenCalledOnce()
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
    expect(client.returning).toBe(false)
    expect(client.getState()).toEqual({ status: 'idle' })
  })

  test('started, stopped and started again it still listens once', async () => {
    const tab = openTab()
    const stop = tab.client.start()
    stop()
    await settle()
    const listener = vi.fn()
    tab.client.subscribeAuthentication(listener)
    tab.adapter.age(10)
    await settle()
    expect(listener).toHaveBeenCalledOnce()
  })

  test('on a server it is inert', async () => {
    const clock = createFakeClock()
    const client = createStepUpClient({ adapter: createFakeAdapter({ clock }) })
    expect(client.returning).toBe(false)
    expect(client.getState()).toEqual({ status: 'idle' })
    expect(client.getFreshness(300)).toEqual({ fresh: false, reason: 'loading' })
  })

  test('an adapter whose peek throws brings nothing back', () => {
    const clock = createFakeClock()
    const adapter = createFakeAdapter({ clock })
    adapter.peek = () => {
      throw new Error('of the SDK')
    }
    const environment = createFakeEnvironment({ clock, url: `${HOME}&state=x` })
    expect(createStepUpClient({ adapter, environment }).returning).toBe(false)
  })

  test('an ordinary sign-in is none of ours, and its address is left alone', async () => {
    const tab = openTab()
    const url = 'https://app.test/callback?code=1&state=of-the-sdk'
    await tab.reload(url)
    await tab.press()
    expect(tab.client.returning).toBe(false)
    expect(tab.adapter.completed).toBe(0)
    expect(tab.page.url().href).toBe(url)
  })
})
