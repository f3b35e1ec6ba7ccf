import { UnsecuredJWT } from 'jose'
import type { INavigator, NavigateParams } from 'oidc-client-ts'
import { UserManager } from 'oidc-client-ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import type { Trip, TripMethod } from 'react-step-up'

const issuer = 'https://id.test'
const handle = `r.${'h'.repeat(43)}`
const fetched = vi.fn<typeof fetch>()

/** What the provider puts into the next ID token. */
let claims: Record<string, unknown> = {}

beforeEach(() => {
  fetched.mockImplementation(() => {
    const now = Math.floor(Date.now() / 1000)
    const id_token = new UnsecuredJWT({ sub: 'ada', auth_time: now, ...claims })
      .setIssuer(issuer)
      .setAudience('app')
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .encode()
    return Promise.resolve(
      Response.json({ access_token: 'at', token_type: 'Bearer', expires_in: 300, id_token }),
    )
  })
  vi.stubGlobal('fetch', fetched)
})
afterEach(() => {
  vi.unstubAllGlobals()
  fetched.mockReset()
  claims = {}
})

/** The real SDK, except that it writes down where it would have gone. */
function setUp({ advertisesIssuer = true } = {}) {
  const left: URL[] = []
  const navigator: INavigator = {
    prepare: () =>
      Promise.resolve({
        navigate(params: NavigateParams) {
          left.push(new URL(params.url))
          return Promise.resolve({ url: params.url })
        },
        close: () => undefined,
      }),
    callback: () => Promise.resolve(),
  }
  const userManager = new UserManager(
    {
      authority: issuer,
      client_id: 'app',
      redirect_uri: 'https://app.test/callback',
      automaticSilentRenew: false,
      metadata: {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        ...(advertisesIssuer && { authorization_response_iss_parameter_supported: true }),
      },
    },
    navigator,
  )
  const adapter = createOidcClientTsAdapter(userManager, { label: 'Acme ID' })
  const [method] = adapter.methods({ maxAge: 300 }, { issuer, subject: 'ada' }) as [TripMethod]
  const leave = async (change: Partial<Trip> = {}) => {
    await method.start({
      handle,
      requirement: { maxAge: 300 },
      maxAge: 270,
      signal: new AbortController().signal,
      bind: () => undefined,
      returned: new Promise(() => undefined),
      ...change,
    })
    const url = left.at(-1)
    if (!url) throw new Error('The SDK did not navigate.')
    // The real provider copies the nonce of the request into the ID token.
    claims = { nonce: url.searchParams.get('nonce'), ...claims }
    return url.searchParams
  }
  return { adapter, userManager, method, leave }
}

const back = (answer: Record<string, string>) =>
  new URL(`https://app.test/callback?${new URLSearchParams(answer).toString()}`)
const complete = (adapter: ReturnType<typeof setUp>['adapter'], url: URL) =>
  adapter.complete?.(url, new AbortController().signal)

test('asks the provider for what the trip needs, and always sends a nonce', async () => {
  const { leave, method } = setUp()
  const asked = await leave({
    requirement: { maxAge: 300, acrValues: ['phr', 'mfa'] },
    prompt: 'login',
    loginHint: 'ada@acme.test',
  })
  expect(method).toMatchObject({ type: 'redirect', label: 'Acme ID' })
  expect(Object.fromEntries(asked)).toMatchObject({
    max_age: '270',
    acr_values: 'phr mfa',
    prompt: 'login',
    login_hint: 'ada@acme.test',
    code_challenge_method: 'S256',
  })
  expect(asked.get('nonce')).toMatch(/^[0-9a-f-]{36}$/)
  expect(asked.get('state')).toMatch(new RegExp(`;${handle}$`))
})

test('leaves out what is not asked for, and sends max_age=0 where it is', async () => {
  const { leave } = setUp()
  const asked = await leave({ requirement: { maxAge: 0 }, maxAge: 0 })
  expect(asked.get('max_age')).toBe('0')
  for (const name of ['prompt', 'acr_values', 'login_hint']) expect(asked.has(name)).toBe(false)
})

test('reads auth_time, acr and amr from the ID token itself, since the profile lacks them', async () => {
  const { adapter, leave, userManager } = setUp()
  claims = { auth_time: 1_700_000_000, acr: 'mfa', amr: ['pwd', 'otp'], sid: 's1', name: 'Ada' }
  const state = (await leave()).get('state') ?? ''
  await complete(adapter, back({ code: 'c', state, iss: issuer }))
  expect((await userManager.getUser())?.profile).not.toHaveProperty('auth_time')
  expect(await adapter.getAuthentication()).toMatchObject({
    issuer,
    subject: 'ada',
    authTime: 1_700_000_000,
    acr: 'mfa',
    amr: ['pwd', 'otp'],
    sessionId: 's1',
    account: { name: 'Ada' },
  })
})

test('is signed out without a user, and not known with a token that is none', async () => {
  const { adapter, userManager } = setUp()
  expect(await adapter.getAuthentication()).toBeNull()
  vi.spyOn(userManager, 'getUser').mockResolvedValue({ id_token: 'nonsense' } as never)
  await expect(adapter.getAuthentication()).rejects.toThrow()
})

test('finds the same handle in a code, in an error, and in a fragment', async () => {
  const { adapter, leave } = setUp()
  const state = (await leave()).get('state') ?? ''
  expect(adapter.peek?.(back({ code: 'c', state }))).toEqual({ state: handle })
  expect(adapter.peek?.(back({ error: 'access_denied', error_description: 'No', state }))).toEqual({
    state: handle,
    error: { code: 'access_denied', description: 'No' },
  })
  expect(adapter.peek?.(new URL(`https://app.test/#code=c&state=${state}`))).toEqual({
    state: handle,
  })
})

test('an ordinary sign-in carries no handle', () => {
  const { adapter } = setUp()
  expect(adapter.peek?.(new URL('https://app.test/projects'))).toBeNull()
  expect(adapter.peek?.(back({ code: 'c', state: 'b0b' }))).toEqual({ state: '' })
})

test('FAULTS 8: an answer with two states is no answer', () => {
  const { adapter } = setUp()
  const url = new URL(`https://app.test/callback?code=c&state=x;${handle}&state=y;${handle}`)
  expect(adapter.peek?.(url)).toBeNull()
})

test('FAULTS 8: an altered state leads to no token request', async () => {
  const { adapter, leave } = setUp()
  await leave()
  const url = back({ code: 'c', state: `0000;${handle}`, iss: issuer })
  void complete(adapter, url)?.catch(() => undefined)
  await new Promise((resolve) => setImmediate(resolve))
  expect(fetched).not.toHaveBeenCalled()
})

test.each([
  ['another issuer', { iss: 'https://evil.test' }],
  ['no issuer although it is advertised', {}],
])('FAULTS 13: %s is refused before the code is spent', async (_, iss) => {
  const { adapter, leave } = setUp()
  const state = (await leave()).get('state') ?? ''
  await expect(complete(adapter, back({ code: 'c', state, ...iss }))).rejects.toMatchObject({
    code: 'provider_error',
  })
  expect(fetched).not.toHaveBeenCalled()
})

test('a provider that does not advertise the issuer need not name it, but may not name another', async () => {
  const { adapter, leave } = setUp({ advertisesIssuer: false })
  const state = (await leave()).get('state') ?? ''
  const evil = back({ code: 'c', state, iss: 'https://evil.test' })
  await expect(complete(adapter, evil)).rejects.toMatchObject({ code: 'provider_error' })
  await complete(adapter, back({ code: 'c', state }))
  expect(await adapter.getAuthentication()).toMatchObject({ subject: 'ada' })
})

test.each([
  ['another nonce', { nonce: 'other' }],
  ['no nonce', { nonce: undefined }],
])('FAULTS 14: an ID token with %s is refused', async (_, wrong) => {
  const { adapter, leave } = setUp()
  const state = (await leave()).get('state') ?? ''
  claims = wrong
  await expect(complete(adapter, back({ code: 'c', state, iss: issuer }))).rejects.toThrow('nonce')
  expect(await adapter.getAuthentication()).toBeNull()
})

test('FAULTS 45: where the SDK provider spends the code first, there is one token request and no hang', async () => {
  const { adapter, leave, userManager } = setUp()
  const state = (await leave()).get('state') ?? ''
  const url = back({ code: 'c', state, iss: issuer })
  await Promise.all([userManager.signinCallback(url.href), complete(adapter, url)])
  expect(fetched).toHaveBeenCalledOnce()
  expect(await adapter.getAuthentication()).toMatchObject({ subject: 'ada' })
})

test('FAULTS 45: also where the SDK provider has long finished', async () => {
  const { adapter, leave, userManager } = setUp()
  const url = back({ code: 'c', state: (await leave()).get('state') ?? '', iss: issuer })
  await userManager.signinCallback(url.href)
  await complete(adapter, url)
  expect(fetched).toHaveBeenCalledOnce()
})

test('tells of every new and every lost user, until it is stopped', async () => {
  const { adapter, leave, userManager } = setUp()
  const changed = vi.fn()
  const stop = adapter.subscribe(changed)
  const state = (await leave()).get('state') ?? ''
  await complete(adapter, back({ code: 'c', state, iss: issuer }))
  expect(changed).toHaveBeenCalledTimes(1)
  await userManager.removeUser()
  expect(changed).toHaveBeenCalledTimes(2)
  stop()
  await userManager.removeUser()
  expect(changed).toHaveBeenCalledTimes(2)
})
