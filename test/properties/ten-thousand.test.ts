import * as v from 'valibot'
import { describe, expect, test, vi } from 'vitest'
import { defineAction } from 'react-step-up'
import { gather, judgeAll, toStored } from '../../src/core/queue.js'
import type { Entry } from '../../src/core/queue.js'
import type { Followed } from '../core/tab.js'
import { follow, openTab, settle } from '../core/tab.js'

const MANY = 10_000

/** The tab, and whatever its page has been left with. */
function openCounted(options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  const states = vi.fn()
  tab.client.subscribe(states)
  const count = { leaves: 0, channels: 0 }
  vi.spyOn(tab.page, 'onLeave').mockImplementation(() => {
    count.leaves++
    return () => count.leaves--
  })
  return { tab, states, count }
}

async function callAll(run: (n: number) => Promise<unknown>): Promise<Followed<unknown>[]> {
  const calls = Array.from({ length: MANY }, (_, n) => follow(run(n)))
  await settle()
  return calls
}
const statuses = (calls: readonly Followed<unknown>[]) => [
  ...new Set(calls.map(({ status }) => status)),
]

describe('ten thousand actions that wait at once', () => {
  test('share one prompt, all run once, and leave nothing behind', async () => {
    const { tab, states } = openCounted()
    tab.offerPassword()
    const timers = tab.clock.pending
    const controller = new AbortController()
    const { signal } = controller
    const [add, remove] = [
      vi.spyOn(signal, 'addEventListener'),
      vi.spyOn(signal, 'removeEventListener'),
    ]
    const { client, deleteProject } = tab
    const calls = await callAll((n) =>
      client.requireFreshAuth()(deleteProject, { id: String(n) }, { signal }),
    )
    expect(tab.state).toMatchObject({ status: 'prompting' })
    const prompts = states.mock.calls.filter(
      ([event]) => (event as { type: string }).type === 'prompted',
    )
    expect(prompts).toHaveLength(1)
    await tab.submit()
    await settle()
    expect(statuses(calls)).toEqual(['done'])
    expect(tab.run).toHaveBeenCalledTimes(MANY)
    expect(tab.state.status).toBe('idle')
    expect(tab.clock.pending).toBe(timers)
    expect(remove.mock.calls.length).toBeGreaterThanOrEqual(add.mock.calls.length)
  })

  test('are all cancelled by one press', async () => {
    const { tab } = openCounted()
    tab.offerPassword()
    const timers = tab.clock.pending
    const calls = await callAll((n) => tab.client.requireFreshAuth(300)(() => n))
    await tab.cancel()
    expect(statuses(calls)).toEqual(['cancelled'])
    expect(tab.clock.pending).toBe(timers)
  })

  test('that are given up one by one leave nobody waiting', async () => {
    const { tab } = openCounted()
    tab.offerPassword()
    const owner = new AbortController()
    const timers = tab.clock.pending
    const calls = await callAll((n) => tab.client.requireFreshAuth(300, owner.signal)(() => n))
    owner.abort()
    await settle()
    expect(statuses(calls)).toEqual(['aborted'])
    expect(tab.state.status).toBe('idle')
    expect(tab.clock.pending).toBe(timers)
  })

  test('FAULTS 19: are too much for one record, which is said before anybody leaves', async () => {
    const upload = defineAction({
      id: 'upload',
      requirement: 300,
      schema: v.object({ id: v.string() }),
      run: () => 'done',
      describe: ({ id }) => id,
    })
    const { tab } = openCounted({ more: [upload] })
    const calls = await callAll((n) => tab.client.requireFreshAuth()(upload, { id: String(n) }))
    await tab.leave()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'not_resumable' } })
    expect(tab.page.stored).toBeNull()
    expect(tab.adapter.trips).toEqual([])
    await tab.cancel()
    expect(statuses(calls)).toEqual(['not_resumable'])
  })
})

describe('the queue looks at each of them', () => {
  /** Counts how often anything of an entry is read. */
  function counted(length: number) {
    let reads = 0
    const entry = (n: number): Entry => ({
      ...{ definition: null, variables: undefined, label: null, resumable: true, tiedBy: null },
      ...{ requirement: { maxAge: 300 }, requestId: String(n), order: n, why: 'stale', tries: 0 },
      ...{ advance: false, pausedAt: 1, resolve: () => undefined, reject: () => undefined },
    })
    const entries = Array.from({ length }, (_, n) => entry(n))
    const includes = vi.spyOn(Array.prototype, 'includes').mockImplementation(function (
      this: unknown[],
      item,
    ) {
      const at = this.indexOf(item)
      reads += at < 0 ? this.length : at + 1
      return at >= 0
    })
    try {
      const group = gather(entries)!
      const authentication = { issuer: 'i', subject: 's', authTime: 1, issuedAt: 1 }
      judgeAll(entries, group, { authentication, age: 0, now: 1, skew: 30 })
      toStored(entries, group)
    } finally {
      includes.mockRestore()
    }
    return reads
  }

  test('as often for many as for few', () => {
    expect(counted(2000)).toBeLessThanOrEqual(2 * counted(1000) + 10)
  })
})
