import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { StepUpEvent } from 'react-step-up'
import { defineAction } from 'react-step-up'
import { challenged, follow, HOME, HOUR, MINUTE, openTab, settle } from './tab.js'

beforeAll(() => {
  // Of functions that leave; warn.test.ts has what it says.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

/** An action that runs until the test ends it. */
function openWithRun() {
  let done: (value: unknown) => void = () => {}
  let fail: (error: Error) => void = () => {}
  const tab = openTab({
    run: () =>
      new Promise((resolve, reject) => {
        done = resolve
        fail = reject
      }),
  })
  return Object.assign(tab, {
    async begin() {
      await tab.travel()
      void tab.confirm()
      await settle()
      expect(tab.state.status).toBe('resuming')
    },
    async done() {
      done('deleted')
      await settle()
    },
    async fail(error = new Error('No')) {
      fail(error)
      await settle()
    },
  })
}

describe('a run on a page that begins to go', () => {
  test('FAULTS 42: cut off by it, is not known: the next page says so', async () => {
    const tab = openWithRun()
    await tab.begin()
    tab.page.beginLeaving()
    await tab.fail(new TypeError('Failed to fetch'))
    expect(tab.record).toMatchObject({ phase: 'claimed', actions: { length: 1 } })
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'unknown' })
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('that ends well before the page has gone is done, and the next page has nothing to say', async () => {
    const tab = openWithRun()
    await tab.begin()
    tab.page.beginLeaving()
    await tab.done()
    expect(tab.record).toBeNull()
    await tab.reload(HOME)
    expect(tab.state.status).toBe('idle')
  })

  test('that fails where nothing goes is over', async () => {
    const tab = openWithRun()
    await tab.begin()
    await tab.fail()
    expect(tab.record).toBeNull()
  })
})

describe('a run that was put away', () => {
  test('and ends well says nothing more', async () => {
    const tab = openWithRun()
    await tab.begin()
    await tab.cancel()
    expect(tab.state.status).toBe('idle')
    await tab.done()
    expect(tab.state.status).toBe('idle')
  })

  test('and fails says what it was', async () => {
    const tab = openWithRun()
    await tab.begin()
    await tab.cancel()
    const error = new Error('No')
    await tab.fail(error)
    expect(tab.state).toMatchObject({
      status: 'resumed',
      outcome: 'failed',
      error,
      items: [{ label: 'Delete project apollo', kind: 'run' }],
      returnTo: '/projects?tab=1#top',
    })
  })
})

const pay = defineAction({
  id: 'pay',
  requirement: { acrValues: ['mfa'] },
  run: () => 'paid',
  describe: () => 'Pay 100',
})

test('what will not run is still listed when the rest has run', async () => {
  const tab = openTab({ more: [pay] })
  await tab.press()
  void follow(tab.client.requireFreshAuth()(pay))
  await settle()
  await tab.leave()
  await tab.comeBack()
  await tab.confirm()
  expect(tab.state).toMatchObject({
    status: 'resumed',
    outcome: 'done',
    items: [{ kind: 'run' }, { label: 'Pay 100', kind: 'refused' }],
  })
})

test('of two, one done in a duplicated tab: that is said, and each has run once', async () => {
  const tab = openTab()
  await tab.press('a')
  await tab.press('b')
  await tab.leave()
  await tab.comeBack()
  const { record } = tab
  const [first] = record!.actions as unknown[]
  const { stored } = tab.page
  tab.page.stored = JSON.stringify({ ...record, actions: [first] })
  const copy = await tab.openTab(undefined, true)
  tab.page.stored = stored
  await copy.confirm()
  await tab.confirm()
  expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'elsewhere', items: { length: 2 } })
  expect(tab.run.mock.calls.map(([{ id }]) => id)).toEqual(['a', 'b'])
})

describe('a function', () => {
  test('that came back alone: nothing is left to do but to press again', async () => {
    const tab = openTab()
    await tab.pressClosure(300)
    await tab.leave()
    await tab.comeBack()
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
  })

  test('that needs more than was asked for is not asked for after the trip, with nobody to run it', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.pressClosure(60)
    await tab.comeBack()
    expect(tab.state).toMatchObject({ items: [{ kind: 'run' }, { kind: 'press_again' }] })
    tab.clock.advance(2 * MINUTE)
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
    expect(tab.record).toBeNull()
  })
})

test('refused by the server after the trip: asked for once more, and not said to be done', async () => {
  const tab = openTab()
  let answers = 0
  tab.run.mockImplementation(() => (answers++ === 0 ? challenged() : 'deleted'))
  await tab.travel()
  tab.offerPassword()
  const events: StepUpEvent['type'][] = []
  tab.client.subscribe(({ type }) => events.push(type))
  await tab.confirm()
  expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
  expect(events).not.toContain('resumed')
})

describe('what is asked for once more after the trip', () => {
  async function askAgain(call?: (tab: ReturnType<typeof openTab>) => Promise<unknown>) {
    const tab = openTab()
    await (call ?? (() => tab.press()))(tab)
    await tab.leave()
    await tab.comeBack()
    const told = vi.fn()
    tab.client.onResumed(tab.deleteProject, told)
    tab.adapter.age(HOUR)
    await settle()
    await tab.confirm()
    tab.offerPassword()
    await tab.retry()
    expect(tab.state.status).toBe('prompting')
    return { tab, told }
  }

  test('is shown as what it is', async () => {
    const { tab } = await askAgain()
    expect(tab.state).toMatchObject({
      why: 'stale',
      waiting: [{ label: 'Delete project apollo', resumable: true }],
    })
  })

  test('a function is shown as one that does not come back', async () => {
    const { tab, told } = await askAgain((tab) => tab.pressClosure(300))
    expect(tab.state).toMatchObject({ waiting: [{ label: null, resumable: false }] })
    await tab.submit()
    expect(tab.state.status).toBe('idle')
    expect(tab.record).toBeNull()
    expect(told).not.toHaveBeenCalled()
  })

  test('runs after the proof, and its outcome is told once', async () => {
    const { tab, told } = await askAgain()
    await tab.submit()
    expect(told).toHaveBeenCalledExactlyOnceWith({ data: { deleted: 'apollo' } }, { id: 'apollo' })
    expect(tab.record).toBeNull()
  })

  test('given up, it is told to whoever listens, and no reload offers it', async () => {
    const { tab, told } = await askAgain()
    await tab.cancel()
    const error = expect.objectContaining({ code: 'cancelled' }) as Error
    expect(told).toHaveBeenCalledExactlyOnceWith({ error }, { id: 'apollo' })
    expect(tab.record).toBeNull()
  })

  test('FAULTS 41: run meanwhile by a duplicated tab: not run here, and told so', async () => {
    const tab = openTab()
    await tab.travel()
    const copy = await tab.openTab(undefined, true)
    const told = vi.fn()
    copy.client.onResumed(tab.deleteProject, told)
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
    tab.adapter.age(HOUR)
    await settle()
    await copy.confirm()
    tab.offerPassword()
    await copy.client.controls.retry()
    await settle()
    await copy.client.controls.submit({ password: 'correct horse' })
    await settle()
    expect(tab.run).toHaveBeenCalledOnce()
    const error = expect.objectContaining({ code: 'outcome_unknown' }) as Error
    expect(told).toHaveBeenCalledExactlyOnceWith({ error }, { id: 'apollo' })
  })
})
