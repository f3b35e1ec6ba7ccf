import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Fetch, RunContext } from 'react-step-up'
import { createStepUpClient, createStepUpFetch } from 'react-step-up'
import { createFakeAdapter } from 'react-step-up/testing'
import { API, openApi } from './fetch-api.js'
import { challenged, follow, settle } from './tab.js'

let warn: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const refused = (url: string, init: ResponseInit = {}) =>
  Object.defineProperty(new Response(null, { status: 401, ...init }), 'url', { value: url })
/** What a client throws that keeps no Response. */
const thrown = ({ status, headers }: Response) =>
  Object.assign(new Error(String(status)), { response: { status, headers, data: null } })

describe('on a server, where nobody is asked', () => {
  const open = (origins?: readonly string[]) => {
    const send = vi.fn(async () => challenged())
    const client = createStepUpClient({ adapter: createFakeAdapter() })
    const fetch = createStepUpFetch(client, { fetch: send, ...(origins && { origins }) })
    return { client, fetch, send }
  }

  test('an address that only its fetch can tell goes there as it is', async () => {
    const { client, fetch, send } = open()
    expect((await fetch('/x')).status).toBe(401)
    expect(send).toHaveBeenCalledExactlyOnceWith('/x', {})
    expect(client.getState().status).toBe('idle')
  })

  test('nor is a developer told of what only a browser hides', async () => {
    const { fetch, send } = open(['https://server.test'])
    send.mockImplementation(async () => new Response(null, { status: 401 }))
    expect((await fetch('https://server.test')).status).toBe(401)
    expect(warn).not.toHaveBeenCalled()
  })
})

describe('a developer is told', () => {
  test.each([
    ['an ordinary 401 of the page’s own origin', 'https://own.test', 401, {}],
    ['a 403', 'https://403.test', 403, {}],
    ['a 401 that says what it is', 'https://basic.test', 401, { 'WWW-Authenticate': 'Basic' }],
  ])('nothing of %s', async (_, url, status, headers) => {
    const { api, make } = await openApi({ url: 'https://own.test/' })
    api.answer = () => new Response(null, { status, headers })
    expect((await make({ origins: [url] })(url)).status).toBe(status)
    expect(warn).not.toHaveBeenCalled()
  })

  test.each([
    ['without a header', {}],
    ['of another kind', { 'WWW-Authenticate': 'Basic realm="x"' }],
  ])('nothing of a refusal %s, of an origin that is not listed', async (_, headers) => {
    const { make } = await openApi()
    const response = refused('https://quiet.test/x', { headers })
    const fetch = make({ fetch: async () => response })
    expect(await fetch('https://quiet.test/x')).toBe(response)
    expect(warn).not.toHaveBeenCalled()
  })

  test('of a challenge of an origin that is not listed, and where to list it', async () => {
    const { make } = await openApi()
    const response = refused('https://forgotten.test/x', { headers: challenged().headers })
    await make({ fetch: async () => response })('https://forgotten.test/x')
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('{ origins }'))
  })
})

describe('what an origin that is not listed answers', () => {
  test('a success leaves the run’s own refusal to be answered', async () => {
    const opened = await openApi({
      async run(_, { signal }) {
        const fetch = opened.make({ fetch: async () => Response.json({}) })
        await fetch('https://third.test', { signal })
        throw thrown(challenged())
      },
    })
    await opened.tab.press()
    expect(opened.tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
  })

  test.each<[string, (init: RequestInit) => Parameters<Fetch>]>([
    ['the options', (init) => ['https://third.test', init]],
    ['a Request', (init) => [new Request('https://third.test', init)]],
  ])('a refusal is the caller’s, known by a key in %s', async (_, args) => {
    const opened = await openApi({
      async run(_, { requestId }) {
        const fetch = opened.make({ fetch: async () => challenged() })
        throw thrown(await fetch(...args({ headers: { 'Idempotency-Key': requestId } })))
      },
    })
    const call = await opened.tab.press()
    expect(call.error?.message).toBe('401')
    expect(opened.tab.state.status).toBe('idle')
  })
})

describe('where a request goes', () => {
  test('what is no Request of this page is left to its fetch, as it is', async () => {
    const { tab } = await openApi()
    const send = vi.fn(async () => Response.json({}))
    const foreign = { url: 'https://app.test/x', method: 'POST' } as Request
    await createStepUpFetch(tab.client, { fetch: send })(foreign)
    expect(send).toHaveBeenCalledExactlyOnceWith(foreign, {})
  })

  test('a relative address is read as the document has it', async () => {
    class Based extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(input instanceof Request ? input : new URL(input, 'https://app.test/base/'), init)
      }
    }
    vi.stubGlobal('Request', Based)
    const { api, tab } = await openApi()
    await createStepUpFetch(tab.client, { fetch: api.send })('api')
    expect(api.received.map(({ url }) => url)).toEqual(['https://app.test/base/api'])
  })

  test('an origin of another protocol is none, also where its host is called https', async () => {
    const { make } = await openApi()
    const wrong = () => make({ origins: ['ws://https:8080'] })
    expect(wrong).toThrow(/Write "https:\/\/api\.example\.com"/)
  })
})

describe('what has no body is sent again without one', () => {
  test.each(['GET', 'HEAD', 'POST'])('a Request with %s', async (method) => {
    const { make, prove } = await openApi()
    const bodies: unknown[] = []
    const send = async (input: RequestInfo | URL) =>
      bodies.push((input as Request).body) === 1 ? challenged() : new Response()
    const call = follow(make({ fetch: send })(new Request(API, { method })))
    await settle()
    await prove()
    expect(call.status).toBe('done')
    expect(bodies).toEqual([null, null])
  })

  test.each(['GET', 'HEAD'])(
    'a Request with %s, in a browser that shows no body',
    async (method) => {
      const { api, make, prove } = await openApi()
      api.challengeUntilProved()
      vi.spyOn(Request.prototype, 'body', 'get').mockReturnValue(undefined as never)
      const call = follow(make()(new Request(API, { method })))
      await settle()
      await prove()
      expect(call.status).toBe('done')
      expect(api.received.map((request) => request.method)).toEqual([method, method])
    },
  )
})

describe('a request in the middle of runs', () => {
  test('is not taken for a part of a run that passed nothing on to it', async () => {
    const { api, make, tab } = await openApi({ run: () => new Promise(() => undefined) })
    await tab.press()
    api.answer = () => challenged()
    follow(make()(API))
    await settle()
    expect(tab.state).toMatchObject({ waiting: [{ label: null }] })
  })

  test('once all of a run’s requests are given up, nobody is asked, though the run goes on', async () => {
    const controllers = [new AbortController(), new AbortController()]
    const opened = await openApi({
      async run(_, { requestId }: RunContext) {
        const headers = { 'Idempotency-Key': requestId }
        const fetch = opened.make()
        const sent = controllers.map(({ signal }) => fetch(API, { headers, signal }))
        await Promise.allSettled(sent)
        return new Promise(() => undefined)
      },
    })
    opened.api.answer = () => challenged()
    const call = await opened.tab.press()
    controllers[0]!.abort()
    await settle()
    expect(opened.tab.state.status).toBe('prompting')
    controllers[1]!.abort()
    await settle()
    expect(opened.tab.state.status).toBe('idle')
    expect(call.status).toBe('open')
  })
})

describe('FAULTS 47: after a Cancel', () => {
  async function openCancelled(unknown: boolean) {
    const opened = await openApi()
    const { api, make, tab } = opened
    const { getAuthentication } = tab.adapter
    const fetch = make()
    api.answer = () => challenged()
    const first = follow(fetch(API))
    await settle()
    if (unknown) {
      tab.adapter.getAuthentication = () => Promise.reject(new Error('offline'))
      tab.adapter.age(10)
      await settle()
    }
    await tab.cancel()
    expect(first.status).toBe('cancelled')
    return {
      ...opened,
      /** The SDK can tell again who is signed in. */
      async known() {
        tab.adapter.getAuthentication = getAuthentication
        tab.adapter.age(10)
        await settle()
      },
      async poll() {
        const call = follow(fetch(API))
        await settle()
        return call.status
      },
    }
  }

  test('new tokens of the same sign-in let nothing ask again', async () => {
    const { poll, prompts, tab } = await openCancelled(false)
    tab.clock.advance(30)
    const { authentication } = tab.adapter
    tab.adapter.authentication = { ...authentication!, issuedAt: tab.clock.now().wall }
    await settle()
    expect(tab.client.getAuthentication()?.issuedAt).toBe(tab.clock.now().wall)
    expect(await poll()).toBe('cancelled')
    expect(prompts).toHaveBeenCalledOnce()
  })

  test('while nobody can tell who is signed in, polls are refused alike', async () => {
    const { poll, tab } = await openCancelled(true)
    expect(tab.client.getAuthentication()).toBeNull()
    expect(await poll()).toBe('cancelled')
  })

  test('once it is known who is signed in, that person may be asked', async () => {
    const { known, poll, tab } = await openCancelled(true)
    await known()
    expect(await poll()).toBe('open')
    expect(tab.state.status).toBe('prompting')
  })
})
