import type { INavigator, NavigateParams } from 'oidc-client-ts'
import { UserManager } from 'oidc-client-ts'
import { afterEach, expect, test, vi } from 'vitest'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import type { Trip, TripMethod } from 'react-step-up'
import type { Provider } from '../servers/provider.js'
import { CLIENT, startProvider } from '../servers/provider.js'
import { answering, claiming } from '../servers/scripts.js'
import { eventually } from '../patience.js'

const CALLBACK = 'https://app.test/callback'
const NOW = 1_800_000_000
const handle = `r.${'h'.repeat(43)}`
const open: Provider[] = []

afterEach(() => {
  vi.restoreAllMocks()
  for (const provider of open.splice(0)) provider.close()
})

/** The real SDK and a real provider, except that a page writes down where it would have gone. */
async function setUp({ advertisesIssuer = true } = {}) {
  const provider = await startProvider({ redirectUris: [CALLBACK], now: () => NOW })
  open.push(provider)
  provider.discovery.always(async (asked, honest) => ({
    ...(await honest(asked)),
    authorization_response_iss_parameter_supported: advertisesIssuer,
  }))
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
      authority: provider.issuer,
      client_id: CLIENT,
      redirect_uri: CALLBACK,
      automaticSilentRenew: false,
    },
    navigator,
  )
  const adapter = createOidcClientTsAdapter(userManager, { label: 'Acme ID' })
  const who = { issuer: provider.issuer, subject: 'ada' }
  const [method] = adapter.methods({ maxAge: 300 }, who) as [TripMethod]
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
    return url.searchParams
  }
  /** To the provider, and the address that it sends back to. */
  const travel = async () => {
    await leave()
    const answer = await fetch(left.at(-1)!, { redirect: 'manual' })
    return new URL(answer.headers.get('Location') ?? '')
  }
  return { adapter, provider, userManager, method, leave, travel }
}

const back = (answer: Record<string, string>) =>
  new URL(`${CALLBACK}?${new URLSearchParams(answer).toString()}`)
const complete = (adapter: Awaited<ReturnType<typeof setUp>>['adapter'], url: URL) =>
  adapter.complete?.(url, new AbortController().signal)

test('asks the provider for what the trip needs, and always sends a nonce', async () => {
  const { leave, method } = await setUp()
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
  const { leave } = await setUp()
  const asked = await leave({ requirement: { maxAge: 0 }, maxAge: 0 })
  expect(asked.get('max_age')).toBe('0')
  for (const name of ['prompt', 'acr_values', 'login_hint']) expect(asked.has(name)).toBe(false)
})

test('reads auth_time, acr and amr from the ID token itself, since the profile lacks them', async () => {
  const { adapter, provider, travel, userManager } = await setUp()
  const claims = { auth_time: 1_700_000_000, acr: 'mfa', amr: ['pwd', 'otp'], sid: 's1' }
  provider.token.next(claiming(provider, claims))
  await complete(adapter, await travel())
  expect((await userManager.getUser())?.profile).not.toHaveProperty('auth_time')
  expect(await adapter.getAuthentication()).toMatchObject({
    issuer: provider.issuer,
    subject: 'ada',
    authTime: 1_700_000_000,
    acr: 'mfa',
    amr: ['pwd', 'otp'],
    sessionId: 's1',
    account: { name: 'Ada Lovelace' },
  })
})

test('is signed out without a user, and not known with a token that is none', async () => {
  const { adapter, userManager } = await setUp()
  expect(await adapter.getAuthentication()).toBeNull()
  vi.spyOn(userManager, 'getUser').mockResolvedValue({ id_token: 'nonsense' } as never)
  await expect(adapter.getAuthentication()).rejects.toThrow()
})

test('finds the same handle in a code, in an error, and in a fragment', async () => {
  const { adapter, leave } = await setUp()
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

test('an ordinary sign-in carries no handle', async () => {
  const { adapter } = await setUp()
  expect(adapter.peek?.(new URL('https://app.test/projects'))).toBeNull()
  expect(adapter.peek?.(back({ code: 'c', state: 'b0b' }))).toEqual({ state: '' })
})

test('FAULTS 8: an answer with two states is no answer', async () => {
  const { adapter } = await setUp()
  const url = new URL(`https://app.test/callback?code=c&state=x;${handle}&state=y;${handle}`)
  expect(adapter.peek?.(url)).toBeNull()
})

test('FAULTS 8: an altered state leads to no token request', async () => {
  const { adapter, provider, travel } = await setUp()
  const url = await travel()
  url.searchParams.set('state', `0000;${handle}`)
  // It waits for whoever has taken that state, until the core gives up.
  let settled = false
  const end = () => {
    settled = true
  }
  complete(adapter, url)?.then(end, end)
  await eventually(() => expect(provider.busy()).toBe(0))
  expect([settled, provider.tokenRequests]).toEqual([false, []])
})

test.each([
  ['another issuer', 'https://evil.test'],
  ['no issuer although it is advertised', null],
])('FAULTS 13: %s is refused before the code is spent', async (_, iss) => {
  const { adapter, provider, travel } = await setUp()
  provider.authorize.next(answering({ iss }))
  await expect(complete(adapter, await travel())).rejects.toMatchObject({ code: 'provider_error' })
  expect(provider.tokenRequests).toEqual([])
})

test('a provider that does not advertise the issuer need not name it, but may not name another', async () => {
  const { adapter, provider, travel } = await setUp({ advertisesIssuer: false })
  provider.authorize.next(answering({ iss: 'https://evil.test' }), answering({ iss: null }))
  await expect(complete(adapter, await travel())).rejects.toMatchObject({ code: 'provider_error' })
  await complete(adapter, await travel())
  expect(await adapter.getAuthentication()).toMatchObject({ subject: 'ada' })
})

test.each([
  ['another nonce', 'other'],
  ['no nonce', undefined],
])('FAULTS 14: an ID token with %s is refused', async (_, nonce) => {
  const { adapter, provider, travel } = await setUp()
  provider.token.next(claiming(provider, { nonce }))
  await expect(complete(adapter, await travel())).rejects.toThrow('nonce')
  expect(await adapter.getAuthentication()).toBeNull()
})

test('FAULTS 45: where the SDK provider spends the code first, there is one token request and no hang', async () => {
  const { adapter, provider, travel, userManager } = await setUp()
  const url = await travel()
  await Promise.all([userManager.signinCallback(url.href), complete(adapter, url)])
  expect(provider.spent).toEqual([1])
  expect(await adapter.getAuthentication()).toMatchObject({ subject: 'ada' })
})

test('FAULTS 45: also where the SDK provider has long finished', async () => {
  const { adapter, provider, travel, userManager } = await setUp()
  const url = await travel()
  await userManager.signinCallback(url.href)
  await complete(adapter, url)
  expect(provider.spent).toEqual([1])
})

test('tells of every new and every lost user, until it is stopped', async () => {
  const { adapter, travel, userManager } = await setUp()
  const changed = vi.fn()
  const stop = adapter.subscribe(changed)
  await complete(adapter, await travel())
  expect(changed).toHaveBeenCalledTimes(1)
  await userManager.removeUser()
  expect(changed).toHaveBeenCalledTimes(2)
  stop()
  await userManager.removeUser()
  expect(changed).toHaveBeenCalledTimes(2)
})
