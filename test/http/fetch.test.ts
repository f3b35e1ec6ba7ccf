import { afterEach, describe, expect, test, vi } from 'vitest'
import { createStepUpFetch } from 'react-step-up'
import { challenge, ok, openServer } from './server.js'
import { openFreshTab } from './tab.js'
import { until } from '../patience.js'

afterEach(() => {
  vi.restoreAllMocks()
})

/** An API that challenges until the person has proved it, and a fetch that knows its origin. */
async function openApi() {
  const opened = await openFreshTab()
  const server = await openServer((_, response) => {
    if (opened.isProved()) ok(response)
    else challenge(response)
  })
  const fetch = createStepUpFetch(opened.tab.client, { origins: [server.origin] })
  return { ...opened, ...server, fetch }
}

describe('over a real network', () => {
  test('FAULTS 31: ten parallel calls get one dialog, and each is sent once more', async () => {
    const { fetch, origin, prompts, prove, received, tab } = await openApi()
    const calls = Array.from({ length: 10 }, (_, i) => fetch(`${origin}/${i}`))
    await until(() => 'waiting' in tab.state && tab.state.waiting.length === 10)
    await prove()
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(received.map(({ path }) => path).sort()).toEqual(
      Array.from({ length: 20 }, (_, i) => `/${Math.floor(i / 2)}`),
    )
    expect(prompts).toHaveBeenCalledOnce()
  })

  test('a form with a file arrives twice as the same form', async () => {
    const { fetch, origin, prove, received } = await openApi()
    const body = new FormData()
    body.append('file', new File(['content'], 'plan.txt'))
    const call = fetch(origin, { method: 'POST', body })
    await prove()
    expect((await call).status).toBe(200)
    for (const { headers, body } of received) {
      const init = { headers: { 'Content-Type': headers['content-type']! } }
      const file = (await new Response(new Uint8Array(body), init).formData()).get('file') as File
      expect([file.name, await file.text()]).toEqual(['plan.txt', 'content'])
    }
    expect(received).toHaveLength(2)
  })

  test('a Request of some megabytes is sent again whole', async () => {
    const { fetch, origin, prove, received } = await openApi()
    const request = new Request(origin, { method: 'PUT', body: new Uint8Array(5_000_000).fill(7) })
    const call = fetch(request)
    await prove()
    expect((await call).status).toBe(200)
    expect(received.map(({ body }) => body.length)).toEqual([5_000_000, 5_000_000])
    expect(received[1]!.body.equals(received[0]!.body)).toBe(true)
  })

  test('a stream keeps its 401, which can be read in full', async () => {
    const { fetch, origin, received, tab } = await openApi()
    const body = new Blob(['content']).stream()
    const response = await fetch(origin, { method: 'POST', body, ...{ duplex: 'half' } })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ message: 'no' })
    expect(received.map(({ body }) => body.toString())).toEqual(['content'])
    expect(tab.state.status).toBe('idle')
  })

  test('a large answer that is no challenge streams to the caller unread', async () => {
    const opened = await openFreshTab()
    const size = 20_000_000
    const { origin } = await openServer((_, response) => {
      response.writeHead(403, { 'Content-Type': 'application/json' })
      response.end(Buffer.alloc(size, ' '))
    })
    const fetch = createStepUpFetch(opened.tab.client, { origins: [origin] })
    const response = await fetch(origin)
    expect([response.status, response.bodyUsed]).toEqual([403, false])
    expect((await response.arrayBuffer()).byteLength).toBe(size)
  })

  test('given up while it is under way, asked for, or sent again: rejected with the caller’s reason', async () => {
    const opened = await openFreshTab()
    const { origin, received } = await openServer(({ path }, response) => {
      if (path === '/silent' || opened.isProved()) return
      challenge(response)
    })
    const fetch = createStepUpFetch(opened.tab.client, { origins: [origin] })
    const arrived = (count: number) => until(() => received.length === count)

    const underWay = new AbortController()
    const first = fetch(`${origin}/silent`, { signal: underWay.signal }).catch((e: unknown) => e)
    await arrived(1)
    underWay.abort('one')
    expect(await first).toBe('one')

    const asked = new AbortController()
    const second = fetch(origin, { signal: asked.signal }).catch((e: unknown) => e)
    await until(() => opened.tab.state.status === 'prompting')
    asked.abort('two')
    expect(await second).toBe('two')
    await until(() => opened.tab.state.status === 'idle')

    const again = new AbortController()
    const third = fetch(origin, { signal: again.signal }).catch((e: unknown) => e)
    await opened.prove()
    await arrived(4)
    again.abort('three')
    expect(await third).toBe('three')
  })
})

describe('FAULTS 26: a redirect to another origin', () => {
  async function openRedirect() {
    const opened = await openFreshTab()
    const target = await openServer((_, response) => {
      if (opened.isProved()) ok(response)
      else challenge(response)
    })
    const start = await openServer((_, response) => {
      response.writeHead(307, { Location: `${target.origin}/there` }).end()
    })
    return { ...opened, start, target }
  }

  test('that is not listed raises no dialog: its 401 is the caller’s', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { start, tab, target } = await openRedirect()
    const fetch = createStepUpFetch(tab.client, { origins: [start.origin] })
    const response = await fetch(start.origin)
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ message: 'no' })
    expect(tab.state.status).toBe('idle')
    expect(target.received).toHaveLength(1)
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(target.origin))
  })

  test('nor does one that leads from elsewhere to a listed origin', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { start, tab, target } = await openRedirect()
    const fetch = createStepUpFetch(tab.client, { origins: [target.origin] })
    expect((await fetch(start.origin)).status).toBe(401)
    expect(tab.state.status).toBe('idle')
  })

  test('that is listed too is sent again from its start', async () => {
    const { prove, start, tab, target } = await openRedirect()
    const fetch = createStepUpFetch(tab.client, { origins: [start.origin, target.origin] })
    const call = fetch(start.origin, { method: 'POST', body: 'x' })
    await prove()
    expect((await call).status).toBe(200)
    for (const { received } of [start, target]) {
      expect(received.map(({ method, body }) => `${method} ${String(body)}`)).toEqual(
        Array(2).fill('POST x'),
      )
    }
  })
})
