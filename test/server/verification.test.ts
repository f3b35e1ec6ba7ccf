import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createMemoryAttempts,
  createMemoryVerificationStore,
  createVerificationHandler,
  maskDestination,
  type VerificationMethod,
  type VerificationOptions,
} from '../../src/server/index.js'
import { NOW } from './tokens.js'
import { createApp, email, ORIGIN, otherCode, password, type Answer } from './verification-app.js'

const logged = vi.spyOn(console, 'error')
beforeEach(() => {
  logged.mockReset().mockImplementation(() => undefined)
})
afterEach(() => {
  expect(logged).not.toHaveBeenCalled()
})
/** What the app's log was told, by a test that expects it to be told. */
const takeLog = () => {
  const calls = logged.mock.calls.map((args) => args.map(String).join(' '))
  logged.mockClear()
  return calls
}

const count = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status).length

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

describe('GET /methods', () => {
  const methods: VerificationMethod[] = [
    { type: 'code', id: 'sms', channel: 'sms', destination: '+49 170 1234567' },
    { ...email, label: 'Mail', acr: 'mfa', next: [password] },
    { type: 'redirect', id: 'sso', label: 'Globex' },
    password,
    { type: 'code', id: 'app', channel: 'totp' },
  ]

  it('lists them in the app’s order, with addresses masked, and no second steps', async () => {
    const { get } = createApp({ methodsOf: () => methods, totp: { verify: () => false } })
    expect((await get('methods')).body).toEqual([
      { type: 'code', id: 'sms', channel: 'sms', destination: '•••• 67', length: 6 },
      {
        type: 'code',
        id: 'email',
        label: 'Mail',
        acr: 'mfa',
        channel: 'email',
        destination: 'a•••@acme.test',
        length: 6,
      },
      { type: 'redirect', id: 'sso', label: 'Globex' },
      { type: 'password', id: 'password' },
      { type: 'code', id: 'app', channel: 'totp' },
    ])
  })

  it('has none for an administrator who acts as somebody, and none of them works', async () => {
    const app = createApp()
    app.sessions.set('a1', { ...app.sessions.get('a1')!, impersonated: true })
    expect((await app.get('methods')).body).toEqual([])
    expect((await app.get('session')).body).toMatchObject({ impersonated: true })
    expect(await app.tryPassword('analytical')).toMatchObject({ body: { error: 'no_method' } })
    expect(await app.sendCode()).toMatchObject({ body: { error: 'no_method' } })
    expect(app.stamps).toEqual([])
    expect(app.outbox).toEqual([])
  })

  it.each([
    ['ada@acme.test', 'a•••@acme.test'],
    ['"a@b"@acme.test', '"•••@acme.test'],
    ['𝒶da@acme.test', '𝒶•••@acme.test'],
    ['+1 (555) 010-9967', '•••• 67'],
    ['112', '••••'],
    ['@acme', '••••'],
    ['', '••••'],
  ])('masks %s', (destination, masked) => {
    expect(maskDestination(destination)).toBe(masked)
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
    const attempts = { count: () => ({}) as never, forget: () => undefined }
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

describe('FAULTS 35: tries', () => {
  it('are five in a quarter of an hour; then the countdown is the server’s', async () => {
    const app = createApp()
    for (let i = 0; i < 5; i++) expect((await app.tryPassword('guess')).status).toBe(400)
    app.clock.now += 100.5
    const { status, headers, body } = await app.tryPassword('analytical')
    expect({ status, body }).toEqual({ status: 429, body: { error: 'locked', retryAfter: 800 } })
    expect(headers.get('Retry-After')).toBe('800')
    expect(app.compared).toHaveLength(5)
    app.clock.now = NOW + 899
    expect((await app.tryPassword('analytical')).body).toMatchObject({ retryAfter: 1 })
    app.clock.now = NOW + 900
    expect((await app.tryPassword('analytical')).status).toBe(200)
  })

  it('are those of a person, over all methods and sessions, and of nobody else', async () => {
    const app = createApp()
    await app.sendCode()
    for (const sid of ['a1', 'a2']) await app.tryPassword('guess', sid)
    for (let i = 0; i < 3; i++) await app.tryCode(otherCode(app.code()))
    expect((await app.tryCode(app.code())).status).toBe(429)
    expect((await app.tryPassword('analytical', 'a2')).status).toBe(429)
    expect((await app.tryPassword('builder', 'b1')).status).toBe(200)
  })

  it('are given back by a success', async () => {
    const app = createApp()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) expect((await app.tryPassword('guess')).status).toBe(400)
      expect((await app.tryPassword('analytical')).status).toBe(200)
    }
  })

  it('of one method are not given back by another: a known password buys no guesses at codes', async () => {
    const app = createApp()
    await app.sendCode()
    let checked = 0
    for (let i = 0; i < 12; i++) {
      await app.tryPassword('analytical')
      if ((await app.tryCode(otherCode(app.code()))).status === 400) checked++
    }
    expect(checked).toBe(5)
  })

  it('fifty at once: five are checked, and no sixth slips through', async () => {
    const app = createApp()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => app.tryPassword(`guess ${i}`, i % 2 ? 'a1' : 'a2')),
    )
    expect(app.compared).toHaveLength(5)
    expect([count(answers, 400), count(answers, 429)]).toEqual([5, 45])
  })

  it('fifty at once on a store that answers when it likes', async () => {
    const memory = createMemoryAttempts(() => NOW)
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
    const attempts = {
      async count(key: string, window: number) {
        for (let i = key.length % 3; i >= 0; i--) await turn()
        const counted = await memory.count(key, window)
        await turn()
        return counted
      },
      forget: (key: string) => memory.forget(key),
    }
    const app = createApp({ attempts })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => app.tryPassword(`guess ${i}`)),
    )
    expect(app.compared).toHaveLength(5)
    expect(count(answers, 429)).toBe(45)
  })

  it.each([0, 4, 5, 49])('fifty at once, number %i the right one', async (right) => {
    const compared: string[] = []
    let locked = 0
    let open: () => void = () => {}
    const allCounted = new Promise<void>((resolve) => (open = resolve))
    const app = createApp({
      password: {
        // As slow as a hash: whoever is right has not given anything back before all have come.
        async verify({ password }) {
          compared.push(password)
          await allCounted
          return password === 'analytical'
        },
      },
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const answer = await app.tryPassword(i === right ? 'analytical' : 'guess')
        if (answer.status === 429 && ++locked === 45) open()
        return answer
      }),
    )
    expect(compared).toHaveLength(5)
    const confirmed = compared.includes('analytical') ? 1 : 0
    expect([count(answers, 200), app.stamps.length]).toEqual([confirmed, confirmed])
    expect([count(answers, 400), count(answers, 429)]).toEqual([5 - confirmed, 45])
  })

  it('can be fewer, and for longer', async () => {
    const app = createApp({ attemptLimit: 1, attemptWindow: 86_400 })
    await app.tryPassword('guess')
    expect((await app.tryPassword('analytical')).body).toEqual({
      error: 'locked',
      retryAfter: 86_400,
    })
  })
})

describe('FAULTS 35: a code', () => {
  it('goes to the whole address, and is told of with the masked one', async () => {
    const app = createApp()
    const { status, body } = await app.sendCode()
    expect({ status, body }).toEqual({
      status: 200,
      body: { destination: 'a•••@acme.test', expiresIn: 600, resendIn: 30 },
    })
    expect(app.outbox).toMatchObject([
      { authentication: { subject: 'ada' }, method: { destination: 'ada@acme.test' } },
    ])
    expect(app.code()).toMatch(/^\d{6}$/)
    expect((await app.tryCode(app.code())).body).toEqual({ authTime: NOW, now: NOW })
    expect(app.stamps).toMatchObject([{ methods: [email] }])
  })

  it.each([
    ['spaces', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`],
    ['a dash', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['a no-break space', (code: string) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`],
    [
      'full-width digits',
      (code: string) =>
        code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
  ])('is good with %s', async (_name, write) => {
    const app = createApp()
    await app.sendCode()
    expect((await app.tryCode(write(app.code()))).status).toBe(200)
  })

  it('is good once', async () => {
    const app = createApp()
    await app.sendCode()
    expect((await app.tryCode(app.code())).status).toBe(200)
    expect((await app.tryCode(app.code())).body).toEqual({ error: 'invalid_credentials' })
    expect(app.stamps).toHaveLength(1)
  })

  it('is good for one of five at once', async () => {
    const app = createApp()
    await app.sendCode()
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.tryCode(app.code())))
    expect([count(answers, 200), count(answers, 400)]).toEqual([1, 4])
  })

  it('is good still after a wrong one', async () => {
    const app = createApp()
    await app.sendCode()
    expect((await app.tryCode(otherCode(app.code()))).status).toBe(400)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it.each([
    ['another person', 'b1'],
    ['another session of the same person', 'a2'],
  ])('is no good to %s, in the same words as a wrong one', async (_name, sid) => {
    const app = createApp()
    await app.sendCode('a1')
    const code = app.code()
    const strange = await app.tryCode(code, sid)
    const wrong = await app.tryCode(otherCode(code), 'a1')
    expect(strange).toMatchObject({ status: 400, body: { error: 'invalid_credentials' } })
    expect(strange.body).toEqual(wrong.body)
    expect([...strange.headers]).toEqual([...wrong.headers])
    expect((await app.tryCode(code, 'a1')).status).toBe(200)
  })

  it('is no good to another method of the same person', async () => {
    const sms: VerificationMethod = { ...email, id: 'sms', channel: 'sms' }
    const app = createApp({ methodsOf: () => [email, sms] })
    await app.sendCode('a1', 'email')
    expect((await app.tryCode(app.code(), 'a1', 'sms')).status).toBe(400)
  })

  it('is replaced by the next one', async () => {
    const app = createApp()
    await app.sendCode()
    const first = app.code()
    app.clock.now += 30
    await app.sendCode()
    expect(app.outbox).toHaveLength(2)
    if (first !== app.code()) expect((await app.tryCode(first)).status).toBe(400)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('is not sent twice in half a minute, nor by ten clicks at once; what is left is told', async () => {
    const app = createApp()
    await Promise.all(Array.from({ length: 10 }, () => app.sendCode()))
    expect(app.outbox).toHaveLength(1)
    app.clock.now += 12
    const { body } = await app.sendCode()
    expect(body).toEqual({ destination: 'a•••@acme.test', expiresIn: 588, resendIn: 18 })
    expect(app.outbox).toHaveLength(1)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('can be sent at once after one was used', async () => {
    const app = createApp()
    await app.sendCode()
    await app.tryCode(app.code())
    await app.sendCode()
    expect(app.outbox).toHaveLength(2)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('expires, and that is said', async () => {
    const app = createApp()
    await app.sendCode()
    app.clock.now += 599
    expect((await app.tryCode(otherCode(app.code()))).body).toEqual({
      error: 'invalid_credentials',
    })
    app.clock.now += 1
    expect(await app.tryCode(app.code())).toMatchObject({
      status: 400,
      body: { error: 'code_expired' },
    })
    await app.sendCode()
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('is never asked for where none was sent', async () => {
    expect((await createApp().tryCode('123456')).body).toEqual({ error: 'invalid_credentials' })
  })

  it('that could not be sent is a failure, and can be sent again at once', async () => {
    const deliver = vi.fn(() => Promise.reject(new Error('mail server down')))
    const app = createApp({ code: { deliver } })
    expect((await app.sendCode()).body).toEqual({ error: 'server_error' })
    await app.sendCode()
    expect(deliver).toHaveBeenCalledTimes(2)
    expect(takeLog()).toHaveLength(2)
  })

  it('is kept as nothing that it could be read from', async () => {
    const store = createMemoryVerificationStore(() => NOW)
    const set = vi.spyOn(store, 'set')
    const app = createApp({ store })
    await app.sendCode()
    const kept = JSON.stringify(set.mock.calls)
    expect(kept).not.toContain(app.code())
    expect(kept).not.toContain('ada')
    expect(set).toHaveBeenCalledOnce()
  })

  it('has as many digits as the app says, each as likely', async () => {
    const app = createApp({ code: { deliver: (sent) => void digits.push(sent.code), length: 10 } })
    const digits: string[] = []
    for (let i = 0; i < 200; i++) {
      await app.sendCode()
      app.clock.now += 30
    }
    expect(digits.every((code) => /^\d{10}$/.test(code))).toBe(true)
    expect(new Set(digits).size).toBe(200)
    const found = Array.from('0123456789', (digit) => digits.join('').split(digit).length - 1)
    // 200 are expected of each; 100 is seven standard deviations away.
    for (const number of found) expect(number).toBeGreaterThan(100)
    expect((await app.get('methods')).body).toContainEqual(expect.objectContaining({ length: 10 }))
  })

  it('of an authenticator app is checked by the app, and never sent', async () => {
    const totp: VerificationMethod = { type: 'code', id: 'app', channel: 'totp' }
    const verify = vi.fn(({ code }: { code: string }) => code === '123456')
    const app = createApp({ methodsOf: () => [totp], totp: { verify } })
    expect((await app.sendCode('a1', 'app')).body).toEqual({ error: 'no_method' })
    expect((await app.tryCode('654321', 'a1', 'app')).status).toBe(400)
    expect((await app.tryCode('123 456', 'a1', 'app')).status).toBe(200)
    expect(app.outbox).toEqual([])
  })
})

describe('two steps', () => {
  const both: VerificationMethod = { ...password, acr: 'mfa', next: [email] }
  const app2 = () => createApp({ methodsOf: () => [both] })

  it('are a password and then a code, and only both stamp the session', async () => {
    const app = app2()
    expect((await app.sendCode()).body).toEqual({ error: 'no_method' })
    const { status, body } = await app.tryPassword('analytical')
    expect(status).toBe(200)
    expect(body).toEqual({
      next: [
        {
          type: 'code',
          id: 'email',
          channel: 'email',
          destination: 'a•••@acme.test',
          length: 6,
        },
      ],
    })
    expect(app.stamps).toEqual([])
    await app.sendCode()
    app.clock.now += 5
    expect((await app.tryCode(app.code())).body).toEqual({ authTime: NOW + 5, now: NOW + 5 })
    expect(app.stamps).toMatchObject([{ methods: [both, email] }])
  })

  it.each([
    ['another session', 'a2'],
    ['another person', 'b1'],
  ])('do not begin with the first step of %s', async (_name, sid) => {
    const app = app2()
    await app.tryPassword('analytical', 'a1')
    expect((await app.sendCode(sid)).body).toEqual({ error: 'no_method' })
    expect((await app.tryCode('123456', sid)).body).toEqual({ error: 'no_method' })
  })

  it('do not begin with a first step that failed', async () => {
    const app = app2()
    await app.tryPassword('guess')
    expect((await app.sendCode()).body).toEqual({ error: 'no_method' })
  })

  it('begin anew after ten minutes, and after they are done', async () => {
    const app = app2()
    await app.tryPassword('analytical')
    app.clock.now += 600
    expect((await app.sendCode()).body).toEqual({ error: 'no_method' })
    await app.tryPassword('analytical')
    await app.sendCode()
    await app.tryCode(app.code())
    expect((await app.sendCode()).body).toEqual({ error: 'no_method' })
  })

  it('FAULTS 35: give no try back for the first: codes cannot be guessed in between', async () => {
    const app = app2()
    let guesses = 0
    for (let i = 0; i < 10; i++) {
      await app.tryPassword('analytical')
      await app.sendCode()
      if ((await app.tryCode(otherCode(app.code()))).status === 400) guesses++
    }
    expect(guesses).toBeLessThanOrEqual(4)
    expect(app.stamps).toEqual([])
  })

  it('can also be taken alone where a method is enough by itself', async () => {
    const app = createApp({ methodsOf: () => [both, email] })
    await app.sendCode()
    await app.tryCode(app.code())
    expect(app.stamps).toMatchObject([{ methods: [email] }])
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
      { attempts: { count: fail, forget: fail } },
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

describe('options', () => {
  const base: VerificationOptions = {
    authenticate: () => null,
    methodsOf: () => [],
    onReauthenticated: () => undefined,
    store: createMemoryVerificationStore(),
    attempts: createMemoryAttempts(),
  }
  it.each<[string, object]>([
    ['authenticate', { authenticate: undefined }],
    ['methodsOf', { methodsOf: [] }],
    ['onReauthenticated', { onReauthenticated: undefined }],
    ['store', { store: null }],
    ['attempts', { attempts: undefined }],
    ['attemptLimit', { attemptLimit: 0 }],
    ['attemptWindow', { attemptWindow: 1.5 }],
    ['code.length', { code: { deliver: () => undefined, length: 3 } }],
    ['code.expiresIn', { code: { deliver: () => undefined, expiresIn: Infinity } }],
    ['code.resendIn', { code: { deliver: () => undefined, expiresIn: 60, resendIn: 61 } }],
    ['origin', { origins: ['https://app.example/'] }],
    ['origin', { origins: ['*'] }],
  ])('that could not be enforced are refused at once: %s', (name, changes) => {
    const make = () => createVerificationHandler({ ...base, ...changes })
    expect(make).toThrow(TypeError)
    expect(make).toThrow(name)
  })
})

describe('the memory stores', () => {
  it('forget what is over', async () => {
    let now = NOW
    const store = createMemoryVerificationStore(() => now)
    const attempts = createMemoryAttempts(() => now)
    store.set('a', 'x', 10)
    expect(attempts.count('a', 10)).toEqual({ count: 1, endsIn: 10 })
    now += 4
    expect(attempts.count('a', 10)).toEqual({ count: 2, endsIn: 6 })
    now += 5
    expect(store.get('a')).toBe('x')
    now += 1
    expect(store.get('a')).toBeNull()
    expect(store.take('a', 'x')).toBe(false)
    expect(attempts.count('a', 10)).toEqual({ count: 1, endsIn: 10 })
  })

  it('give a value to one taker, and only the value that was meant', () => {
    const store = createMemoryVerificationStore(() => NOW)
    store.set('a', 'x', 10)
    store.set('a', 'y', 10)
    expect(store.take('a', 'x')).toBe(false)
    expect([store.take('a', 'y'), store.take('a', 'y')]).toEqual([true, false])
  })
})
