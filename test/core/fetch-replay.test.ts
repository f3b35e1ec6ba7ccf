import { afterEach, describe, expect, test, vi } from 'vitest'
import { API, openApi } from './fetch-api.js'
import { challenged, follow, settle } from './tab.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(bytes(chunk))
      controller.close()
    },
  })
const form = () => {
  const data = new FormData()
  data.append('name', 'Apollo')
  data.append('file', new File(['content'], 'plan.txt', { type: 'text/plain' }))
  return data
}
const params = new URLSearchParams({ name: 'Apollo', more: '&' })
const boundary = /(?<=boundary=)\S+/
const post = (body: BodyInit, more: RequestInit = {}): RequestInit => ({
  method: 'POST',
  body,
  ...more,
})
/** A body as it travels, whatever its boundary is called. */
const asSent = ({ body, headers }: { body: string; headers: Headers }) => {
  const type = headers.get('Content-Type')
  const mark = type ? boundary.exec(type)?.[0] : undefined
  return mark ? [type!.replace(mark, 'B'), body.replaceAll(mark, 'B')] : [type, body]
}

/** Sends, lets the person prove it, and gives what the API has got. */
async function sendTwice(input: RequestInfo | URL, init?: RequestInit) {
  const { api, make, prove } = await openApi()
  api.challengeUntilProved()
  const call = follow(make()(input, init))
  await settle()
  await prove()
  return { call, received: api.received }
}

describe('is sent again just as it was', () => {
  test.each([
    ['a text', () => post('{"a":1}', { headers: { 'Content-Type': 'application/json' } })],
    ['an empty text', () => post('')],
    ['no body', () => ({ method: 'POST' })],
    ['a null body', () => ({ method: 'POST', body: null })],
    ['parameters', () => post(params)],
    ['a form with a file', () => post(form())],
    ['a file', () => post(new Blob(['content'], { type: 'text/plain' }))],
    ['bytes', () => post(bytes('content'))],
    ['a part of bytes', () => post(bytes('--content--').subarray(2, 9))],
    ['a buffer', () => post(bytes('content').buffer)],
  ])('%s, as init and in a Request', async (_, init) => {
    const ways: readonly (readonly [RequestInfo | URL, RequestInit?])[] = [
      [`${API}/x`, init()],
      [new URL(`${API}/x`), init()],
      [new Request(`${API}/x`, init())],
      [new Request(`${API}/x`, { method: 'POST' }), init()],
    ]
    for (const args of ways) {
      const { call, received } = await sendTwice(...args)
      expect(call.status).toBe('done')
      const [first, second] = received
      expect(received).toHaveLength(2)
      expect(second!.method).toBe('POST')
      expect(asSent(second!)).toEqual(asSent(first!))
    }
  })

  test('the text of a Request, and its headers', async () => {
    const headers = { 'Content-Type': 'application/json', 'X-Trace': '1' }
    const request = new Request(`${API}/x`, { method: 'PUT', body: '{"a":1}', headers })
    const { received } = await sendTwice(request)
    expect(received.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}'])
    expect(received[1]!.headers.get('X-Trace')).toBe('1')
    expect(request.bodyUsed).toBe(true)
  })

  test('what the caller does to its own meanwhile is about another request', async () => {
    const { api, make, prove } = await openApi()
    api.challengeUntilProved()
    const data = form()
    const changing = new URLSearchParams(params)
    const view = bytes('content')
    const whole = bytes('content')
    const headers = new Headers({ 'X-Trace': '1' })
    const fetch = make()
    const { answer } = api
    // As soon as the last of them is on its way.
    api.answer = (request, nth) => {
      if (nth === 4) {
        data.set('name', 'Gemini')
        changing.set('name', 'Gemini')
        view.fill(0)
        whole.fill(0)
        headers.set('X-Trace', '2')
      }
      return answer(request, nth)
    }
    const calls = [data, changing, view, whole.buffer].map((body) =>
      follow(fetch(API, { method: 'POST', body, headers })),
    )
    await settle()
    await prove()
    expect(calls.map(({ status }) => status)).toEqual(Array(4).fill('done'))
    expect(api.received.slice(4).map(asSent)).toEqual(api.received.slice(0, 4).map(asSent))
    expect(api.received.map((request) => request.headers.get('X-Trace'))).toEqual(
      Array(8).fill('1'),
    )
  })

  test('what does not fit into a Request is passed on', async () => {
    const { api, make, prove } = await openApi()
    api.challengeUntilProved()
    const dispatcher = {}
    follow(make()(API, { method: 'PUT', priority: 'low', ...{ dispatcher } }))
    await settle()
    await prove()
    expect(api.send.mock.calls.map(([, init]) => init)).toEqual(
      Array(2).fill({ priority: 'low', dispatcher }),
    )
  })
})

describe('is left with its 401, and nobody is asked', () => {
  const duplex = { duplex: 'half' } as RequestInit

  test('a stream', async () => {
    const { api, make, tab } = await openApi()
    const response = challenged()
    api.answer = () => response
    const body = streamOf('a', 'b')
    expect(await make()(API, post(body, duplex))).toBe(response)
    expect(api.received.map((request) => request.body)).toEqual(['ab'])
    expect(tab.state.status).toBe('idle')
  })

  test('a Request that is still being written', async () => {
    const { api, make, tab } = await openApi()
    const response = challenged()
    const cancelled = vi.fn()
    const live = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes('a')),
      cancel: cancelled,
    })
    // The API answers before it has seen the end.
    const send = vi.fn(async (input: RequestInfo | URL) => {
      void (input as Request).body?.cancel()
      return response
    })
    const request = new Request(API, post(live, duplex))
    const call = follow(make({ fetch: send })(request))
    await settle()
    expect(call.status).toBe('open')
    tab.clock.advance(1)
    await settle()
    expect(call.value).toBe(response)
    expect(tab.state.status).toBe('idle')
    expect(send).toHaveBeenCalledOnce()
    expect(cancelled).toHaveBeenCalledOnce()
    expect(api.received).toEqual([])
  })

  test('a Request of more than 10 MB, of which no more is kept', async () => {
    const { make, tab } = await openApi()
    const response = challenged()
    let pulled = 0
    const huge = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pulled++ < 40) controller.enqueue(new Uint8Array(1_000_000))
        else controller.close()
      },
    })
    let pulledBeforeSent = 0
    const send = async (input: RequestInfo | URL) => {
      await settle()
      pulledBeforeSent = pulled
      expect((await (input as Request).arrayBuffer()).byteLength).toBe(40_000_000)
      return response
    }
    const request = new Request(API, post(huge, duplex))
    expect(await make({ fetch: send })(request)).toBe(response)
    expect(pulledBeforeSent).toBeLessThan(20)
    expect(tab.state.status).toBe('idle')
  })

  test('a Request that was used before is refused as by fetch', async () => {
    const { api, make } = await openApi()
    const request = new Request(API, post('x'))
    await request.text()
    await expect(make()(request)).rejects.toBeInstanceOf(TypeError)
    expect(api.received).toEqual([])
  })

  test('a copy that nobody needs is not read on', async () => {
    const { api, make } = await openApi()
    const cancelled = vi.fn()
    const live = new ReadableStream<Uint8Array>({ cancel: cancelled })
    const send = async (input: RequestInfo | URL) => {
      void (input as Request).body?.cancel()
      return Response.json({})
    }
    const call = follow(make({ fetch: send })(new Request(API, post(live, duplex))))
    await settle()
    expect(call.status).toBe('done')
    expect(cancelled).toHaveBeenCalledOnce()
    expect(api.received).toEqual([])
  })
})

describe('FAULTS 48: what proves who sends it', () => {
  test('is made anew for each attempt', async () => {
    const { api, make, prove } = await openApi()
    api.challengeUntilProved()
    let nth = 0
    const authorize = vi.fn(async ({ headers }: Request) => {
      nth++
      headers.set('Authorization', `DPoP token-${nth}`)
      headers.set('DPoP', `proof-${nth}`)
    })
    follow(make({ authorize })(API, post('x')))
    await settle()
    await prove()
    const proofs = api.received.map(({ headers }) => [
      headers.get('Authorization'),
      headers.get('DPoP'),
    ])
    expect(proofs).toEqual([
      ['DPoP token-1', 'proof-1'],
      ['DPoP token-2', 'proof-2'],
    ])
    const [[first], [second]] = authorize.mock.calls as [[Request], [Request]]
    expect(first).not.toBe(second)
  })

  test('may come in a Request of its own, with its signature over the body', async () => {
    const { api, make, prove } = await openApi()
    api.challengeUntilProved()
    const authorize = async (request: Request) => {
      const text = await request.clone().text()
      return new Request(request, { headers: { Signature: `of ${text}` } })
    }
    follow(make({ authorize })(new Request(API, post('x'))))
    await settle()
    await prove()
    expect(api.received.map(({ headers, body }) => [headers.get('Signature'), body])).toEqual(
      Array(2).fill(['of x', 'x']),
    )
  })

  test('is never the caller’s old one, also where `authorize` brings none', async () => {
    const { api, make, prove } = await openApi()
    api.challengeUntilProved()
    const headers = { Authorization: 'Bearer old', DPoP: 'old', 'X-Trace': '1' }
    follow(make({ authorize: () => undefined })(API, { headers }))
    follow(make({ authorize: () => undefined })(new Request(`${API}/request`, { headers })))
    await settle()
    await prove()
    const sent = api.received.map((request) => [...request.headers.keys()])
    expect(sent.slice(0, 2)).toEqual(Array(2).fill(['authorization', 'dpop', 'x-trace']))
    expect(sent.slice(2)).toEqual(Array(2).fill(['x-trace']))
  })

  test('without `authorize` stays with its 401, and the developer is told once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    for (const headers of [{ Authorization: 'Bearer old' }, { DPoP: 'old' }]) {
      const { api, make, tab } = await openApi()
      const response = challenged()
      api.answer = () => response
      expect(await make()(API, { headers })).toBe(response)
      expect(tab.state.status).toBe('idle')
      expect(api.received).toHaveLength(1)
    }
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('authorize'))
  })

  test('a cookie needs none of this', async () => {
    const { call, received } = await sendTwice(API, { credentials: 'include' })
    expect(call.status).toBe('done')
    expect(received).toHaveLength(2)
  })

  test('that cannot be made is the caller’s error', async () => {
    const { api, make } = await openApi()
    const lost = new Error('no token')
    await expect(make({ authorize: (): Promise<void> => Promise.reject(lost) })(API)).rejects.toBe(
      lost,
    )
    const thrown = () => {
      throw lost
    }
    await expect(make({ authorize: thrown })(API)).rejects.toBe(lost)
    expect(api.received).toEqual([])
  })

  test('a nonce that the API wants in it is left to the caller, also after the proof', async () => {
    const { api, make, prove } = await openApi()
    const nonce = new Response(null, {
      status: 401,
      headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': 'n' },
    })
    api.answer = (_, nth) => (nth === 1 ? challenged() : nonce)
    const call = follow(make()(API))
    await settle()
    await prove()
    expect(call.value).toBe(nonce)
    expect(api.received).toHaveLength(2)
  })
})

test('FAULTS 6: what another person finds half sent is not sent again in their name', async () => {
  const { api, make, prove, tab } = await openApi()
  api.challengeUntilProved()
  let end!: () => void
  const slow = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes('a'))
      end = () => controller.close()
    },
  })
  const send = vi.fn(async () => challenged())
  const request = new Request(API, post(slow, { duplex: 'half' } as RequestInit))
  const call = follow(make({ fetch: send })(request))
  await settle()
  tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
  await settle()
  end()
  await settle()
  if (tab.state.status === 'prompting') await prove()
  expect(call.status).toBe('wrong_account')
  expect(send).toHaveBeenCalledOnce()
})

test('what goes wrong while it is sent again is the caller’s error', async () => {
  const { api, make, prove, tab } = await openApi()
  const offline = new TypeError('Failed to fetch')
  api.answer = (_, nth) => {
    if (nth === 1) return challenged()
    throw offline
  }
  const call = follow(make()(API))
  await settle()
  await prove()
  expect(call.error).toBe(offline)
  expect(tab.state.status).toBe('idle')
})

test('given up while it is sent again: rejected with the caller’s reason', async () => {
  const { api, make, prove } = await openApi()
  const controller = new AbortController()
  const reason = new Error('unmounted')
  const send = vi.fn(async (input: RequestInfo | URL) => {
    if (send.mock.calls.length === 1) return challenged()
    const { signal } = input as Request
    return new Promise<Response>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
  })
  const call = follow(make({ fetch: send })(API, { signal: controller.signal }))
  await settle()
  await prove()
  expect(send).toHaveBeenCalledTimes(2)
  controller.abort(reason)
  await settle()
  expect(call.error).toBe(reason)
  expect(api.received).toEqual([])
})
