import { expect, test } from 'vitest'
import { createStepUpClient, createStepUpFetch, formatChallenge } from 'react-step-up'
import { createFakeAdapter, createFakeClock, FAKE_PASSWORD } from 'react-step-up/testing'
import { until } from '../patience.js'

/** The page and its Requests are real; the API is a function that sees what a server would. */
function openPage() {
  const clock = createFakeClock()
  const adapter = createFakeAdapter({ clock })
  adapter.offered = [adapter.password]
  const client = createStepUpClient({ adapter })
  const stop = client.start()
  client.attachDialog()
  const { authTime } = adapter.authentication!
  const received: string[] = []
  const send = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    const { method, url } = request
    // As Chromium gives it: a form's boundary is new each time, and not of interest.
    const form = request.headers.get('Content-Type')?.startsWith('multipart/') ?? false
    const body = form
      ? JSON.stringify([...(await request.formData())].map(([name]) => name))
      : await request.text()
    received.push(`${method} ${new URL(url).pathname} ${body}`)
    if (adapter.authentication!.authTime !== authTime) return Response.json({})
    const headers = { 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', maxAge: 300 }) }
    return new Response(null, { status: 401, headers })
  }
  return {
    client,
    received,
    stop,
    fetch: createStepUpFetch(client, { fetch: send }),
    async prove() {
      await until(() => client.getState().status === 'prompting')
      clock.advance(1)
      await client.controls.submit({ password: FAKE_PASSWORD })
    },
  }
}

const form = () => {
  const data = new FormData()
  data.append('name', 'Apollo')
  data.append('file', new File(['content'], 'plan.txt'))
  return data
}

test.each<[string, () => [RequestInfo | URL, RequestInit?], string]>([
  ['a text', () => ['/api', { method: 'POST', body: 'x' }], 'POST /api x'],
  ['a form', () => ['/api', { method: 'POST', body: form() }], 'POST /api ["name","file"]'],
  ['a file', () => ['/api', { method: 'PUT', body: new Blob(['x']) }], 'PUT /api x'],
  [
    'a Request with a text',
    () => [new Request('/api', { method: 'POST', body: 'x' })],
    'POST /api x',
  ],
  [
    'a Request with a form',
    () => [new Request('/api', { method: 'POST', body: form() })],
    'POST /api ["name","file"]',
  ],
  ['a Request without a body', () => [new Request('/api', { method: 'POST' })], 'POST /api '],
])('%s is sent again as it was', async (_, args, expected) => {
  const { fetch, prove, received, stop } = openPage()
  const call = fetch(...args())
  await prove()
  expect((await call).status).toBe(200)
  expect(received).toEqual([expected, expected])
  stop()
})

test('a relative address is the document’s, which may name another base', async () => {
  const base = document.createElement('base')
  base.href = '/base/'
  document.head.append(base)
  const { fetch, prove, received, stop } = openPage()
  const call = fetch('api')
  await prove()
  await call
  base.remove()
  expect(received).toEqual(['GET /base/api ', 'GET /base/api '])
  stop()
})

test('given up while the person is asked: an AbortError, and the dialog closes', async () => {
  const { client, fetch, received, stop } = openPage()
  const controller = new AbortController()
  const call = fetch('/api', { signal: controller.signal }).catch((error: unknown) => error)
  await until(() => client.getState().status === 'prompting')
  controller.abort()
  expect(await call).toMatchObject({ name: 'AbortError' })
  await until(() => client.getState().status === 'idle')
  expect(received).toHaveLength(1)
  stop()
})
