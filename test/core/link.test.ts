import { describe, expect, test } from 'vitest'
import type { LinkMethod, Trip } from 'react-step-up'
import { follow, openTab, settle } from './tab.js'

/** Somebody who gets a link by mail. */
async function askForLink(change: Partial<LinkMethod> = {}) {
  const trips: Trip[] = []
  const tab = openTab()
  tab.adapter.offered = [
    {
      type: 'link',
      id: 'mail',
      send(trip) {
        trips.push(trip)
        return Promise.resolve({ destination: 'a•••@acme.test', expiresIn: 600 })
      },
      ...change,
    },
  ]
  const call = await tab.press()
  const send = async () => {
    void tab.client.controls.send()
    await settle()
  }
  /** The mail client opens a new tab, with nothing of this one. */
  const open = (trip: Trip, answer: Record<string, string> = { code: 'abc' }) =>
    tab.openTab(
      `https://app.test/link?${new URLSearchParams({ ...answer, state: trip.handle }).toString()}`,
    )
  return { ...tab, tab, trips, call, send, open }
}

describe('a link by mail', () => {
  test('is used in another tab, and the action goes on here', async () => {
    const { tab, trips, call, send, open } = await askForLink()
    await send()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      sent: { destination: 'a•••@acme.test', expiresIn: 600 },
    })
    tab.clock.advance(30)
    tab.adapter.signInAtProvider()
    const other = await open(trips[0]!)
    expect(call).toMatchObject({ status: 'done', value: { deleted: 'apollo' } })
    expect(tab.run).toHaveBeenCalledOnce()
    tab.clock.advance(1)
    expect(other.client.isReporting()).toBe(false)
    expect(other.state.status).toBe('idle')
  })

  test('whoever had it sent waits until it is sent, and not until it is used', async () => {
    const { tab, call } = await askForLink()
    const sending = follow(tab.client.controls.send())
    await settle()
    expect(sending.status).toBe('done')
    expect(call.status).toBe('open')
    await tab.cancel()
    expect(call.status).toBe('cancelled')
  })

  test('that is on its way when another method is chosen says nothing of that one', async () => {
    let arrive: (sent: object) => void = () => {}
    const { tab, trips } = await askForLink({ send: () => new Promise((done) => (arrive = done)) })
    expect(trips).toEqual([])
    tab.adapter.offered = [...tab.adapter.offered, tab.adapter.password]
    await tab.cancel()
    await tab.press()
    void tab.client.controls.send()
    await settle()
    tab.client.controls.choose(tab.adapter.password)
    arrive({ destination: 'a•••@acme.test' })
    await settle()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      method: { id: 'password' },
      ...{ sent: null, error: null },
    })
  })

  test('sent once more, the first link is nobody’s', async () => {
    const { tab, trips, call, send, open } = await askForLink()
    await send()
    await send()
    expect(trips[0]!.signal.aborted).toBe(true)
    await open(trips[0]!)
    expect(call.status).toBe('open')
    tab.adapter.signInAtProvider()
    await open(trips[1]!)
    expect(call.status).toBe('done')
  })

  test('that could not be sent is said', async () => {
    const { tab, send } = await askForLink({ send: () => Promise.reject(new Error('offline')) })
    await send()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
  })

  test('that brings an error back is offered again', async () => {
    const { tab, trips, call, send, open } = await askForLink()
    await send()
    await open(trips[0]!, { error: 'access_denied' })
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'cancelled' } })
    expect(call.status).toBe('open')
  })

  test('whose prompt was cancelled proves nothing here', async () => {
    const { tab, trips, call, send, open } = await askForLink()
    await send()
    await tab.cancel()
    tab.adapter.signInAtProvider()
    await open(trips[0]!)
    expect(call.status).toBe('cancelled')
    expect(tab.run).not.toHaveBeenCalled()
  })
})

describe('a trip that ends in another tab, with storage: "local"', () => {
  async function leaveFrom(first = openTab({ storage: 'local' })) {
    const call = await first.press()
    await first.leave()
    first.clock.advance(5)
    first.adapter.signInAtProvider()
    const back = first.adapter.returnUrl()
    return { first, call, second: await first.openTab(back) }
  }

  test('is taken up there', async () => {
    const { first, second } = await leaveFrom()
    expect(second.state).toMatchObject({
      status: 'confirming',
      items: [{ label: 'Delete project apollo' }],
    })
    await second.confirm()
    expect(first.run).toHaveBeenCalledOnce()
    expect(second.page.shared.names().filter((name) => name.includes('trip'))).toEqual([])
  })

  test('and the tab that left finds nothing to do when it comes back', async () => {
    const { first, second } = await leaveFrom()
    await second.confirm()
    await first.reload('https://app.test/projects')
    expect(first.state.status).toBe('idle')
    expect(first.page.stored).toBeNull()
  })

  test('FAULTS 41: offered in both, it runs once', async () => {
    const { first, second } = await leaveFrom()
    await first.reload(first.adapter.returnUrl())
    expect(first.state.status).toBe('confirming')
    await Promise.all([first.confirm(), second.confirm()])
    expect(first.run).toHaveBeenCalledOnce()
  })

  test('by a `state` of the SDK’s own', async () => {
    const first = openTab({ storage: 'local' })
    const method = first.adapter.offered[0]!
    if (method.type !== 'redirect') throw new Error('The fake offers a trip.')
    const { start } = method
    first.adapter.offered = [
      {
        ...method,
        start(trip) {
          trip.bind('sdk-state')
          return start(trip)
        },
      },
    ]
    await first.press()
    await first.leave()
    first.adapter.signInAtProvider()
    const second = await first.openTab('https://app.test/callback?code=abc&state=sdk-state')
    expect(second.client.returning).toBe(true)
    expect(second.state.status).toBe('confirming')
    await second.confirm()
    expect(first.run).toHaveBeenCalledOnce()
    expect(second.page.shared.names().filter((name) => name.includes('trip'))).toEqual([])
  })

  test('copies that are too old are swept away by the next', async () => {
    const first = openTab({ storage: 'local' })
    await first.press()
    await first.leave()
    const [old] = first.page.shared.names().filter((name) => name.includes('trip'))
    first.clock.advance(9000)
    await first.reload('https://app.test/')
    const second = await first.openTab('https://app.test/')
    void second.client
      .requireFreshAuth(300)(first.deleteProject, { id: 'gemini' })
      .catch(() => {})
    await settle()
    second.client.controls.leave('tab')
    await settle()
    const names = second.page.shared.names().filter((name) => name.includes('trip'))
    expect(names).toHaveLength(1)
    expect(names).not.toContain(old)
  })

  test('by default no other tab knows of it', async () => {
    const first = openTab()
    await first.press()
    await first.leave()
    first.adapter.signInAtProvider()
    const second = await first.openTab(first.adapter.returnUrl())
    expect(second.state).toMatchObject({ status: 'failed', error: { code: 'expired' } })
    expect(first.page.shared.names()).toEqual([])
  })
})
