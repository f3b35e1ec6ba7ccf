import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { defineAction } from 'react-step-up'
import { follow, HOME, openTab, settle } from './tab.js'

// In production nothing is said that a later test wants to hear for the first time.
beforeAll(() => {
  vi.stubEnv('NODE_ENV', 'production')
})
afterAll(() => {
  vi.unstubAllEnvs()
})

const rename = defineAction({
  id: 'rename',
  requirement: 60,
  run: () => 'renamed',
  describe: () => 'Rename',
})

type Tab = ReturnType<typeof openTab>

/** Something is left in this tab from an earlier trip, and is not on the screen. */
async function openWithRest(rest: (tab: Tab) => Promise<unknown> = (tab) => tab.travel()) {
  const tab = openTab({ more: [rename] })
  await rest(tab)
  tab.client.dialogFailed(new Error('Failed to fetch'))
  await settle()
  tab.clock.advance(120)
  return tab
}

async function pressRename(tab: Tab) {
  const call = follow(tab.client.requireFreshAuth()(rename))
  await settle()
  expect(tab.state.status).toBe('prompting')
  return call
}

const unreachable = (tab: Tab, before = () => {}) => {
  tab.adapter.offered = [
    {
      ...tab.adapter.trip,
      start() {
        before()
        return Promise.reject(new TypeError('offline'))
      },
    },
  ]
}

describe('what an earlier trip has left', () => {
  test('is there again where the sign-in page of the next cannot be reached', async () => {
    const tab = await openWithRest()
    const earlier = tab.record
    unreachable(tab)
    const call = await pressRename(tab)
    await tab.leave()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    expect(tab.record).toEqual(earlier)
    await tab.cancel()
    expect(call.status).toBe('cancelled')
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ items: [{ label: 'Delete project apollo' }] })
  })

  test('is there again where the next is given up', async () => {
    const tab = await openWithRest()
    const earlier = tab.record
    await pressRename(tab)
    await tab.leave()
    expect(tab.record).toMatchObject({ actions: { length: 2 } })
    await tab.cancel()
    expect(tab.record).toEqual(earlier)
  })

  test('and has ended since is not put back', async () => {
    const tab = await openWithRest()
    unreachable(tab, () => {
      const { actions, ...record } = tab.record!
      const [mine] = actions as unknown[]
      tab.page.stored = JSON.stringify({ ...record, actions: [mine] })
    })
    await pressRename(tab)
    await tab.leave()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    expect(tab.record).toBeNull()
  })

  test('comes along, too, where nobody had come back yet', async () => {
    const tab = await openWithRest(async (tab) => {
      await tab.press()
      await tab.leave()
      await tab.reload(HOME)
    })
    await pressRename(tab)
    await tab.leave()
    expect(tab.record).toMatchObject({
      actions: [
        { id: 'rename', asked: true },
        { id: 'project.delete', asked: false },
      ],
    })
  })

  test('FAULTS 11: does not come along while it runs', async () => {
    const tab = openTab({ more: [rename], run: () => new Promise(() => {}) })
    await tab.travel()
    void tab.confirm()
    await settle()
    await tab.cancel()
    tab.clock.advance(120)
    await pressRename(tab)
    await tab.leave()
    expect(tab.record).toMatchObject({ actions: [{ id: 'rename' }] })
    expect(tab.record?.actions).toHaveLength(1)
  })

  test('is in the list once, where it is what is asked for again', async () => {
    const tab = openTab()
    await tab.press('a')
    await tab.press('b')
    await tab.leave()
    await tab.comeBackWith('access_denied')
    await tab.retry()
    expect(tab.state.status).toBe('leaving')
    expect(tab.record).toMatchObject({ actions: [{ asked: true }, { asked: true }] })
    expect(tab.record?.actions).toHaveLength(2)
  })
})

describe('a page that has not left', () => {
  test('writes nothing for the next call before that leaves', async () => {
    const tab = openTab()
    const first = await tab.press()
    await tab.leave()
    tab.page.beginLeaving()
    tab.clock.advance(10)
    await settle()
    expect(first).toMatchObject({ status: 'cancelled', error: { reason: 'not_left' } })
    const tombstone = tab.page.stored
    await tab.press('gemini')
    expect(tab.state.status).toBe('prompting')
    expect(tab.page.stored).toBe(tombstone)
  })

  test('FAULTS 33: out of the cache, after a later one has ended one of two: neither is known', async () => {
    const tab = openTab()
    const calls = [await tab.press('a'), await tab.press('b')]
    await tab.leave()
    const { actions, ...record } = tab.record!
    const [, second] = actions as unknown[]
    tab.page.stored = JSON.stringify({ ...record, actions: [second], phase: 'returned' })
    tab.page.wake(true)
    await settle()
    expect(calls.map(({ status }) => status)).toEqual(['outcome_unknown', 'outcome_unknown'])
  })

  test('has no timer once it was given up, whenever the SDK answers', async () => {
    const tab = openTab()
    let answer: () => void = () => {}
    const start = () => new Promise<void>((resolve) => (answer = resolve))
    tab.adapter.offered = [{ ...tab.adapter.trip, start }]
    await tab.press()
    await tab.leave()
    await tab.cancel()
    answer()
    await settle()
    expect(tab.clock.pending).toBe(0)
  })

  test('is left once, however often it is pressed', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    await tab.leave()
    expect(tab.adapter.trips).toHaveLength(1)
  })
})

describe('what the provider is asked for', () => {
  test('is no age where none is required, and nobody where there is no hint', async () => {
    const tab = openTab({ requirement: { acrValues: ['mfa'] } })
    const { account: _, ...authentication } = tab.adapter.authentication!
    tab.adapter.authentication = authentication
    await tab.press()
    await tab.leave()
    const [trip] = tab.adapter.trips
    expect(trip).toMatchObject({ requirement: { acrValues: ['mfa'] } })
    expect(trip).not.toHaveProperty('maxAge')
    expect(trip).not.toHaveProperty('loginHint')
  })

  test('FAULTS 6: for the first person once more: of the place, only the address is kept', async () => {
    const tab = openTab()
    await tab.press()
    await tab.leave()
    expect(tab.record).toMatchObject({ scroll: [0, 0] })
    await tab.comeBack({ subject: 'bob' })
    await tab.retry()
    expect(tab.adapter.trips).toHaveLength(2)
    expect(tab.record).toMatchObject({ returnTo: '/projects?tab=1#top' })
    expect(tab.record).not.toHaveProperty('scroll')
  })
})
