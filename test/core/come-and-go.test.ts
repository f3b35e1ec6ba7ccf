import { describe, expect, test, vi } from 'vitest'
import type { Method, RequirementInput, TripMethod } from 'react-step-up'
import { defineAction } from 'react-step-up'
import { follow, openTab, settle } from './tab.js'

/** A call that can be given up. */
function callWithSignal(tab: ReturnType<typeof openTab>, maxAge = 300) {
  const controller = new AbortController()
  const { signal } = controller
  const call = follow(tab.client.requireFreshAuth(maxAge)(() => 'ran', { signal }))
  return Object.assign(call, { giveUp: () => controller.abort() })
}

function openPasswordTab(options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  tab.offerPassword()
  return tab
}

describe('in one moment', () => {
  test('one comes and another gives up: neither is forgotten', async () => {
    let giveUp: () => void = () => {}
    const instead = defineAction({
      id: 'instead',
      requirement: 300,
      run: () => 'ran',
      describe() {
        giveUp()
        return 'Something else'
      },
    })
    const tab = openPasswordTab({ more: [instead] })
    const first = callWithSignal(tab)
    await settle()
    giveUp = first.giveUp
    const second = follow(tab.client.requireFreshAuth()(instead))
    await settle()
    expect(first.status).toBe('aborted')
    expect(tab.state).toMatchObject({ waiting: [{ label: 'Something else' }] })
    await tab.submit()
    expect(second.status).toBe('done')
  })

  test('the last one gives up and Cancel is pressed: told once', async () => {
    const tab = openPasswordTab()
    const call = callWithSignal(tab)
    await settle()
    call.giveUp()
    expect(() => tab.client.controls.cancel()).not.toThrow()
    await settle()
    expect(call.status).toBe('aborted')
    expect(tab.state.status).toBe('idle')
  })
})

describe('while the ways to prove it are being found out', () => {
  test('a stricter one comes: both are asked for, and nobody is refused', async () => {
    const tab = openPasswordTab()
    const { offered } = tab.adapter
    const answers: (() => void)[] = []
    tab.adapter.methods = () =>
      new Promise<readonly Method[]>((resolve) => answers.push(() => resolve(offered)))
    const calls = [await tab.press(), await tab.pressClosure(60)]
    expect(answers).toHaveLength(2)
    for (const answer of answers) answer()
    await settle()
    expect(tab.state).toMatchObject({ requirement: { maxAge: 60 }, waiting: { length: 2 } })
    expect(calls.map(({ status }) => status)).toEqual(['open', 'open'])
    await tab.submit()
    expect(calls.map(({ status }) => status)).toEqual(['done', 'done'])
  })

  test('Cancel and Escape have nothing to cancel yet', async () => {
    const tab = openPasswordTab()
    tab.adapter.methods = () => new Promise(() => {})
    const call = await tab.press()
    await tab.cancel()
    expect(call.status).toBe('open')
  })
})

describe('one prompt after the other', () => {
  test('where the proof did for the first, the next begins without an error', async () => {
    const tab = openPasswordTab({ requirement: 0 })
    await tab.press('a')
    await tab.press('b')
    tab.clock.advance(1)
    await tab.submit()
    expect(tab.state).toMatchObject({ status: 'prompting', attempt: 1, error: null })
  })

  /** Called first, and ready last: its schema takes its time. */
  function slowAction(requirement: RequirementInput = { acrValues: ['mfa'] }) {
    let ready: () => void = () => {}
    const validate = (value: unknown) =>
      new Promise<{ value: unknown }>((resolve) => (ready = () => resolve({ value })))
    const action = defineAction({
      id: 'slow',
      requirement,
      schema: { '~standard': { version: 1 as const, vendor: 'test', validate } },
      run: () => 'slow',
      describe: () => 'Slow',
    })
    return { action, ready: () => ready() }
  }

  test('they are asked for in the order in which they were called', async () => {
    const slow = slowAction()
    const tab = openPasswordTab({ more: [slow.action], authentication: { acr: 'pwd' } })
    void follow(tab.client.requireFreshAuth()(slow.action, {}))
    await settle()
    await tab.press()
    slow.ready()
    await settle()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      waiting: [{ label: 'Slow' }, { label: 'Delete project apollo' }],
    })
  })

  test('but what has been sent for is asked for again before anybody else', async () => {
    const slow = slowAction()
    const tab = openTab({ more: [slow.action], requirement: 0, authentication: { acr: 'pwd' } })
    const trip: TripMethod = { ...tab.adapter.trip, popup: true }
    tab.adapter.offered = [trip]
    void follow(tab.client.requireFreshAuth()(slow.action, {}))
    await settle()
    await tab.press()
    tab.client.controls.leave('popup')
    await settle()
    slow.ready()
    await settle()
    await tab.openTab(tab.adapter.returnUrl('invalid_request'), true)
    expect(tab.state).toMatchObject({
      status: 'prompting',
      attempt: 2,
      waiting: [{ label: 'Delete project apollo' }],
    })
  })

  test('nor does anybody take the place of a second try when one who shares it gives up', async () => {
    const slow = slowAction(60)
    const tab = openTab({ more: [slow.action] })
    let answer: () => void = () => {}
    const verify = () => new Promise<void>((resolve) => (answer = resolve))
    tab.adapter.offered = [{ type: 'password', id: 'p', verify }]
    const later = follow(tab.client.requireFreshAuth()(slow.action, {}))
    await settle()
    await tab.press()
    const other = callWithSignal(tab)
    await settle()
    void tab.submit()
    await settle()
    slow.ready()
    await settle()
    answer()
    await settle()
    expect(tab.state).toMatchObject({ attempt: 2, waiting: { length: 2 } })
    other.giveUp()
    await settle()
    expect(tab.state).toMatchObject({
      attempt: 2,
      error: { code: 'still_stale' },
      waiting: [{ label: 'Delete project apollo' }],
    })
    expect(later.status).toBe('open')
  })
})

describe('what could not come along', () => {
  test('is refused where the page leaves already, though there were other ways', async () => {
    const tab = openPasswordTab()
    const { trip, password } = tab.adapter
    tab.adapter.offered = [trip, password]
    const first = await tab.press()
    await tab.leave()
    expect(tab.state).toMatchObject({ status: 'leaving', popup: false })
    const tied = await tab.pressClosure(0)
    expect([first.status, tied.status]).toEqual(['open', 'not_resumable'])
  })

  test('waits where only a popup is away', async () => {
    const tab = openPasswordTab()
    const { trip, password } = tab.adapter
    tab.adapter.offered = [{ ...trip, popup: true }, password]
    await tab.press()
    tab.client.controls.leave('popup')
    await settle()
    expect(tab.state).toMatchObject({ status: 'leaving', popup: true })
    expect((await tab.pressClosure(0)).status).toBe('open')
  })
})

test('who gives up while the page leaves, and cannot be taken out of the record: nobody comes back to it', async () => {
  const tab = openTab()
  const first = await tab.press()
  const controller = new AbortController()
  const { signal } = controller
  const requireFreshAuth = tab.client.requireFreshAuth()
  const second = follow(requireFreshAuth(tab.deleteProject, { id: 'gemini' }, { signal }))
  await settle()
  await tab.leave()
  expect(tab.record).toMatchObject({ actions: { length: 2 } })
  vi.spyOn(tab.page.storage, 'write').mockImplementation(() => {
    throw new DOMException('Full.', 'QuotaExceededError')
  })
  controller.abort()
  await settle()
  expect(second.status).toBe('aborted')
  expect(tab.page.stored).toBeNull()
  expect(first.status).toBe('open')
})
