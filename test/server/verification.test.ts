import { describe, expect, it } from 'vitest'
import type { VerificationOptions } from '../../src/server/index.js'
import { watchLog } from './log.js'
import { NOW } from './tokens.js'
import { createApp, ORIGIN, password } from './verification-app.js'

const takeLog = watchLog()

describe('GET /session', () => {
  it('tells who is signed in and what time it is, and keeps the session’s id from scripts', async () => {
    const { get } = createApp()
    const { status, headers, body } = await get('session')
    expect(status).toBe(200)
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(body).toEqual({
      issuer: ORIGIN,
      subject: 'ada',
      authTime: NOW - 3600,
      acr: 'pwd',
      account: { name: 'ada', loginHint: 'ada@acme.test' },
      now: NOW,
    })
  })

  it('is null for nobody, which is no failure', async () => {
    expect(await createApp().get('session', 'none')).toMatchObject({ status: 200, body: null })
  })
})

describe('a password', () => {
  it('stamps the session, whose id stays, before the page is told; and tells it nothing more', async () => {
    const app = createApp()
    app.clock.now = NOW + 7.5
    const { status, body } = await app.tryPassword('analytical')
    expect({ status, body }).toEqual({ status: 200, body: { authTime: NOW + 7, now: NOW + 7 } })
    expect(app.stamps).toMatchObject([
      { authentication: { subject: 'ada', sessionId: 'a1' }, methods: [password] },
    ])
    expect(app.sessions.get('a1')).toMatchObject({ sessionId: 'a1', authTime: NOW + 7 })
    expect(app.sessions.get('a2')).toMatchObject({ authTime: NOW - 3600 })
  })

  it('may change a cookie', async () => {
    const app = createApp({
      onReauthenticated({ headers }) {
        headers.append('Set-Cookie', 'fresh=1; HttpOnly')
        headers.append('Set-Cookie', 'seen=2')
      },
    })
    const { headers } = await app.tryPassword('analytical')
    expect(headers.getSetCookie()).toEqual(['fresh=1; HttpOnly', 'seen=2'])
  })

  it('FAULTS 35: that is wrong is refused as anything else that is wrong, and is no challenge', async () => {
    const app = createApp()
    const { status, headers, body } = await app.tryPassword('guess')
    expect({ status, body }).toEqual({ status: 400, body: { error: 'invalid_credentials' } })
    expect(headers.has('WWW-Authenticate')).toBe(false)
    expect(app.stamps).toEqual([])
  })

  it('of another person does not help, whatever the body says', async () => {
    const app = createApp()
    const body = { id: 'password', password: 'builder', subject: 'bob', authentication: {} }
    expect(await app.post('password?subject=bob', body)).toMatchObject({ status: 400 })
    expect(app.stamps).toEqual([])
  })

  it('is nobody’s where nobody is signed in', async () => {
    const { status, headers, body } = await createApp().tryPassword('analytical', 'none')
    expect({ status, body }).toEqual({ status: 401, body: { error: 'signed_out' } })
    expect(headers.has('WWW-Authenticate')).toBe(false)
  })

  it('FAULTS 35: is not checked where the tries cannot be counted', async () => {
    const nonsense = () => ({}) as never
    const attempts = { count: nonsense, peek: nonsense, forget: nonsense }
    const app = createApp({ attempts })
    expect(await app.tryPassword('analytical')).toMatchObject({
      status: 429,
      body: { error: 'locked', retryAfter: 900 },
    })
    expect(app.stamps).toEqual([])
  })

  it('confirms nothing where the session cannot be stamped', async () => {
    const app = createApp({ onReauthenticated: () => Promise.reject(new Error('disk full')) })
    const { status, body } = await app.tryPassword('analytical')
    expect({ status, body }).toEqual({ status: 500, body: { error: 'server_error' } })
    expect(app.sessions.get('a1')?.authTime).toBe(NOW - 3600)
    expect(takeLog()).toEqual([expect.stringContaining('disk full')])
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a truthy text', 'yes'],
    ['a number', 1],
  ])('is not right because of %s', async (_name, verdict) => {
    const app = createApp({ password: { verify: () => verdict as boolean } })
    expect((await app.tryPassword('x')).body).toEqual({ error: 'invalid_credentials' })
  })
})

describe('a request', () => {
  const right = JSON.stringify({ id: 'password', password: 'analytical' })

  it.each<[string, object]>([
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'Content-Type': 'text/plain' }],
    ['something like JSON', { 'Content-Type': 'application/jsonp' }],
    ['a multipart form', { 'Content-Type': 'multipart/form-data; boundary=application/json' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['another site that knows ours', { 'Sec-Fetch-Site': 'cross-site', Origin: ORIGIN }],
    ['a neighbour', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.app.example' }],
    ['the address bar', { 'Sec-Fetch-Site': 'none' }],
    ['an old browser on another site', { 'Sec-Fetch-Site': '', Origin: 'https://evil.example' }],
    ['a sandbox', { 'Sec-Fetch-Site': '', Origin: 'null' }],
    ['nowhere', { 'Sec-Fetch-Site': '' }],
  ])('from %s is refused unread', async (_name, headers) => {
    const app = createApp()
    const given = app.request('password', {
      method: 'POST',
      body: right,
      headers: Object.fromEntries(
        Object.entries({
          'Content-Type': 'application/json',
          'Sec-Fetch-Site': 'same-origin',
          ...headers,
        }).filter(([, value]) => value !== ''),
      ) as Record<string, string>,
    })
    const { status, body } = await app.call(given)
    expect({ status, body }).toEqual({ status: 403, body: { error: 'forbidden' } })
    expect(app.compared).toEqual([])
    expect(given.bodyUsed).toBe(false)
  })

  it('comes from an old browser with the right Origin, or from a page that is listed', async () => {
    const app = createApp({ origins: ['https://console.example'] })
    const ask = (headers: Record<string, string>) =>
      app.call(
        app.request('password', {
          method: 'POST',
          body: right,
          headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
        }),
      )
    expect((await ask({ Origin: ORIGIN })).status).toBe(200)
    const listed = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://console.example' }
    expect((await ask(listed)).status).toBe(200)
  })

  it.each<[string, BodyInit, number]>([
    ['no JSON', '{"id":', 400],
    ['nothing', '', 400],
    ['null', 'null', 400],
    ['a text', '"password"', 400],
    ['no password', '{"id":"password"}', 400],
    ['a password that is no text', '{"id":"password","password":{"length":1}}', 400],
    ['an empty password', '{"id":"password","password":""}', 400],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ['17 kB', JSON.stringify({ id: 'password', password: 'x'.repeat(17_000) }), 413],
  ])('with %s is refused, and is no try', async (_name, body, status) => {
    const app = createApp()
    for (let i = 0; i < 6; i++) expect((await app.raw('password', body)).status).toBe(status)
    expect(app.compared).toEqual([])
    expect((await app.tryPassword('analytical')).status).toBe(200)
  })

  it('without an end is read no further than 16 kB', async () => {
    const app = createApp()
    let pulled = 0
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1024
        controller.enqueue(new Uint8Array(1024).fill(0x20))
      },
      cancel() {
        cancelled = true
      },
    })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' }
    const { status } = await app.call(app.request('password', { ...init, headers }))
    expect(status).toBe(413)
    expect(pulled).toBeLessThan(20_000)
    expect(cancelled).toBe(true)
  })

  it.each([
    '{"__proto__":{"id":"password","password":"analytical"}}',
    '{"constructor":{"prototype":{"id":"password"}},"password":"analytical"}',
    '{"id":"constructor","password":"analytical"}',
    '{"id":"__proto__","password":"analytical"}',
    '{"id":["password"],"password":"analytical"}',
    '["password","analytical"]',
  ])('FAULTS 18: whose body plays with prototypes confirms nothing: %s', async (body) => {
    const app = createApp()
    expect((await app.raw('password', body)).body).toEqual({ error: 'no_method' })
    expect(app.compared).toEqual([])
    expect(({} as { id?: unknown }).id).toBeUndefined()
  })

  it.each([
    ['GET', 'nothing', 404],
    ['GET', 'password', 405],
    ['POST', 'session', 405],
    ['DELETE', 'code', 405],
    ['POST', 'toString', 404],
    ['GET', '', 404],
  ])('%s /%s is nothing here', async (method, path, status) => {
    const app = createApp()
    expect((await app.call(app.request(path, { method }))).status).toBe(status)
  })

  it('for a method that the person does not have is no_method, also by the wrong door', async () => {
    const app = createApp()
    for (const [path, id] of [
      ['password', 'email'],
      ['code', 'password'],
      ['code/send', 'password'],
      ['passkey', 'password'],
      ['passkey/options', 'passkey'],
      ['password', 'other'],
    ] as const) {
      const { status, body } = await app.post(path, { id, password: 'x', code: '1' })
      expect({ status, body }).toEqual({ status: 400, body: { error: 'no_method' } })
    }
  })

  it('that the app cannot answer is answered all the same, and tells nothing of why', async () => {
    const broken = new Error('postgres://admin:secret@db')
    const fail = () => Promise.reject(broken)
    const failing: Partial<VerificationOptions>[] = [
      { authenticate: fail },
      { methodsOf: fail },
      { password: { verify: fail } },
      { attempts: { count: fail, peek: fail, forget: fail } },
      { store: { get: fail, set: fail, take: fail } },
      { methodsOf: () => [{ type: 'password', id: 'password' }], password: undefined as never },
      { authenticate: () => ({ issuer: ORIGIN, subject: 'ada' }) },
      { authenticate: () => ({ subject: 'ada' }) as never },
      { authenticate: () => undefined as never },
    ]
    for (const options of failing) {
      const app = createApp(options)
      const answers = [await app.tryPassword('analytical'), await app.get('methods')]
      expect(answers.some(({ status }) => status === 500)).toBe(true)
      expect(JSON.stringify(answers)).not.toContain('secret')
      expect(app.stamps).toEqual([])
    }
    expect(takeLog().length).toBeGreaterThanOrEqual(failing.length)
  })
})
