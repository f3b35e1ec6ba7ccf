import axios from 'axios'
import ky from 'ky'
import { FetchError, ofetch } from 'ofetch'
import { describe, expect, test } from 'vitest'
import type { Fetch, RunContext } from 'react-step-up'
import { challengeFrom, createStepUpFetch, isStepUpError } from 'react-step-up'
import { challenge, ok, openServer } from './server.js'
import { openFreshTab } from './tab.js'

interface Sending extends RunContext {
  readonly fetch: Fetch
}
type Send = (url: string, body: object, context: Sending) => Promise<unknown>

/** Each as an app would use it: by itself, its errors go to `requireFreshAuth`. */
const BY_ITSELF: Record<string, Send> = {
  axios: (url, body, { signal, requestId: key }) =>
    axios
      .post(url, body, { signal, headers: { 'Idempotency-Key': key } })
      .then(({ data }) => data as unknown),
  'axios over fetch': (url, body, { signal }) =>
    axios.post(url, body, { signal, adapter: 'fetch' }).then(({ data }) => data as unknown),
  ky: (url, json, { signal }) => ky.post(url, { json, signal }).json(),
  ofetch: (url, body, { signal }) => ofetch(url, { method: 'POST', body, signal }),
  fetch: async (url, body) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    return response.ok ? ((await response.json()) as unknown) : response
  },
}

/** The same on top of createStepUpFetch. */
const ON_TOP: Record<string, Send> = {
  axios: (url, body, { fetch, requestId: key }) =>
    axios
      .create({ adapter: 'fetch', env: { fetch } })
      .post(url, body, { headers: { 'Idempotency-Key': key } })
      .then(({ data }) => data as unknown),
  ky: (url, json, { fetch, requestId: key }) =>
    ky
      .create({ fetch, timeout: false })
      .post(url, { json, headers: { 'Idempotency-Key': key } })
      .json(),
  ofetch: (url, body, { fetch, signal }) =>
    ofetch.create({}, { fetch })(url, {
      method: 'POST',
      body,
      signal,
    }),
}
const named = (clients: Record<string, Send>) => Object.entries(clients)

describe.each(named(BY_ITSELF))('a challenge in what %s throws or gives back', (_, send) => {
  test.each([
    ['in the header', false],
    ['in the body alone', true],
  ])('%s: the action asks the person, and is run once more', async (_, hidden) => {
    const { isProved, prove, prompts, tab } = await openFreshTab({
      run: ({ id }, context) => send(`${origin}/projects`, { id }, { ...context, fetch }),
    })
    const { origin, received } = await openServer((_, response) => {
      if (isProved()) ok(response)
      else challenge(response, hidden)
    })
    const call = tab.client.requireFreshAuth()(tab.deleteProject, { id: 'apollo' })
    await prove()
    expect(await call).toEqual({ ok: true })
    expect(received.map(({ body }) => body.toString())).toEqual(Array(2).fill('{"id":"apollo"}'))
    expect(tab.run).toHaveBeenCalledTimes(2)
    expect(prompts).toHaveBeenCalledOnce()
  })
})

describe.each(named(BY_ITSELF).filter(([name]) => name !== 'fetch'))(
  'challengeFrom reads what %s throws',
  (name, send) => {
    const context = { signal: new AbortController().signal, requestId: 'r', resumed: false, fetch }
    const thrownBy = (url: string) =>
      send(url, {}, context).then(
        () => null,
        (error: unknown) => error,
      )

    test('with the header', async () => {
      const { origin } = await openServer((_, response) => challenge(response))
      expect(challengeFrom(await thrownBy(origin))).toEqual({ scheme: 'Bearer', maxAge: 300 })
    })

    test('with the body alone, where the client has parsed it', async () => {
      const { origin } = await openServer((_, response) => challenge(response, true))
      const expected = name === 'ky' ? null : { scheme: 'Bearer', maxAge: 300 }
      expect(challengeFrom(await thrownBy(origin))).toEqual(expected)
    })

    test('as nothing where there is none', async () => {
      const { origin } = await openServer((request, response) => {
        if (request.path === '/500') response.writeHead(500)
        else response.writeHead(401, { 'Content-Type': 'text/html' })
        response.end('<h1>no</h1>')
      })
      expect(challengeFrom(await thrownBy(`${origin}/401`))).toBeNull()
      expect(challengeFrom(await thrownBy(`${origin}/500`))).toBeNull()
      expect(challengeFrom(await thrownBy('http://127.0.0.1:1'))).toBeNull()
    })
  },
)

test('challengeFrom reads a Response, and leaves it unread', async () => {
  const { origin } = await openServer((_, response) => challenge(response))
  const response = await fetch(origin)
  expect(challengeFrom(response)).toEqual({ scheme: 'Bearer', maxAge: 300 })
  expect(await response.json()).toEqual({ message: 'no' })
})

test('what ofetch.raw gives back was read by it already, and is read from there', async () => {
  const { origin } = await openServer((_, response) => challenge(response, true))
  const response = await ofetch.raw(origin, { ignoreResponseError: true })
  expect(challengeFrom(response)).toEqual({ scheme: 'Bearer', maxAge: 300 })
})

describe.each(named(ON_TOP))('%s on top of createStepUpFetch', (_, send) => {
  async function openBoth() {
    const opened = await openFreshTab({
      run: async ({ id }, context) => {
        await send(`${server.origin}/first`, { id }, { ...context, fetch: stepUpFetch })
        return send(`${server.origin}/second`, { id }, { ...context, fetch: stepUpFetch })
      },
    })
    let satisfied = opened.isProved
    const server = await openServer(({ path, headers }, response) => {
      if (path !== '/second' || satisfied()) ok(response, { token: headers.authorization })
      else challenge(response, true)
    })
    let nth = 0
    const stepUpFetch = createStepUpFetch(opened.tab.client, {
      origins: [server.origin],
      authorize: ({ headers }) => headers.set('Authorization', `Bearer ${++nth}`),
    })
    const press = () => opened.tab.client.requireFreshAuth()(opened.tab.deleteProject, { id: 'x' })
    return {
      ...opened,
      press,
      paths: () => server.received.map(({ path }) => path),
      bodies: () => server.received.map(({ body }) => body.toString()),
      neverSatisfied() {
        satisfied = () => false
      },
    }
  }

  test('FAULTS 48, 49: only the challenged request is sent again, with a new token', async () => {
    const { bodies, paths, press, prompts, prove, tab } = await openBoth()
    const call = press()
    await prove()
    expect(await call).toEqual({ token: 'Bearer 3' })
    expect(paths()).toEqual(['/first', '/second', '/second'])
    expect(bodies()).toEqual(Array(3).fill('{"id":"x"}'))
    expect(tab.run).toHaveBeenCalledOnce()
    expect(prompts).toHaveBeenCalledOnce()
  })

  test('FAULTS 25: never content, it rejects, and nobody is asked twice', async () => {
    const { neverSatisfied, paths, press, prompts, prove, tab } = await openBoth()
    neverSatisfied()
    const call = press().catch((error: unknown) => error)
    await prove()
    expect(stepUpErrorIn(await call)).toMatchObject({ code: 'still_stale' })
    expect(paths()).toEqual(['/first', '/second', '/second'])
    expect(tab.run).toHaveBeenCalledOnce()
    expect(prompts).toHaveBeenCalledOnce()
  })

  test('cancelled: it rejects, and nothing is sent again', async () => {
    const { cancel, paths, press, tab } = await openBoth()
    const call = press().catch((error: unknown) => error)
    await cancel()
    expect(stepUpErrorIn(await call)).toMatchObject({ code: 'cancelled' })
    expect(paths()).toEqual(['/first', '/second'])
    expect(tab.run).toHaveBeenCalledOnce()
  })
})

/** Clients wrap what their fetch throws: axios takes its name and code over, ofetch keeps it as the cause. */
function stepUpErrorIn(error: unknown): unknown {
  return isStepUpError(error) ? error : (error as Error).cause
}

test('FAULTS 47: a client that tries again by itself does not bring the dialog back', async () => {
  const { cancel, prompts, tab } = await openFreshTab()
  const { origin, received } = await openServer((_, response) => challenge(response))
  const stepUpFetch = createStepUpFetch(tab.client, { origins: [origin] })
  const retrying = ofetch.create({ retry: 2 }, { fetch: stepUpFetch })
  const call = retrying<unknown>(origin).catch((error: unknown) => error)
  await cancel()
  const error = await call
  expect(error).toBeInstanceOf(FetchError)
  expect((error as Error).cause).toMatchObject({ code: 'cancelled' })
  expect(received).toHaveLength(3)
  expect(prompts).toHaveBeenCalledOnce()
})
