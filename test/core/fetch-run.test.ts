import { describe, expect, test, vi } from 'vitest'
import type { Fetch, RunContext } from 'react-step-up'
import { createStepUpFetch } from 'react-step-up'
import { API, openApi } from './fetch-api.js'
import { challenged, follow, settle } from './tab.js'

/** How a run passes on what it was told; `nothing`: it does not. */
const WAYS = {
  signal: ({ signal }: RunContext) => ({ signal }),
  requestId: ({ requestId }: RunContext) => ({ headers: { 'Idempotency-Key': requestId } }),
  nothing: () => ({}),
}
type Way = keyof typeof WAYS
const init = (way: Way, context: RunContext, method = 'POST') => ({ method, ...WAYS[way](context) })

/** An action with two requests, of which the second is challenged. */
async function openTwo(way: Way, first = 'POST') {
  let fetch!: Fetch
  const opened = await openApi({
    async run({ id }, context) {
      await fetch(`${API}/first/${id}`, init(way, context, first))
      const response = await fetch(`${API}/second/${id}`, init(way, context))
      return (await response.json()) as unknown
    },
  })
  const { api, tab } = opened
  fetch = opened.make()
  const { authTime } = tab.adapter.authentication!
  api.answer = ({ url }) =>
    url.includes('second') && tab.adapter.authentication!.authTime === authTime
      ? challenged()
      : Response.json(new URL(url).pathname)
  return {
    ...opened,
    paths: () => api.received.map(({ url }) => new URL(url).pathname),
    /** The next page of the tab has a client of its own. */
    renew() {
      fetch = createStepUpFetch(tab.client, { fetch: api.send, origins: [API] })
    },
  }
}

describe('FAULTS 49: two requests in one run, the second challenged', () => {
  test.each(['signal', 'requestId', 'nothing'] as const)(
    'the second alone is sent again, and the run goes on (passed on: %s)',
    async (way) => {
      const { paths, prompts, prove, tab } = await openTwo(way)
      const call = await tab.press()
      expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
      await prove()
      expect(call).toMatchObject({ status: 'done', value: '/second/apollo' })
      expect(paths()).toEqual(['/first/apollo', '/second/apollo', '/second/apollo'])
      expect(tab.run).toHaveBeenCalledOnce()
      expect(prompts).toHaveBeenCalledOnce()
    },
  )

  test('in a closure too', async () => {
    const { api, make, prove, tab } = await openApi()
    const fetch = make()
    api.answer = (_, nth) => (nth === 2 ? challenged() : Response.json(nth))
    const run = vi.fn(async ({ signal }: RunContext) => {
      await fetch(`${API}/first`, { signal })
      return (await (await fetch(`${API}/second`, { signal })).json()) as unknown
    })
    const call = follow(tab.client.requireFreshAuth(300)(run))
    await settle()
    await prove()
    expect(call).toMatchObject({ status: 'done', value: 3 })
    expect(run).toHaveBeenCalledOnce()
  })

  test('it is the action that waits, where the run passes on what it was told', async () => {
    for (const way of ['signal', 'requestId'] as const) {
      const { tab } = await openTwo(way)
      await tab.press()
      expect(tab.state).toMatchObject({ waiting: [{ label: 'Delete project apollo' }] })
    }
  })

  test('cancelled: the caller is rejected, and nothing is run again', async () => {
    const { paths, tab } = await openTwo('signal')
    const call = await tab.press()
    await tab.cancel()
    expect(call.status).toBe('cancelled')
    expect(paths()).toHaveLength(2)
    expect(tab.run).toHaveBeenCalledOnce()
    expect(tab.state.status).toBe('idle')
  })

  test.each(['signal', 'requestId', 'nothing'] as const)(
    'FAULTS 25: an API that is never content ends in `still_stale`, after one prompt and one run (passed on: %s)',
    async (way) => {
      const { api, prompts, prove, tab } = await openTwo(way)
      api.answer = ({ url }) => (url.includes('second') ? challenged() : Response.json({}))
      const call = await tab.press()
      await prove()
      expect(call.status).toBe('still_stale')
      expect(tab.run).toHaveBeenCalledOnce()
      expect(prompts).toHaveBeenCalledOnce()
    },
  )

  test('FAULTS 25: one step-up is all that a call gets, whichever request asks', async () => {
    const { api, paths, prompts, prove, tab } = await openTwo('signal')
    api.answer = (_, nth) => (nth === 2 ? Response.json({}) : challenged())
    const call = await tab.press()
    await prove()
    expect(call.status).toBe('still_stale')
    expect(paths()).toEqual(['/first/apollo', '/first/apollo', '/second/apollo'])
    expect(prompts).toHaveBeenCalledOnce()
  })
})

describe('two requests of one run at once', () => {
  async function openBoth(way: Way) {
    const opened = await openApi({
      async run(_, context) {
        const urls = [`${API}/a`, `${API}/b`]
        const fetch = opened.make()
        const all = await Promise.all(urls.map((url) => fetch(url, init(way, context))))
        return all.map(({ status }) => status)
      },
    })
    return opened
  }

  test('wait as one, and are both sent again', async () => {
    const { api, prompts, prove, tab } = await openBoth('signal')
    api.challengeUntilProved()
    const call = await tab.press()
    expect(tab.state).toMatchObject({ waiting: { length: 1 } })
    await prove()
    expect(call).toMatchObject({ status: 'done', value: [200, 200] })
    expect(api.received).toHaveLength(4)
    expect(prompts).toHaveBeenCalledOnce()
  })

  test('leave one action in the record of a trip', async () => {
    const { api, tab } = await openBoth('requestId')
    tab.adapter.offered = [tab.adapter.trip]
    api.challengeUntilProved()
    await tab.press()
    await tab.leave()
    expect(tab.record).toMatchObject({ actions: { length: 1 } })
  })

  test('of which the late one is answered by the proof of the early one', async () => {
    const { api, prompts, prove, tab } = await openBoth('signal')
    let late!: (response: Response) => void
    api.answer = (_, nth) => {
      if (nth === 1) return new Promise((resolve) => (late = resolve))
      return nth === 2 ? challenged() : Response.json({})
    }
    const call = await tab.press()
    await prove()
    late(challenged())
    await settle()
    expect(call).toMatchObject({ status: 'done', value: [200, 200] })
    expect(prompts).toHaveBeenCalledOnce()
  })

  test('are each judged by the API, where it wants a proof for each', async () => {
    const { api, prompts, prove, tab } = await openBoth('signal')
    const spent = new Set<number>()
    api.answer = () => {
      const { authTime = 0 } = tab.adapter.authentication!
      if (api.received.length <= 2 || spent.has(authTime)) return challenged(0)
      spent.add(authTime)
      return Response.json({})
    }
    const call = await tab.press()
    await prove()
    expect(call.status).toBe('still_stale')
    expect(spent.size).toBe(1)
    expect(prompts).toHaveBeenCalledOnce()
  })
})

describe('where the person can only leave the page', () => {
  async function openTravelling(way: Way, first?: string) {
    const opened = await openTwo(way, first)
    const { tab } = opened
    tab.adapter.offered = [tab.adapter.trip]
    return opened
  }

  test('the action comes back, and is run from its start under the same requestId', async () => {
    const { api, paths, renew, tab } = await openTravelling('requestId')
    const outcome = vi.fn()
    await tab.press()
    await tab.leave()
    expect(tab.record).toMatchObject({ actions: [{ id: 'project.delete', challenged: true }] })
    await tab.comeBack()
    renew()
    tab.client.onResumed(tab.deleteProject, outcome)
    expect(tab.state.status).toBe('confirming')
    expect(tab.run).toHaveBeenCalledOnce()
    await tab.confirm()
    expect(outcome).toHaveBeenCalledExactlyOnceWith({ data: '/second/apollo' }, { id: 'apollo' })
    expect(paths()).toEqual([
      ...['/first/apollo', '/second/apollo'],
      ...['/first/apollo', '/second/apollo'],
    ])
    const keys = api.received.map(({ headers }) => headers.get('Idempotency-Key'))
    expect(new Set(keys).size).toBe(1)
    expect(tab.page.stored).toBeNull()
  })

  test('it does not, where a request was served that the API could not know again', async () => {
    const { paths, tab } = await openTravelling('signal')
    const call = await tab.press()
    expect(call.status).toBe('not_resumable')
    expect(call.error?.message).toContain('Idempotency-Key')
    expect(tab.page.stored).toBeNull()
    expect(paths()).toEqual(['/first/apollo', '/second/apollo'])
  })

  test('a request that may have arrived counts as served', async () => {
    const { api, tab } = await openTravelling('signal')
    const answer = api.answer
    api.answer = (request, nth) => {
      if (nth > 1) return answer(request, nth)
      throw new TypeError('Failed to fetch')
    }
    tab.run.mockImplementationOnce(async (_, { signal }) => {
      const fetch = createStepUpFetch(tab.client, { fetch: api.send, origins: [API] })
      await fetch(`${API}/first`, { method: 'POST', signal }).catch(() => undefined)
      return fetch(`${API}/second`, { method: 'POST', signal })
    })
    expect((await tab.press()).status).toBe('not_resumable')
  })

  test('a function never comes back by itself, so it may always be left', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { api, make, tab } = await openApi()
    tab.adapter.offered = [tab.adapter.trip]
    api.answer = (_, nth) => (nth === 2 ? challenged() : Response.json({}))
    const fetch = make()
    const run = async ({ signal }: RunContext) => {
      await fetch(`${API}/first`, { method: 'POST', signal })
      return fetch(`${API}/second`, { method: 'POST', signal })
    }
    const call = follow(tab.client.requireFreshAuth(300)(run))
    await settle()
    expect(call.status).toBe('open')
    await tab.leave()
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'confirming', items: [{ kind: 'press_again' }] })
    expect(api.received).toHaveLength(2)
    vi.restoreAllMocks()
  })

  test('reading, and what was refused, may be done once more', async () => {
    for (const [first, refused] of [
      ['GET', false],
      ['POST', true],
    ] as const) {
      const { api, tab } = await openTravelling('signal', first)
      const answer = api.answer
      api.answer = (request, nth) =>
        nth === 1 && refused ? new Response(null, { status: 403 }) : answer(request, nth)
      const call = await tab.press()
      expect(call.status).toBe('open')
      await tab.leave()
      expect(tab.record).toMatchObject({ actions: { length: 1 } })
    }
  })

  test('a request by itself cannot come back: the person is asked to press again', async () => {
    const { api, make, tab } = await openApi()
    tab.adapter.offered = [tab.adapter.trip]
    api.challengeUntilProved()
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    follow(make()(API))
    await settle()
    await tab.leave()
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'confirming', items: [{ kind: 'press_again' }] })
    await tab.confirm()
    expect(api.received).toHaveLength(1)
    vi.restoreAllMocks()
  })
})

describe('in a run that a trip brought back', () => {
  /** Stale as far as the page knows, so that it travels first; then the API wants something newer. */
  async function openReturned(way: Way) {
    const opened = await openTwo(way)
    const { api, renew, tab } = opened
    const outcome = vi.fn()
    tab.adapter.offered = [tab.adapter.trip]
    tab.adapter.age(3600)
    await tab.travel()
    renew()
    tab.client.onResumed(tab.deleteProject, outcome)
    tab.offerPassword()
    const { authTime } = tab.adapter.authentication!
    api.answer = ({ url }) =>
      url.includes('second') && tab.adapter.authentication!.authTime === authTime
        ? challenged(1)
        : Response.json(new URL(url).pathname)
    tab.clock.advance(2)
    await tab.confirm()
    return { ...opened, outcome }
  }

  test('the second alone is sent again, and the outcome is told once', async () => {
    const { outcome, paths, prove, tab } = await openReturned('requestId')
    expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
    await prove()
    expect(outcome).toHaveBeenCalledExactlyOnceWith({ data: '/second/apollo' }, { id: 'apollo' })
    expect(paths()).toEqual(['/first/apollo', '/second/apollo', '/second/apollo'])
    expect(tab.run).toHaveBeenCalledOnce()
    expect(tab.page.stored).toBeNull()
  })

  test('while it waits a reload offers it again; once it goes on, none does', async () => {
    const { api, prove, tab } = await openReturned('requestId')
    expect(tab.record).toMatchObject({ actions: { length: 1 } })
    api.answer = () => new Promise(() => undefined)
    await prove()
    expect(api.received).toHaveLength(3)
    expect(tab.page.stored).toBeNull()
  })

  test('cancelled: the outcome says so', async () => {
    const { outcome, tab } = await openReturned('requestId')
    await tab.cancel()
    expect(outcome).toHaveBeenCalledExactlyOnceWith(
      { error: expect.objectContaining({ code: 'cancelled' }) as Error },
      { id: 'apollo' },
    )
    expect(tab.page.stored).toBeNull()
  })

  test('what was served without its key is not offered again: the outcome says that it may be half done', async () => {
    const { outcome, tab } = await openReturned('signal')
    expect(outcome).toHaveBeenCalledExactlyOnceWith(
      { error: expect.objectContaining({ code: 'not_resumable' }) as Error },
      { id: 'apollo' },
    )
    const [[{ error }]] = outcome.mock.calls as [[{ error: Error }]]
    expect(error.message).toContain('Idempotency-Key')
    expect(tab.page.stored).toBeNull()
    expect(tab.run).toHaveBeenCalledOnce()
  })
})

describe('what was left to the caller is not asked for by the call around it', () => {
  const stream = () => new Blob(['x']).stream()

  test.each([
    ['a stream, given back', 'nothing', (response: Response) => response],
    [
      'a stream, in an error',
      'nothing',
      (response: Response) => {
        throw Object.assign(new Error('401'), { response })
      },
    ],
    [
      'a stream, in an error that holds a copy',
      'signal',
      ({ status, headers }: Response) => {
        throw Object.assign(new Error('401'), { response: { status, headers, data: null } })
      },
    ],
  ] as const)('%s', async (_, way, give) => {
    const opened = await openApi({
      async run(_, context) {
        const duplex = { body: stream(), duplex: 'half' }
        return give(await opened.make()(API, { ...init(way, context), ...duplex }))
      },
    })
    const { api, tab } = opened
    api.answer = () => challenged()
    const call = await tab.press()
    expect(call.status).not.toBe('open')
    expect(tab.state.status).toBe('idle')
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('an origin that is not listed', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const opened = await openApi({
      async run(_, { signal }) {
        const { status, headers } = await opened.make()('https://third.test', { signal })
        throw Object.assign(new Error('401'), { response: { status, headers, data: null } })
      },
    })
    const { api, tab } = opened
    api.answer = () => challenged()
    const call = await tab.press()
    expect(call.error?.message).toBe('401')
    expect(tab.state.status).toBe('idle')
    vi.restoreAllMocks()
  })
})

describe('nobody is asked for what nobody waits for', () => {
  test('the run has ended without its request', async () => {
    const opened = await openApi({
      async run(_, { signal }) {
        void follow(opened.make()(API, { signal }))
        await settle()
        return 'without it'
      },
    })
    const { api, tab } = opened
    api.answer = () => challenged()
    const call = await tab.press()
    await settle()
    expect(call.value).toBe('without it')
    expect(tab.state.status).toBe('idle')
  })

  test('a request after the end of its run stands for itself', async () => {
    const late: RequestInit[] = []
    const { api, make, tab } = await openApi({
      run: (_, { requestId }) => late.push({ headers: { 'Idempotency-Key': requestId } }),
    })
    api.answer = () => challenged()
    await tab.press()
    follow(make()(API, late[0]))
    await settle()
    expect(tab.state).toMatchObject({ waiting: [{ label: null }] })
  })

  test.each(['signal', 'requestId'] as const)(
    'the call is given up (passed on: %s)',
    async (way) => {
      const opened = await openApi({
        run: async (_, context) => opened.make()(API, init(way, context)),
      })
      const { api, tab } = opened
      api.answer = () => challenged()
      const controller = new AbortController()
      const { signal } = controller
      const call = follow(
        tab.client.requireFreshAuth()(tab.deleteProject, { id: 'apollo' }, { signal }),
      )
      await settle()
      expect(tab.state.status).toBe('prompting')
      const reason = new Error('unmounted')
      controller.abort(reason)
      await settle()
      expect(call.status).not.toBe('open')
      expect(call.error === reason || call.error?.cause === reason).toBe(true)
      expect(tab.state.status).toBe('idle')
      expect(api.received).toHaveLength(1)
    },
  )

  test('one of two requests is given up: the other waits on', async () => {
    const controller = new AbortController()
    const opened = await openApi({
      async run(_, { requestId }) {
        const headers = { 'Idempotency-Key': requestId }
        const fetch = opened.make()
        const given = fetch(`${API}/a`, { headers, signal: controller.signal })
        const [a, b] = await Promise.allSettled([given, fetch(`${API}/b`, { headers })])
        return [a.status, b.status]
      },
    })
    const { api, prove, tab } = opened
    api.challengeUntilProved()
    const call = await tab.press()
    controller.abort()
    await settle()
    expect(tab.state.status).toBe('prompting')
    await prove()
    expect(call.value).toEqual(['rejected', 'fulfilled'])
    expect(api.received).toHaveLength(3)
  })
})
