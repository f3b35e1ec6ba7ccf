import type { useDescope } from '@descope/react-sdk'
import type {
  CodeMethod,
  LinkMethod,
  Method,
  PasskeyMethod,
  PasswordMethod,
  Trip,
  TripMethod,
} from 'react-step-up'
import {
  createDescopeAdapter,
  type DescopeAdapter,
  type DescopeSdk,
} from 'react-step-up/adapters/descope'
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest'
import {
  APP,
  closeBrowser,
  createSdk,
  descope,
  enter,
  enterAtCompany,
  left,
  load,
  methods,
  openBrowser,
  openPage,
  storage,
  type Sdk,
} from './descope-page.js'

const { signal } = new AbortController()
const handle = `r.${'h'.repeat(43)}`
const requirement = { maxAge: 300 }
const trip = (change: Partial<Trip> = {}): Trip => ({
  ...{ handle, requirement, signal, loginHint: 'ada@acme.test' },
  ...{ bind: () => undefined, returned: new Promise(() => undefined), ...change },
})

beforeEach(openBrowser)
afterEach(closeBrowser)

async function methodOf<T extends Method['type']>(adapter: DescopeAdapter, type: T) {
  const who = await adapter.getAuthentication()
  const found = who ? await adapter.methods(requirement, who) : []
  return found.find((one) => one.type === type) as Extract<Method, { type: T }>
}
const password = (adapter: DescopeAdapter): Promise<PasswordMethod> => methodOf(adapter, 'password')
const authTimeOf = async (adapter: DescopeAdapter) => (await adapter.getAuthentication())?.authTime

/** Signed in, and stepped up by password; `at`: the second in which that was. */
async function stepUp() {
  const page = await load()
  await enter(page.sdk)
  await (await password(page.adapter)).verify({ password: 'correct horse', signal })
  const at = (await authTimeOf(page.adapter)) ?? NaN
  return { ...page, at }
}
async function refresh(sdk: Sdk, seconds: number) {
  descope.clock.pass(seconds)
  await sdk.refresh()
}
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

describe('what it takes', () => {
  test('the SDK of web-js and of react both fit', () => {
    expectTypeOf<Sdk>().toExtend<DescopeSdk>()
    expectTypeOf<ReturnType<typeof useDescope>>().toExtend<DescopeSdk>()
  })

  test('what is no SDK, and no list of methods, are refused with the fix', () => {
    const { connect } = createDescopeAdapter({ methods })
    expect(() => connect(undefined as never)).toThrow(/web-js-sdk 1\.53.*useDescope/)
    const [onSessionTokenChange, onClaimsChange] = [() => null, () => null]
    for (const sdk of [{ onSessionTokenChange, onClaimsChange }, { onClaimsChange }]) {
      // The same one twice, as StrictMode has it.
      expect(() => connect(sdk as never)).toThrow(/web-js-sdk 1\.53/)
      expect(() => connect(sdk as never)).toThrow(/web-js-sdk 1\.53/)
    }
    expect(() => createDescopeAdapter({} as never)).toThrow(/methods: \(\) =>/)
  })

  test('it subscribes once, however often it is connected, and ends nobody’s subscription', async () => {
    const sdk = await createSdk()
    const subscribe = vi.spyOn(sdk, 'onSessionTokenChange')
    const adapter = createDescopeAdapter({ methods })
    for (let times = 0; times < 3; times += 1) adapter.connect(sdk)
    expect(subscribe).toHaveBeenCalledTimes(1)
    const [mine, others] = [vi.fn(), vi.fn()]
    sdk.onSessionTokenChange(others)
    adapter.subscribe(mine)()
    await enter(sdk)
    expect(others).toHaveBeenCalledTimes(1)
    expect(mine).not.toHaveBeenCalled()
  })
})

describe('who, and since when', () => {
  test('a mere sign-in tells who it is, and is never fresh', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const authentication = await adapter.getAuthentication()
    expect(authentication).toMatchObject({
      ...{ issuer: descope.projectId, subject: 'usr_ada', amr: ['pwd'] },
      account: { name: 'Ada Lovelace', loginHint: 'ada@acme.test' },
    })
    expect(authentication).not.toHaveProperty('authTime')
  })

  test('FAULTS 27: a refresh that keeps the step-up moves nothing but issuedAt', async () => {
    const { adapter, sdk, at } = await stepUp()
    await refresh(sdk, 400)
    const { authTime, issuedAt } = (await adapter.getAuthentication()) ?? {}
    expect(authTime).toBe(at)
    expect(Number(issuedAt) - at).toBeGreaterThanOrEqual(400)
  })

  test('FAULTS 27: nor after a reload, nor in another tab', async () => {
    const { sdk, at } = await stepUp()
    await refresh(sdk, 400)
    openPage()
    const later = await load()
    expect(await authTimeOf(later.adapter)).toBe(at)
    await refresh(later.sdk, 100)
    expect(await authTimeOf(later.adapter)).toBe(at)
  })

  test('FAULTS 27: a refresh that drops the step-up leaves nothing fresh, and none brings it back younger', async () => {
    const { adapter, sdk, at } = await stepUp()
    descope.failNext('refresh_drops_step_up')
    await refresh(sdk, 100)
    expect(await authTimeOf(adapter)).toBeUndefined()
    await refresh(sdk, 100)
    expect(await authTimeOf(adapter)).toBe(at)
  })

  test('once it has lapsed nothing is fresh; the next step-up is one of its own', async () => {
    const { adapter, sdk, at } = await stepUp()
    await refresh(sdk, 601)
    expect(await authTimeOf(adapter)).toBeUndefined()
    await (await password(adapter)).verify({ password: 'correct horse', signal })
    expect(await authTimeOf(adapter)).toBeGreaterThan(at + 600)
  })

  test('a second step-up counts from its own time, while the first still lasts', async () => {
    const { adapter, at } = await stepUp()
    descope.clock.pass(100)
    await (await password(adapter)).verify({ password: 'correct horse', signal })
    expect(await authTimeOf(adapter)).toBeGreaterThanOrEqual(at + 100)
  })

  test('a step-up that nobody here saw has no time, whatever comes after it', async () => {
    const { sdk } = await stepUp()
    storage.removeItem('react-step-up.descope')
    openPage()
    const stranger = await load()
    expect(await authTimeOf(stranger.adapter)).toBeUndefined()
    await refresh(sdk, 10)
    expect(await authTimeOf(stranger.adapter)).toBeUndefined()
  })

  test('the step-up of a flow counts from when it is seen to come, and moves once it is told', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const flow = () => sdk.password.signIn('ada@acme.test', 'correct horse', { stepup: true })
    await flow()
    const first = (await authTimeOf(adapter)) ?? NaN
    descope.clock.pass(100)
    const { data } = await flow()
    expect(await authTimeOf(adapter)).toBe(first)
    adapter.steppedUp(data ?? {})
    expect(await authTimeOf(adapter)).toBeGreaterThanOrEqual(first + 100)
    adapter.steppedUp({ claims: { ...data?.claims, su: false, iat: 9_999_999_999 } })
    expect(await authTimeOf(adapter)).toBeLessThan(first + 200)
  })

  test('FAULTS 6: the answer to somebody else makes nobody fresh who is signed in', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const claims = { iss: descope.projectId, sub: 'usr_bob', su: true, iat: Date.now() / 1000 }
    adapter.steppedUp({ sessionJwt: await descope.sign(claims) })
    expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_ada' })
    expect(await authTimeOf(adapter)).toBeUndefined()
    adapter.steppedUp({ claims })
    expect(await authTimeOf(adapter)).toBeUndefined()
  })

  test.each(['null', '[]', '{', '["x","usr_ada",1]'])(
    'FAULTS 18: what is stored and was changed to %s makes nothing fresh',
    async (text) => {
      const { adapter } = await stepUp()
      storage.setItem('react-step-up.descope', text)
      openPage()
      const { adapter: later } = await load()
      if (text !== '{') expect(await authTimeOf(later)).toBeUndefined()
      expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_ada' })
    },
  )

  test('FAULTS 20: where nothing can be stored, this page remembers', async () => {
    vi.stubGlobal('localStorage', undefined)
    const { adapter, sdk, at } = await stepUp()
    await refresh(sdk, 100)
    expect(await authTimeOf(adapter)).toBe(at)
  })

  test('signed out is null as soon as the SDK says so, before its storage is empty', async () => {
    const { adapter, sdk } = await stepUp()
    const told = new Promise((resolve) => {
      adapter.subscribe(() => resolve(adapter.getAuthentication()))
    })
    await sdk.logout()
    expect(await told).toBeNull()
    expect(await adapter.getAuthentication()).toBeNull()
    await enter(sdk, 'bob@acme.test')
    expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_bob' })
  })

  test('FAULTS 32: signed out, and in again, in another tab', async () => {
    const { adapter } = await stepUp()
    const other = await load()
    await other.sdk.logout()
    expect(await adapter.getAuthentication()).toBeNull()
    await enter(other.sdk, 'bob@acme.test')
    expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_bob' })
  })

  test('where the token is not stored, what the SDK tells is known', async () => {
    const sdk = await createSdk(false)
    const adapter = createDescopeAdapter({ methods })
    adapter.connect(sdk)
    expect(await adapter.getAuthentication()).toBeNull()
    await enter(sdk)
    expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_ada' })
    await sdk.logout()
    expect(await adapter.getAuthentication()).toBeNull()
  })

  test('a level cannot be met: there is no acr in these tokens', async () => {
    const { adapter } = await stepUp()
    const who = { issuer: descope.projectId, subject: 'usr_ada' }
    expect(await adapter.methods({ acrValues: ['mfa'] }, who)).toEqual([])
  })
})

describe('in the page', () => {
  test.each([
    ['server_error', 'provider_error', undefined],
    ['throttled', 'locked', 120],
    ['cut', 'network', undefined],
    ['cut_after', 'network', undefined],
  ] as const)('FAULTS 35, 37: %s is %s', async (fault, code, retryAfter) => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const method = await password(adapter)
    descope.failNext(fault)
    const error = await failure(method.verify({ password: 'correct horse', signal }))
    expect(error).toMatchObject({ name: 'StepUpError', code })
    expect((error as { retryAfter?: number }).retryAfter).toBe(retryAfter)
    expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_ada' })
  })

  test('FAULTS 35: many wrong passwords lock it, and sign nobody out', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const { verify } = await password(adapter)
    const guess = () => failure(verify({ password: 'wrong', signal }))
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await guess()).toMatchObject({ code: 'invalid_credentials' })
    }
    expect(await guess()).toMatchObject({ code: 'locked', retryAfter: 600 })
    expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_ada' })
  })

  test('FAULTS 35: a code is pasted with spaces, has expired, or was tried too often', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const method: CodeMethod = await methodOf(adapter, 'code')
    const code = () => descope.mails()[0]?.code ?? ''
    expect(await method.send?.(signal)).toEqual({ destination: 'a***@acme.test' })
    descope.clock.pass(181)
    const late = await failure(method.verify({ code: code(), signal }))
    expect(late).toMatchObject({ code: 'code_expired' })
    await method.send?.(signal)
    const spaced = `${code().slice(0, 3)} ${code().slice(3)}`
    await method.verify({ code: spaced, signal })
    expect(await authTimeOf(adapter)).toBeGreaterThan(0)
    await method.send?.(signal)
    const wrong = code() === '000000' ? '000001' : '000000'
    const guesses = []
    for (let tries = 0; tries < 6; tries += 1) {
      guesses.push(await failure(method.verify({ code: wrong, signal })))
    }
    expect(guesses[0]).toMatchObject({ code: 'invalid_credentials' })
    expect(guesses[5]).toMatchObject({ code: 'locked' })
  })

  test('FAULTS 1: a proof that Descope takes for an ordinary sign-in is none', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const { verify } = await password(adapter)
    descope.failNext('step_up_ignored')
    await verify({ password: 'correct horse', signal })
    expect(await authTimeOf(adapter)).toBeUndefined()
  })

  test('a passkey that is not used is cancelled by the person, and nothing is sent', async () => {
    const { adapter: _, sdk } = await load()
    await enter(sdk)
    const adapter = createDescopeAdapter({ methods: () => ['passkey'] })
    adapter.connect(sdk)
    const { verify }: PasskeyMethod = await methodOf(adapter, 'passkey')
    const cancelled = Object.assign(new Error('No.'), { name: 'NotAllowedError' })
    vi.stubGlobal('navigator', { credentials: { get: () => Promise.reject(cancelled) } })
    const finish = vi.spyOn(sdk.webauthn.signIn, 'finish')
    const error = await failure(verify({ signal }))
    expect(error).toMatchObject({ code: 'cancelled', reason: 'person' })
    vi.stubGlobal('navigator', { credentials: { get: () => Promise.reject(new Error('No.')) } })
    expect(await failure(verify({ signal }))).toMatchObject({ code: 'provider_error' })
    expect(finish).not.toHaveBeenCalled()
  })
})

describe('away and back', () => {
  test('a link by mail, used in another window of this browser', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const method: LinkMethod = await methodOf(adapter, 'link')
    const window = `p.${'w'.repeat(43)}`
    expect(await method.send(trip({ handle: window }))).toEqual({ destination: 'a***@acme.test' })
    const url = new URL(descope.mails()[0]?.code ?? '')
    const other = await load()
    expect(other.adapter.peek?.(url)).toEqual({ state: window })
    await other.adapter.complete?.(url, signal)
    expect(await authTimeOf(adapter)).toBeGreaterThan(0)
    const again = failure(Promise.resolve((await load()).adapter.complete?.(url, signal)))
    expect(await again).toBeNull()
  })

  async function leave(adapter: DescopeAdapter, change: Partial<Trip> = {}): Promise<string> {
    const method: TripMethod = await methodOf(adapter, 'redirect')
    left.splice(0)
    void method.start(trip(change))
    await vi.waitFor(() => {
      expect(left).toHaveLength(1)
    })
    return left[0] ?? ''
  }

  test('single sign-on asks anew, for this person, and brings back what identifies the trip', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const start = vi.spyOn(sdk.sso, 'start')
    const to = await leave(adapter)
    const [tenant, back, options, token, , forceAuthn, hint] = start.mock.calls[0] ?? []
    expect([tenant, forceAuthn, hint]).toEqual(['initech', true, 'ada@acme.test'])
    expect(back).toBe(`${APP}/projects?state=${handle}`)
    expect(options).toMatchObject({ stepup: true })
    expect(token).toBe(storage.getItem('DSR'))
    const url = new URL(await enterAtCompany(to))
    expect(adapter.peek?.(url)).toEqual({ state: handle })
    await adapter.complete?.(url, signal)
    expect(await authTimeOf(adapter)).toBeGreaterThan(0)
  })

  test('FAULTS 6: in place of whoever is signed in, somebody else signs in, and steps nobody up', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const { loginHint: _, ...stranger } = trip({ prompt: 'login' })
    const start = vi.spyOn(sdk.sso, 'start')
    const method: TripMethod = await methodOf(adapter, 'redirect')
    void method.start(stranger)
    await vi.waitFor(() => {
      expect(left).toHaveLength(1)
    })
    expect(start.mock.calls[0]?.[2]).toEqual({})
    const url = new URL(await enterAtCompany(left[0] ?? '', 'bob@acme.test'))
    await adapter.complete?.(url, signal)
    const who = await adapter.getAuthentication()
    expect(who).toMatchObject({ subject: 'usr_bob' })
    expect(who).not.toHaveProperty('authTime')
  })

  test('FAULTS 15: what the company refuses comes back as a no', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const url = new URL(await enterAtCompany(await leave(adapter), undefined, 'cancel'))
    const error = { code: 'access_denied', description: 'E061401' }
    expect(adapter.peek?.(url)).toEqual({ state: handle, error })
    await adapter.complete?.(url, signal)
    expect(await authTimeOf(adapter)).toBeUndefined()
  })

  test('FAULTS 37: an exchange that fails leaves the person signed in', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const url = new URL(await enterAtCompany(await leave(adapter)))
    descope.failNext('exchange_refused')
    const error = await failure(Promise.resolve(adapter.complete?.(url, signal)))
    expect(error).toMatchObject({ name: 'StepUpError', code: 'provider_error' })
    const who = await adapter.getAuthentication()
    expect(who).toMatchObject({ subject: 'usr_ada' })
    expect(who).not.toHaveProperty('authTime')
  })

  test('FAULTS 10: completing twice spends nothing twice', async () => {
    const { adapter, sdk } = await load()
    await enter(sdk)
    const url = new URL(await enterAtCompany(await leave(adapter)))
    const exchange = vi.spyOn(sdk.sso, 'exchange')
    await Promise.all([adapter.complete?.(url, signal), adapter.complete?.(url, signal)])
    expect(exchange).toHaveBeenCalledTimes(1)
  })
})
