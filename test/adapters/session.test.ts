import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  createStepUpClient,
  defineAction,
  isStepUpError,
  type CodeMethod,
  type Method,
  type PasskeyMethod,
  type PasswordMethod,
  type Requirement,
  type StepUpError,
  type Trip,
  type TripMethod,
} from 'react-step-up'
import {
  sessionAdapter,
  type PasskeySdk,
  type SessionAdapterOptions,
} from 'react-step-up/adapters/session'
import { createFreshAuthGuard, GuardError, type VerificationMethod } from 'react-step-up/server'
import { passkeys } from 'react-step-up/server/passkey'
import {
  cancelStepUp,
  completeStepUp,
  createFakeClock,
  createFakeEnvironment,
} from 'react-step-up/testing'
import { createAuthenticator } from '../server/authenticator.js'
import { NOW } from '../server/tokens.js'
import { createApp, email, ORIGIN, otherCode, password } from '../server/verification-app.js'
import { until } from '../patience.js'

const { signal } = new AbortController()
const anything: Requirement = { maxAge: 300 }
const sso: VerificationMethod = { type: 'redirect', id: 'globex', label: 'Globex' }

afterEach(() => {
  vi.unstubAllGlobals()
})

/** The adapter of one browser, whose cookie is `sid`, over the real handler. */
function connect(
  app: ReturnType<typeof createApp>,
  options: Partial<SessionAdapterOptions> = {},
  sid = 'a1',
) {
  const cookie = { sid }
  const requests: Request[] = []
  const adapter = sessionAdapter({
    url: `${ORIGIN}/auth/step-up`,
    fetch: (url, init) => {
      const request = new Request(url, init)
      // What a browser adds by itself.
      request.headers.set('Cookie', `sid=${cookie.sid}`)
      request.headers.set('Sec-Fetch-Site', 'same-origin')
      requests.push(request)
      return app.handler(request)
    },
    ...options,
  })
  const methods = async (requirement = anything): Promise<readonly Method[]> => {
    const authentication = await adapter.getAuthentication()
    return adapter.methods(requirement, authentication!)
  }
  const method = async <M extends Method>(type: M['type']): Promise<M> => {
    const found = (await methods()).find((candidate) => candidate.type === type)
    if (!found) throw new Error(`No method ${type}`)
    return found as M
  }
  return { adapter, cookie, method, methods, requests }
}
const dates = (retryAfter: string, now: string) => ({
  'Retry-After': `Sun, 22 Nov 2026 ${retryAfter} GMT`,
  Date: `Sun, 22 Nov 2026 ${now} GMT`,
})
const failure = async (run: Promise<unknown>): Promise<StepUpError> => {
  const error: unknown = await run.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!isStepUpError(error)) throw new Error('Not a StepUpError', { cause: error })
  return error
}

describe('the session', () => {
  it('is read with the server’s own time', async () => {
    const { adapter, requests } = connect(createApp())
    expect(await adapter.getAuthentication()).toEqual({
      issuer: ORIGIN,
      subject: 'ada',
      authTime: NOW - 3600,
      issuedAt: NOW,
      acr: 'pwd',
      account: { name: 'ada', loginHint: 'ada@acme.test' },
    })
    expect(requests.map(({ credentials, cache }) => [credentials, cache])).toEqual([
      ['include', 'no-store'],
    ])
  })

  it('is the same answer until something but the time has changed', async () => {
    const app = createApp()
    const { adapter } = connect(app)
    const first = await adapter.getAuthentication()
    app.clock.now += 60
    expect(await adapter.getAuthentication()).toBe(first)
    app.sessions.set('a1', { ...app.sessions.get('a1')!, authTime: NOW + 50 })
    expect(await adapter.getAuthentication()).toMatchObject({
      authTime: NOW + 50,
      issuedAt: NOW + 60,
    })
  })

  it('is null where nobody is signed in', async () => {
    expect(await connect(createApp(), {}, 'none').adapter.getAuthentication()).toBeNull()
  })

  it.each<[string, Response | Error, string]>([
    ['a failure', Response.json({ error: 'server_error' }, { status: 500 }), 'provider_error'],
    ['HTML with 200', new Response('<p>Sign in</p>'), 'provider_error'],
    ['nothing', new Response(''), 'provider_error'],
    ['nobody in particular', Response.json({}), 'provider_error'],
    ['no answer', new TypeError('fetch failed'), 'network'],
  ])('is not known after %s, which is not signed out', async (_name, answer, code) => {
    const fetch = () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer))
    const { adapter } = connect(createApp(), { fetch })
    expect((await failure(Promise.resolve(adapter.getAuthentication()))).code).toBe(code)
  })

  it('tells of a change until nobody listens any more', () => {
    const { adapter } = connect(createApp())
    const heard = vi.fn()
    const stop = adapter.subscribe(heard)
    adapter.changed()
    expect(heard).toHaveBeenCalledOnce()
    stop()
    adapter.changed()
    expect(heard).toHaveBeenCalledOnce()
  })

  it('is read by the global fetch where no other is given', async () => {
    const { handler } = createApp()
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => handler(new Request(url, init)))
    const adapter = sessionAdapter({ url: `${ORIGIN}/auth/step-up` })
    expect(await adapter.getAuthentication()).toBeNull()
  })
})

describe('methods', () => {
  const all: VerificationMethod[] = [sso, { type: 'passkey', id: 'passkey' }, email, password]
  const passkey = passkeys({
    rpId: 'app.example',
    origin: ORIGIN,
    credentialsOf: () => [createAuthenticator().credential],
    onUsed: () => undefined,
  })

  it('are those of the server in its order, less what this page cannot do', async () => {
    const app = createApp({ methodsOf: () => all, passkey })
    const types = async (options: Partial<SessionAdapterOptions>) =>
      (await connect(app, options).methods()).map(({ type }) => type)
    expect(await types({})).toEqual(['code', 'password'])
    const load = () => Promise.reject<PasskeySdk>(new Error('not now'))
    expect(await types({ passkey: load, redirect: '/auth/sso' })).toEqual([
      'redirect',
      'passkey',
      'code',
      'password',
    ])
  })

  it('are told of with label, channel, length and masked address', async () => {
    const app = createApp({
      methodsOf: () => [
        { ...email, label: 'Mail' },
        { type: 'code', id: 'app', channel: 'totp' },
      ],
      totp: { verify: () => true },
    })
    const [mail, totp] = (await connect(app).methods()) as [CodeMethod, CodeMethod]
    expect(mail).toMatchObject({
      id: 'email',
      label: 'Mail',
      channel: 'email',
      destination: 'a•••@acme.test',
      length: 6,
    })
    expect(totp).toMatchObject({ id: 'app', channel: 'totp' })
    expect(totp).not.toHaveProperty('send')
  })

  it('that end in another level than is asked for are not offered', async () => {
    const app = createApp({ methodsOf: () => [{ ...password, acr: 'pwd' }, email] })
    const ids = async (requirement: Requirement) =>
      (await connect(app).methods(requirement)).map(({ id }) => id)
    expect(await ids({ acrValues: ['mfa'] })).toEqual(['email'])
    expect(await ids({ acrValues: ['mfa', 'pwd'] })).toEqual(['password', 'email'])
    expect(await ids({ maxAge: 60 })).toEqual(['password', 'email'])
  })

  it('of a type that this version does not know are left out', async () => {
    const fetch = () => Promise.resolve(Response.json([{ type: 'retina', id: 'eye' }]))
    expect(await connect(createApp(), { fetch }).adapter.methods(anything, {} as never)).toEqual([])
  })
})

describe('FAULTS 35: in the page', () => {
  it('a password confirms, and whoever listens hears of it', async () => {
    const app = createApp()
    const { adapter, method } = connect(app)
    const heard = vi.fn()
    adapter.subscribe(heard)
    const { verify } = await method<PasswordMethod>('password')
    expect((await failure(verify({ password: 'guess', signal }) as Promise<void>)).code).toBe(
      'invalid_credentials',
    )
    expect(heard).not.toHaveBeenCalled()
    expect(await verify({ password: 'analytical', signal })).toBeUndefined()
    expect(heard).toHaveBeenCalledOnce()
    expect(await adapter.getAuthentication()).toMatchObject({ authTime: NOW, issuedAt: NOW })
  })

  it('five wrong ones lock, with the server’s countdown', async () => {
    const app = createApp()
    const { verify } = await connect(app).method<PasswordMethod>('password')
    for (let i = 0; i < 5; i++) await failure(verify({ password: 'x', signal }))
    app.clock.now += 60
    const error = await failure(verify({ password: 'analytical', signal }))
    expect(error).toMatchObject({ code: 'locked', retryAfter: 840 })
  })

  it.each([
    [new Response('Slow down', { status: 429, headers: { 'Retry-After': '12' } }), 12],
    [new Response('', { status: 429, headers: { 'Retry-After': 'Wed, 21 Oct' } }), undefined],
    [new Response('', { status: 429, headers: { 'Retry-After': 'Infinity' } }), undefined],
    [new Response('', { status: 429, headers: dates('12:00:30', '12:00:00') }), 30],
    [new Response('', { status: 429, headers: dates('12:00:00', '12:00:30') }), undefined],
    [new Response('', { status: 429 }), undefined],
    [Response.json({ error: 'locked', retryAfter: 7 }, { status: 429 }), 7],
    [Response.json({ error: 'locked', retryAfter: -7 }, { status: 429 }), undefined],
  ])('a 429 of whoever stands in between locks too', async (answer, retryAfter) => {
    const { handler } = createApp()
    const fetch: SessionAdapterOptions['fetch'] = (url, init) =>
      init.method === 'POST'
        ? Promise.resolve(answer)
        : handler(new Request(url, { ...init, headers: { Cookie: 'sid=a1' } }))
    const { verify } = await connect(createApp(), { fetch }).method<PasswordMethod>('password')
    const error = await failure(verify({ password: 'x', signal }))
    expect(error.code).toBe('locked')
    expect(error.retryAfter).toBe(retryAfter)
  })

  it('a code is sent, refused, expires and confirms', async () => {
    const app = createApp()
    const { adapter, method } = connect(app)
    const code = await method<CodeMethod>('code')
    const check = (typed: string) => code.verify({ code: typed, signal }) as Promise<void>
    expect(await code.send?.(signal)).toEqual({
      destination: 'a•••@acme.test',
      expiresIn: 600,
      resendIn: 30,
    })
    expect((await failure(check(otherCode(app.code())))).code).toBe('invalid_credentials')
    app.clock.now += 600
    expect((await failure(check(app.code()))).code).toBe('code_expired')
    await code.send?.(signal)
    await check(app.code())
    expect(await adapter.getAuthentication()).toMatchObject({ authTime: NOW + 600 })
  })

  it('two steps: the second is what `next` brings', async () => {
    const app = createApp({ methodsOf: () => [{ ...password, next: [email] }] })
    const { adapter, method } = connect(app)
    const heard = vi.fn()
    adapter.subscribe(heard)
    const outcome = await (
      await method<PasswordMethod>('password')
    ).verify({ password: 'analytical', signal })
    const [code] = (outcome as { next: [CodeMethod] }).next
    expect(code).toMatchObject({ type: 'code', id: 'email' })
    expect(heard).not.toHaveBeenCalled()
    await code.send?.(signal)
    expect(await code.verify({ code: app.code(), signal })).toBeUndefined()
    expect(heard).toHaveBeenCalledOnce()
  })

  it('a sign-out in between is told as one, and a method that is gone as that', async () => {
    const methods: VerificationMethod[] = [password]
    const app = createApp({ methodsOf: () => methods })
    const { cookie, method } = connect(app)
    const { verify } = await method<PasswordMethod>('password')
    methods.pop()
    const run = () => verify({ password: 'analytical', signal }) as Promise<void>
    expect((await failure(run())).code).toBe('no_method')
    cookie.sid = 'none'
    expect((await failure(run())).code).toBe('signed_out')
  })

  it.each([
    [500, { error: 'server_error' }],
    [403, { error: 'forbidden' }],
    [400, { error: 'constructor' }],
    [400, null],
    [200, 'text'],
  ])('anything else (%i) is the provider’s', async (status, body) => {
    const app = createApp()
    const { method } = connect(app, {
      fetch: async (url, init) =>
        url.endsWith('/password')
          ? new Response(status === 200 ? '<p>' : JSON.stringify(body), { status })
          : app.handler(new Request(url, { ...init, headers: { Cookie: 'sid=a1' } })),
    })
    const { verify } = await method<PasswordMethod>('password')
    const error = await failure(verify({ password: 'x', signal }))
    expect(error.code).toBe('provider_error')
  })
})

describe('a passkey', () => {
  function setUp() {
    const device = createAuthenticator()
    const app = createApp({
      methodsOf: () => [{ type: 'passkey', id: 'passkey' }],
      passkey: passkeys({
        rpId: 'app.example',
        origin: ORIGIN,
        credentialsOf: () => [device.credential],
        onUsed: () => undefined,
      }),
    })
    return { app, device }
  }
  const named = (name: string) => Object.assign(new Error(name), { name })
  type Start = PasskeySdk['startAuthentication']
  const sdkWith = (startAuthentication: Start, cancelCeremony = () => {}) => ({
    startAuthentication,
    WebAuthnAbortService: { cancelCeremony },
  })

  it('confirms through the SDK, which is loaded when it is used', async () => {
    const { app, device } = setUp()
    const load = vi.fn(() =>
      Promise.resolve(
        sdkWith(({ optionsJSON }) =>
          Promise.resolve(device.assert(optionsJSON as { challenge: string })),
        ),
      ),
    )
    const { adapter, method } = connect(app, { passkey: load })
    const { verify } = await method<PasskeyMethod>('passkey')
    expect(load).not.toHaveBeenCalled()
    await verify({ signal })
    expect(load).toHaveBeenCalledOnce()
    expect(await adapter.getAuthentication()).toMatchObject({ authTime: NOW })
  })

  it('takes the real SDK', () => {
    const load = () => import('@simplewebauthn/browser')
    expect(() => sessionAdapter({ url: '/auth/step-up', passkey: load })).not.toThrow()
  })

  it.each([
    ['NotAllowedError', 'cancelled'],
    ['AbortError', 'cancelled'],
    ['SecurityError', 'provider_error'],
    ['NotSupportedError', 'provider_error'],
  ])('that ends in %s is %s, and nothing is confirmed', async (name, code) => {
    const { app } = setUp()
    const cause = named(name)
    const sdk = sdkWith(() => Promise.reject(cause))
    const { method } = connect(app, { passkey: () => Promise.resolve(sdk) })
    const { verify } = await method<PasskeyMethod>('passkey')
    const error = await failure(verify({ signal }))
    expect(error).toMatchObject({ code, cause })
    expect(app.stamps).toEqual([])
  })

  it('is taken from the browser where it is given up, and no answer is sent', async () => {
    const { app } = setUp()
    let cancel: (reason: Error) => void = () => {}
    const cancelCeremony = vi.fn(() => cancel(named('AbortError')))
    let begin: () => void = () => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const start = () => {
      begin()
      return new Promise<object>((_resolve, reject) => (cancel = reject))
    }
    const sdk = sdkWith(start, cancelCeremony)
    const { method, requests } = connect(app, { passkey: () => Promise.resolve(sdk) })
    const { verify } = await method<PasskeyMethod>('passkey')
    const controller = new AbortController()
    const run = verify({ signal: controller.signal }) as Promise<void>
    await begun
    controller.abort()
    expect((await failure(run)).code).toBe('cancelled')
    expect(cancelCeremony).toHaveBeenCalledOnce()
    expect(requests.some(({ url }) => url.endsWith('/step-up/passkey'))).toBe(false)
  })
})

describe('the trip of an SSO user', () => {
  const trip = (changes: Partial<Trip> = {}): Trip => ({
    handle: `r.${'f'.repeat(43)}`,
    requirement: { maxAge: 300, acrValues: ['mfa', 'phr'] },
    maxAge: 270,
    loginHint: 'ada@globex.test',
    signal,
    bind: () => undefined,
    returned: Promise.resolve(),
    ...changes,
  })
  const start = async (changes?: Partial<Trip>, redirect = '/auth/sso?tenant=globex') => {
    const assign = vi.fn<(url: string) => void>()
    vi.stubGlobal('location', { href: 'https://app.example/projects', assign })
    const { method } = connect(createApp({ methodsOf: () => [sso] }), { redirect })
    const redirecting = await method<TripMethod>('redirect')
    expect(redirecting).toMatchObject({ id: 'globex', label: 'Globex', popup: true })
    return { assign, started: redirecting.start(trip(changes)) }
  }

  it('goes to the app’s own route with all that the trip asks for', async () => {
    const { assign } = await start({ prompt: 'login' })
    const url = new URL(assign.mock.calls[0]?.[0] ?? '')
    expect(url.origin + url.pathname).toBe('https://app.example/auth/sso')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: 'globex',
      state: `r.${'f'.repeat(43)}`,
      method: 'globex',
      max_age: '270',
      acr_values: 'mfa phr',
      prompt: 'login',
      login_hint: 'ada@globex.test',
    })
  })

  it('in a window of its own is over when that window is back', async () => {
    const popup = { location: { assign: vi.fn<(url: string) => void>() } }
    const { assign, started } = await start({ popup: popup as unknown as Window })
    await started
    expect(assign).not.toHaveBeenCalled()
    expect(popup.location.assign).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('https://app.example/auth/sso?tenant=globex&state='),
    )
  })
})

describe('with the client and the guard', () => {
  function open(app: ReturnType<typeof createApp>, options: Partial<SessionAdapterOptions> = {}) {
    const environment = createFakeEnvironment({ url: ORIGIN, clock: createFakeClock(NOW) })
    const guard = createFreshAuthGuard({
      authenticate: app.authenticate,
      now: () => app.clock.now,
    })
    const run = vi.fn(async () => {
      const request = new Request(`${ORIGIN}/projects/apollo`, { headers: { Cookie: 'sid=a1' } })
      try {
        await guard(request, 300)
        return new Response('apollo deleted')
      } catch (error) {
        if (error instanceof GuardError) return error.response
        throw error
      }
    })
    const action = defineAction({ id: 'x', requirement: 300, run, describe: () => 'Delete it' })
    const { adapter } = connect(app, options)
    const page = (place: typeof environment) => {
      const client = createStepUpClient({ adapter, actions: [action], environment: place })
      client.start()
      return client
    }
    return { action, client: page(environment), environment, page, run }
  }

  it('an action pauses, and runs once after the password', async () => {
    const app = createApp()
    const { action, client, run } = open(app)
    const call = client.requireFreshAuth()(action)
    await expect(completeStepUp(client, { password: 'guess' })).rejects.toMatchObject({
      code: 'invalid_credentials',
    })
    expect(run).not.toHaveBeenCalled()
    await completeStepUp(client, { password: 'analytical' })
    expect(await (await call).text()).toBe('apollo deleted')
    expect(run).toHaveBeenCalledOnce()
    expect(await client.requireFreshAuth(300)(() => 'at once')).toBe('at once')
  })

  it('a session that another page has let lapse is challenged, proved and passed', async () => {
    const app = createApp()
    app.sessions.set('a1', { ...app.sessions.get('a1')!, authTime: NOW })
    const { action, client, run } = open(app)
    await client.requireFreshAuth(300)(() => 'fresh, as far as this page knows')
    app.sessions.set('a1', { ...app.sessions.get('a1')!, authTime: NOW - 900 })
    app.clock.now += 5
    const call = client.requireFreshAuth()(action)
    await completeStepUp(client, { password: 'analytical' })
    expect((await call).status).toBe(200)
    expect(run).toHaveBeenCalledTimes(2)
    expect(app.stamps).toHaveLength(1)
  })

  it('FAULTS 35: a code whose answer was lost on the way counts', async () => {
    const app = createApp({ methodsOf: () => [email] })
    let lost = 0
    const { action, client, run } = open(app, {
      fetch: async (url, init) => {
        const headers = new Headers(init.headers)
        headers.set('Cookie', 'sid=a1')
        headers.set('Sec-Fetch-Site', 'same-origin')
        const response = await app.handler(new Request(url, { ...init, headers }))
        if (!url.endsWith('/code') || lost > 0) return response
        lost += 1
        throw new TypeError('Failed to fetch')
      },
    })
    const call = client.requireFreshAuth()(action)
    await until(() => client.getState().status === 'prompting')
    await client.controls.send()
    await completeStepUp(client, { code: app.code() })
    expect((await call).status).toBe(200)
    expect(run).toHaveBeenCalledOnce()
    expect(app.stamps).toHaveLength(1)
  })

  it('FAULTS 35: a code that never was right is wrong, whatever was lost before', async () => {
    const app = createApp({ methodsOf: () => [email] })
    let online = false
    const { action, client, run } = open(app, {
      fetch: async (url, init) => {
        if (url.endsWith('/code') && !online) throw new TypeError('Failed to fetch')
        const headers = new Headers(init.headers)
        headers.set('Cookie', 'sid=a1')
        headers.set('Sec-Fetch-Site', 'same-origin')
        return app.handler(new Request(url, { ...init, headers }))
      },
    })
    void client
      .requireFreshAuth()(action)
      .catch(() => undefined)
    await until(() => client.getState().status === 'prompting')
    await client.controls.send()
    const code = otherCode(app.code())
    await expect(completeStepUp(client, { code })).rejects.toMatchObject({ code: 'network' })
    online = true
    const wrong = { code: 'invalid_credentials' }
    await expect(completeStepUp(client, { code })).rejects.toMatchObject(wrong)
    expect(client.getState()).toMatchObject({ status: 'prompting', error: wrong })
    expect(run).not.toHaveBeenCalled()
  })

  it('two steps in one flow', async () => {
    const app = createApp({ methodsOf: () => [{ ...password, next: [email] }] })
    const { action, client, run } = open(app)
    const call = client.requireFreshAuth()(action)
    const first = completeStepUp(client, { password: 'analytical' })
    await first.catch(() => undefined)
    expect(run).not.toHaveBeenCalled()
    await client.controls.send()
    await completeStepUp(client, { code: app.code() })
    expect((await call).status).toBe(200)
    expect(run).toHaveBeenCalledOnce()
  })

  it('a passkey that was not used leaves the prompt open, and the next way confirms', async () => {
    const methods: VerificationMethod[] = [{ type: 'passkey', id: 'passkey' }, password]
    const passkey = passkeys({
      rpId: 'app.example',
      origin: ORIGIN,
      credentialsOf: () => [createAuthenticator().credential],
      onUsed: () => undefined,
    })
    const refused = Object.assign(new Error('The operation timed out'), { name: 'NotAllowedError' })
    const sdk: PasskeySdk = {
      startAuthentication: () => Promise.reject(refused),
      WebAuthnAbortService: { cancelCeremony: () => {} },
    }
    const app = createApp({ methodsOf: () => methods, passkey })
    const { action, client, run } = open(app, { passkey: () => Promise.resolve(sdk) })
    const call = client.requireFreshAuth()(action)
    await expect(completeStepUp(client)).rejects.toMatchObject({ code: 'cancelled' })
    expect(client.getState()).toMatchObject({ status: 'prompting', error: { code: 'cancelled' } })
    expect(run).not.toHaveBeenCalled()
    await completeStepUp(client, { password: 'analytical' })
    expect((await call).status).toBe(200)
    expect(run).toHaveBeenCalledOnce()
  })

  it('a cancel runs nothing, and the session is as old as before', async () => {
    const app = createApp()
    const { action, client, run } = open(app)
    const call = client.requireFreshAuth()(action)
    const refused = failure(call)
    await cancelStepUp(client)
    expect((await refused).code).toBe('cancelled')
    expect(run).not.toHaveBeenCalled()
    expect(app.sessions.get('a1')?.authTime).toBe(NOW - 3600)
  })

  it('an administrator who acts as the person meets a dead end', async () => {
    const app = createApp()
    app.sessions.set('a1', { ...app.sessions.get('a1')!, impersonated: true })
    const { action, client, run } = open(app)
    const call = failure(client.requireFreshAuth()(action))
    await cancelStepUp(client)
    expect((await call).code).toBe('no_method')
    expect(run).not.toHaveBeenCalled()
  })

  it('an SSO user leaves, comes back stamped, confirms, and it runs', async () => {
    const assign = vi.fn<(url: string) => void>()
    vi.stubGlobal('location', { href: ORIGIN, assign })
    const app = createApp({ methodsOf: () => [sso] })
    const { action, client, environment, page, run } = open(app, { redirect: '/auth/sso' })
    void client.requireFreshAuth()(action)
    await completeStepUp(client)
    const state = new URL(assign.mock.calls[0]?.[0] ?? '').searchParams.get('state') ?? ''
    app.clock.now += 20
    environment.clock.advance(20)
    app.sessions.set('a1', { ...app.sessions.get('a1')!, authTime: app.clock.now })
    const back = page(environment.reload(`${ORIGIN}/done?state=${state}`))
    expect(back.returning).toBe(true)
    await completeStepUp(back)
    expect(run).toHaveBeenCalledOnce()
    expect(await (run.mock.results[0]?.value as Promise<Response>).then((r) => r.text())).toBe(
      'apollo deleted',
    )
  })
})
