import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StepUpClient } from 'react-step-up'
import { createStepUpClient, createStepUpFetch } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import type { Opened } from './fetch-api.js'
import { API, openApi } from './fetch-api.js'
import { challenged, follow, HOUR, settle } from './tab.js'

const hidden = (body: unknown, init: ResponseInit = {}) =>
  Response.json(body, { status: 401, ...init })
const MIRROR = { error: 'insufficient_user_authentication', max_age: 60 }

let warn: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('a challenge of a listed origin', () => {
  test('asks the person, and sends the request once more', async () => {
    const { api, make, prove, tab } = await openApi()
    api.challengeUntilProved()
    const call = follow(make()(`${API}/projects/1`, { method: 'DELETE' }))
    await settle()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      why: 'challenged',
      requirement: { maxAge: 300 },
      waiting: [{ label: null, resumable: false }],
    })
    expect(call.status).toBe('open')
    await prove()
    expect(call.status).toBe('done')
    expect(await call.value!.json()).toEqual({ ok: true })
    expect(api.received.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array(2).fill(`DELETE ${API}/projects/1`),
    )
    expect(tab.state.status).toBe('idle')
  })

  test.each([401, 403])('is a challenge with status %i', async (status) => {
    const { api, make, tab } = await openApi()
    api.answer = () => new Response(null, { status, headers: challenged().headers })
    follow(make()(API))
    await settle()
    expect(tab.state.status).toBe('prompting')
  })

  test('FAULTS 26: is read from the body where CORS hides the header', async () => {
    const { api, make, prove, tab } = await openApi()
    api.answer = (_, nth) => (nth === 1 ? hidden(MIRROR) : Response.json({ ok: true }))
    const call = follow(make()(API))
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 60 } })
    await prove()
    expect(call.status).toBe('done')
    expect(warn).not.toHaveBeenCalled()
  })

  test('of a vendor is read by the adapter', async () => {
    const { api, make, tab } = await openApi()
    tab.adapter.readChallenge = ({ status, body }) =>
      status === 403 && (body as { claim?: string }).claim === 'stale' ? { maxAge: 120 } : null
    api.answer = () => hidden({ claim: 'stale' }, { status: 403 })
    follow(make()(API))
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 120 } })
  })

  test('waits for the first answer to who is signed in, and then asks', async () => {
    const clock = createFakeClock()
    const adapter = createFakeAdapter({ clock })
    const { getAuthentication } = adapter
    let known!: () => void
    const reading = new Promise<void>((resolve) => (known = resolve))
    adapter.getAuthentication = () => reading.then(() => getAuthentication())
    const environment = createFakeEnvironment({ clock })
    const client = createStepUpClient({ adapter, environment })
    client.attachDialog()
    const call = follow(
      createStepUpFetch(client, { fetch: async () => challenged(), origins: [API] })(API),
    )
    await settle()
    expect([call.status, client.getState().status]).toEqual(['open', 'idle'])
    known()
    await settle()
    expect(client.getState()).toMatchObject({ status: 'prompting', why: 'challenged' })
  })

  test('of somebody who is not signed in is refused', async () => {
    const { api, make, tab } = await openApi()
    tab.adapter.authentication = null
    api.answer = () => challenged()
    const call = follow(make()(API))
    await settle()
    expect(call.status).toBe('signed_out')
  })

  test('FAULTS 6: is never answered in another person’s name', async () => {
    const { api, make, tab } = await openApi()
    api.answer = () => {
      tab.adapter.authentication = {
        ...tab.adapter.authentication!,
        subject: 'bob',
        authTime: tab.clock.now().wall,
      }
      return challenged()
    }
    const call = follow(make()(API))
    await settle()
    expect(call.status).toBe('wrong_account')
    expect(api.received).toHaveLength(1)
  })

  test('FAULTS 6: nor is that other person asked to prove anything', async () => {
    const { api, make, prompts, tab } = await openApi()
    api.answer = () => {
      tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob', authTime: 1 }
      return challenged()
    }
    const call = follow(make()(API))
    await settle()
    expect(call.status).toBe('wrong_account')
    expect(prompts).not.toHaveBeenCalled()
  })

  test('that is answered frees its connection', async () => {
    const { api, make, prove } = await openApi()
    const cancel = vi.fn()
    const { headers } = challenged()
    api.answer = (_, nth) =>
      nth === 1
        ? new Response(new ReadableStream({ cancel }), { status: 401, headers })
        : Response.json({})
    const call = follow(make()(API))
    await settle()
    expect(cancel).toHaveBeenCalledOnce()
    await prove()
    expect(call.status).toBe('done')
  })

  test('FAULTS 25: is answered once per call, then it is `still_stale`, with the Response as its cause', async () => {
    const { api, make, prove, prompts, tab } = await openApi()
    const responses: Response[] = []
    api.answer = () => {
      responses.push(hidden(MIRROR))
      return responses.at(-1)!
    }
    const call = follow(make()(API))
    await settle()
    await prove()
    expect(call.status).toBe('still_stale')
    expect(call.error?.cause).toBe(responses[1])
    expect(await responses[1]!.json()).toEqual(MIRROR)
    expect(api.received).toHaveLength(2)
    expect(prompts).toHaveBeenCalledOnce()
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 30: that a proof has answered meanwhile is sent again unasked', async () => {
    const { api, make, prove, prompts } = await openApi()
    let late!: (response: Response) => void
    api.answer = (_, nth) => {
      if (nth === 1) return new Promise((resolve) => (late = resolve))
      return nth === 2 ? challenged() : Response.json(nth)
    }
    const fetch = make()
    const first = follow(fetch(`${API}/late`))
    await settle()
    const second = follow(fetch(`${API}/early`))
    await settle()
    await prove()
    expect([first.status, second.status]).toEqual(['open', 'done'])
    late(challenged())
    await settle()
    expect(first.status).toBe('done')
    expect(prompts).toHaveBeenCalledOnce()
    expect(api.received.map(({ url }) => new URL(url).pathname)).toEqual([
      ...['/late', '/early', '/early', '/late'],
    ])
  })
})

describe('FAULTS 31: ten parallel calls', () => {
  test('get one dialog, and each is sent once more after it', async () => {
    const { api, make, prove, prompts, tab } = await openApi()
    api.challengeUntilProved()
    const fetch = make()
    const calls = Array.from({ length: 10 }, (_, i) => follow(fetch(`${API}/${i}`)))
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', waiting: { length: 10 } })
    await prove()
    expect(calls.map(({ status }) => status)).toEqual(Array(10).fill('done'))
    expect(prompts).toHaveBeenCalledOnce()
    for (let i = 0; i < 10; i++) {
      expect(api.received.filter(({ url }) => url === `${API}/${i}`)).toHaveLength(2)
    }
  })

  test('are all rejected on cancel', async () => {
    const { api, make, tab } = await openApi()
    api.challengeUntilProved()
    const fetch = make()
    const calls = Array.from({ length: 10 }, (_, i) => follow(fetch(`${API}/${i}`)))
    await settle()
    await tab.cancel()
    expect(calls.map(({ status }) => status)).toEqual(Array(10).fill('cancelled'))
    expect(api.received).toHaveLength(10)
    expect(tab.state.status).toBe('idle')
  })

  test('share the dialog with an action that waits', async () => {
    const { api, make, prove, tab } = await openApi()
    tab.adapter.age(HOUR)
    const action = await tab.press()
    api.challengeUntilProved()
    const call = follow(make()(API))
    await settle()
    expect(tab.state).toMatchObject({
      waiting: [{ label: 'Delete project apollo' }, { label: null }],
    })
    await prove()
    expect([action.status, call.status]).toEqual(['done', 'done'])
  })
})

test('each demand of `max_age=0` is proved by itself', async () => {
  const { api, make, prove, prompts } = await openApi()
  const spent = new Set<string>()
  api.answer = ({ url }) => {
    if (spent.has(url)) return Response.json({})
    spent.add(url)
    return challenged(0)
  }
  const fetch = make()
  const calls = [follow(fetch(`${API}/1`)), follow(fetch(`${API}/2`))]
  await settle()
  await prove()
  expect(calls.map(({ status }) => status)).toEqual(['done', 'open'])
  await prove()
  expect(calls.map(({ status }) => status)).toEqual(['done', 'done'])
  expect(prompts).toHaveBeenCalledTimes(2)
})

describe('what is no challenge is the caller’s, as it came', () => {
  test.each([
    ['a success', () => Response.json({ ok: true })],
    ['nothing', () => new Response(null, { status: 204 })],
    ['an ordinary 401', () => new Response('no', { status: 401 })],
    ['a 403 with HTML', () => new Response('<h1>403</h1>', { status: 403 })],
    ['a 500 with HTML', () => new Response('<h1>500</h1>', { status: 500 })],
    ['a 500 that looks like a challenge', () => hidden(MIRROR, { status: 500 })],
    ['a 200 that looks like a challenge', () => hidden(MIRROR, { status: 200 })],
    ['JSON that is none', () => new Response('{', hidden({}))],
    ['an age that nobody can meet', () => hidden({ ...MIRROR, max_age: -1 })],
    ['a huge body', () => hidden({ ...MIRROR, more: 'x'.repeat(1_000_000) })],
    [
      'a DPoP nonce',
      () =>
        new Response(null, {
          status: 401,
          headers: { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': 'n' },
        }),
    ],
    [
      'another error in the header, whatever the body says',
      () => hidden(MIRROR, { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } }),
    ],
  ])('%s', async (_, answer) => {
    const { api, make, tab } = await openApi()
    const expected = await answer().text()
    const response = answer()
    api.answer = () => response
    const call = follow(make()(API))
    await settle()
    expect(call.value).toBe(response)
    expect(response.bodyUsed).toBe(false)
    expect(response.body?.locked ?? false).toBe(false)
    expect(await response.text()).toBe(expected)
    expect(tab.state.status).toBe('idle')
    expect(api.received).toHaveLength(1)
  })

  test('a body that never ends says nothing, and stays readable', async () => {
    const { api, make, tab } = await openApi()
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"error":')),
    })
    const headers = { 'Content-Type': 'application/json' }
    api.answer = () => new Response(stream, { status: 401, headers })
    const call = follow(make()(API))
    await settle()
    expect(call.status).toBe('open')
    tab.clock.advance(30)
    await settle()
    expect(call.status).toBe('done')
    const { value } = await call.value!.body!.getReader().read()
    expect(new TextDecoder().decode(value)).toBe('{"error":')
    expect(tab.clock.pending).toBe(0)
  })

  test('a readable header is all that is read, a challenge or not', async () => {
    const { api, make } = await openApi()
    for (const value of [challenged().headers.get('WWW-Authenticate')!, 'Bearer']) {
      const response = hidden({}, { headers: { 'WWW-Authenticate': value } })
      const clone = vi.spyOn(response, 'clone')
      api.answer = () => response
      follow(make()(API))
      await settle()
      expect(clone).not.toHaveBeenCalled()
    }
  })

  test('the call around it does not read it once more', async () => {
    const opened = await openApi({ run: () => opened.make()(API) })
    const response = hidden({ message: 'no' })
    const clone = vi.spyOn(response, 'clone')
    opened.api.answer = () => response
    const call = await opened.tab.press()
    expect(call.value).toBe(response)
    expect(clone).toHaveBeenCalledOnce()
  })
})

describe('FAULTS 26: only listed origins raise a prompt', () => {
  test('a challenge of any other origin is the caller’s; the request goes out untouched', async () => {
    const { api, make, tab } = await openApi()
    const authorize = vi.fn()
    const response = challenged()
    Object.defineProperty(response, 'url', { value: 'https://unlisted.test/x' })
    api.answer = () => response
    const init = { method: 'POST', body: 'x' }
    expect(await make({ authorize })('https://unlisted.test/x', init)).toBe(response)
    expect(api.send).toHaveBeenCalledExactlyOnceWith('https://unlisted.test/x', init)
    expect(authorize).not.toHaveBeenCalled()
    expect(tab.state.status).toBe('idle')
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('https://unlisted.test/x asks for a newer sign-in'),
    )
  })

  test('nor does one that a redirect leads to', async () => {
    const { api, make, tab } = await openApi()
    const response = challenged()
    Object.defineProperty(response, 'url', { value: 'https://third.test/login' })
    api.answer = () => response
    expect(await make()(API)).toBe(response)
    expect(tab.state.status).toBe('idle')
  })

  test('a hidden header without a mirror is a plain 401, and a warning for the developer, once', async () => {
    const { api, make } = await openApi()
    api.answer = () => hidden({ message: 'no' })
    const fetch = make({ origins: ['https://hiding.test'] })
    expect((await fetch('https://hiding.test')).status).toBe(401)
    expect((await fetch('https://hiding.test')).status).toBe(401)
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('Access-Control-Expose-Headers'),
    )
  })

  test('by default it is the page’s own, also for relative addresses', async () => {
    const { api, prove, tab } = await openApi()
    const fetch = createStepUpFetch(tab.client, { fetch: api.send })
    api.challengeUntilProved()
    const call = follow(fetch('api?x=1'))
    const other = follow(fetch(`${API}/x`))
    await settle()
    expect(other.value?.status).toBe(401)
    await prove()
    expect(call.status).toBe('done')
    expect(api.received.at(-1)?.url).toBe('https://app.test/api?x=1')
  })

  test('an address that is none is refused as fetch does', async () => {
    const { make } = await openApi()
    const call = follow(make({ fetch: (input) => globalThis.fetch(input) })('http://'))
    await settle()
    expect(call.error).toBeInstanceOf(TypeError)
  })

  test.each([
    ['https://api.test/', '"https://api.test"'],
    ['https://api.test/v1', '"https://api.test"'],
    ['https://API.test', '"https://api.test"'],
    ['https://api.test:443', '"https://api.test"'],
    ['api.test', '"https://api.example.com"'],
    ['*', '"https://api.example.com"'],
    ['null', '"https://api.example.com"'],
    ['file:///x', '"https://api.example.com"'],
    ['', '"https://api.example.com"'],
  ])('%j in the list is a TypeError that says what to write', async (origin, instead) => {
    const { make } = await openApi()
    expect(() => make({ origins: [API, origin] })).toThrow(TypeError)
    expect(() => make({ origins: [API, origin] })).toThrow(instead)
  })

  test('a client of another kind is a TypeError', () => {
    expect(() => createStepUpFetch({} as StepUpClient)).toThrow(TypeError)
  })
})

describe('FAULTS 47: after a Cancel', () => {
  test('polls that are challenged again bring no dialog back, and are refused alike', async () => {
    const { api, make, prompts, tab } = await openApi()
    api.answer = () => challenged()
    const fetch = make()
    const first = follow(fetch(`${API}/news`))
    await settle()
    await tab.cancel()
    expect(first.status).toBe('cancelled')
    for (let poll = 0; poll < 5; poll++) {
      tab.clock.advance(60)
      const call = follow(fetch(`${API}/news?${poll}`))
      await settle()
      expect(call).toMatchObject({ status: 'cancelled', error: { reason: 'person' } })
    }
    expect(prompts).toHaveBeenCalledOnce()
    expect(api.received).toHaveLength(6)
  })

  test('one that was on its way is refused too, by whatever fetch of this client', async () => {
    const { api, make, prompts, tab } = await openApi()
    let late!: (response: Response) => void
    api.answer = (_, nth) => (nth === 1 ? new Promise((resolve) => (late = resolve)) : challenged())
    const slow = follow(make()(API))
    const quick = follow(make()(API))
    await settle()
    await tab.cancel()
    late(challenged())
    await settle()
    expect([slow.status, quick.status]).toEqual(['cancelled', 'cancelled'])
    expect(prompts).toHaveBeenCalledOnce()
  })

  test.each([
    ['a call of requireFreshAuth', (tab: Opened['tab']) => tab.press()],
    [
      'a proof in another place',
      async (tab: Opened['tab']) => {
        tab.clock.advance(100)
        const now = tab.clock.now().wall
        tab.adapter.authentication = { ...tab.adapter.authentication!, authTime: now }
        tab.clock.advance(400)
      },
    ],
    [
      'another person',
      async (tab: Opened['tab']) => {
        tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
      },
    ],
  ])('%s lets it ask again', async (_, act) => {
    const { api, make, prompts, tab } = await openApi()
    api.answer = () => challenged()
    const fetch = make()
    follow(fetch(API))
    await settle()
    await tab.cancel()
    await act(tab)
    await settle()
    follow(fetch(API))
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
    expect(prompts).toHaveBeenCalledTimes(2)
  })

  test('another demand, or another origin, may ask', async () => {
    const { api, make, prompts, tab } = await openApi()
    api.answer = ({ url }) => challenged(url.includes('strict') ? 60 : 300)
    const fetch = make({ origins: [API, 'https://other.test'] })
    for (const [nth, url] of [API, `${API}/strict`, 'https://other.test'].entries()) {
      follow(fetch(url))
      await settle()
      expect(prompts).toHaveBeenCalledTimes(nth + 1)
      await tab.cancel()
    }
  })

  test('an API that is not content with a proof asks nobody again', async () => {
    const { api, make, prove, prompts } = await openApi()
    api.answer = () => challenged()
    const fetch = make()
    follow(fetch(API))
    await settle()
    await prove()
    const next = follow(fetch(API))
    await settle()
    expect(next.status).toBe('still_stale')
    expect(prompts).toHaveBeenCalledOnce()
  })

  test('what ended without the person may ask again', async () => {
    const { api, make, tab } = await openApi()
    api.answer = () => challenged()
    const methods = vi.spyOn(tab.adapter, 'methods').mockRejectedValueOnce(new Error('offline'))
    const fetch = make()
    const first = follow(fetch(API))
    await settle()
    expect(first.status).toBe('provider_error')
    follow(fetch(API))
    await settle()
    expect(tab.state.status).toBe('prompting')
    expect(methods).toHaveBeenCalledTimes(2)
  })

  test('an account without a way to confirm is told so once', async () => {
    const { api, make, prompts, tab } = await openApi()
    tab.adapter.offered = []
    api.answer = () => challenged()
    const fetch = make()
    const calls = [follow(fetch(API))]
    await settle()
    await tab.cancel()
    calls.push(follow(fetch(API)))
    await settle()
    expect(calls.map(({ status }) => status)).toEqual(['no_method', 'no_method'])
    expect(prompts).toHaveBeenCalledOnce()
  })
})

describe('a caller that gives up', () => {
  const reason = new Error('unmounted')

  test('before it is sent: nothing is sent', async () => {
    const { api, make } = await openApi()
    const authorize = vi.fn()
    const call = follow(make({ authorize })(API, { signal: AbortSignal.abort(reason) }))
    await settle()
    expect(call.error).toBe(reason)
    expect(api.received).toEqual([])
    expect(authorize).not.toHaveBeenCalled()
  })

  test('while the person is asked: rejected with its reason, as by fetch, and nobody is asked any more', async () => {
    const { api, make, tab } = await openApi()
    api.answer = () => challenged()
    const controller = new AbortController()
    const call = follow(make()(API, { signal: controller.signal }))
    await settle()
    controller.abort(reason)
    await settle()
    expect(call.error).toBe(reason)
    expect(tab.state.status).toBe('idle')
    expect(api.received).toHaveLength(1)
  })

  test('without a reason: rejected with an AbortError', async () => {
    const { api, make } = await openApi()
    api.answer = () => challenged()
    const controller = new AbortController()
    const request = new Request(API, { signal: controller.signal })
    const call = follow(make()(request))
    await settle()
    controller.abort()
    await settle()
    expect(call.error).toMatchObject({ name: 'AbortError' })
  })

  test('leaves the dialog to the others', async () => {
    const { api, make, prove, tab } = await openApi()
    api.challengeUntilProved()
    const controller = new AbortController()
    const fetch = make()
    follow(fetch(API, { signal: controller.signal }))
    const other = follow(fetch(API))
    await settle()
    controller.abort()
    await settle()
    expect(tab.state).toMatchObject({ waiting: { length: 1 } })
    await prove()
    expect(other.status).toBe('done')
    expect(api.received).toHaveLength(3)
  })

  test('is not remembered as a Cancel', async () => {
    const { api, make, tab } = await openApi()
    api.answer = () => challenged()
    const fetch = make()
    const controller = new AbortController()
    follow(fetch(API, { signal: controller.signal }))
    await settle()
    controller.abort()
    await settle()
    follow(fetch(API))
    await settle()
    expect(tab.state.status).toBe('prompting')
  })

  test('while tokens are fetched, or a body is read: rejected at once', async () => {
    const { api, make } = await openApi()
    const controller = new AbortController()
    const endless = new ReadableStream({ start: () => undefined })
    const headers = { 'Content-Type': 'application/json' }
    api.answer = () => new Response(endless, { status: 401, headers })
    const { signal } = controller
    const reading = follow(make()(API, { signal }))
    const authorizing = follow(
      make({ authorize: () => new Promise<void>(() => undefined) })(API, { signal }),
    )
    await settle()
    expect([reading.status, authorizing.status]).toEqual(['open', 'open'])
    controller.abort(reason)
    await settle()
    expect([reading.error, authorizing.error]).toEqual([reason, reason])
  })
})

test('on a server requests go out as they are, and a challenge is the caller’s', async () => {
  const client = createStepUpClient({ adapter: createFakeAdapter({ clock: createFakeClock() }) })
  const response = challenged()
  const authorize = vi.fn()
  const options = { fetch: async () => response, origins: [API], authorize }
  expect(await createStepUpFetch(client, options)(API)).toBe(response)
  expect(authorize).toHaveBeenCalledOnce()
})
