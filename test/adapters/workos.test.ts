import type { createClient } from '@workos-inc/authkit-js'
import type { useAuth } from '@workos-inc/authkit-react'
import type { Trip, TripMethod } from 'react-step-up'
import { createWorkosAdapter, type AuthKit } from 'react-step-up/adapters/workos'
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest'
import {
  APP,
  arrive,
  clock,
  closeBrowser,
  enter,
  left,
  load,
  NOW,
  openBrowser,
  openPage,
  signIn,
  stores,
  workos,
} from './workos-page.js'

const CALLBACK = `${APP}/callback`
const handle = `r.${'h'.repeat(43)}`

beforeEach(() => openBrowser())
afterEach(closeBrowser)

const trip = (change: Partial<Trip> = {}): Trip => ({
  handle,
  requirement: { maxAge: 300 },
  maxAge: 270,
  loginHint: 'ada@acme.test',
  signal: new AbortController().signal,
  bind: () => undefined,
  returned: new Promise(() => undefined),
  ...change,
})
const who = { issuer: 'https://id.test', subject: 'ada' }
const methodOf = async (adapter: ReturnType<typeof createWorkosAdapter>) =>
  ((await adapter.methods({ maxAge: 300 }, who)) as readonly TripMethod[])[0]!
const complete = (adapter: ReturnType<typeof createWorkosAdapter>) =>
  adapter.complete!(new URL(window.location.href), new AbortController().signal)

test('the client of createClient and what useAuth() gives both fit', () => {
  expectTypeOf<Awaited<ReturnType<typeof createClient>>>().toExtend<AuthKit>()
  expectTypeOf<ReturnType<typeof useAuth>>().toExtend<AuthKit>()
})

test('what is no client is refused with the fix', () => {
  const { connect } = createWorkosAdapter()
  expect(() => connect(undefined as never)).toThrow(TypeError)
  const [getUser, getSignInUrl, getAccessToken] = [() => null, () => '', () => '']
  for (const part of [
    { getUser, getSignInUrl },
    { getUser, getAccessToken },
  ]) {
    expect(() => connect(part as never)).toThrow(/authkit-js 0\.20/)
  }
})

test('nothing is known before the client is there; under the provider, that is not at once', async () => {
  const adapter = createWorkosAdapter()
  const answered = vi.fn()
  const reading = Promise.resolve(adapter.getAuthentication()).then(answered)
  adapter.connect({
    ...{ isLoading: true, getUser: () => null, getSignInUrl: () => Promise.resolve('') },
    getAccessToken: () => Promise.reject(new Error('Not yet')),
  })
  await new Promise(setImmediate)
  expect(answered).not.toHaveBeenCalled()
  await load(adapter)
  await reading
  expect(answered).toHaveBeenCalledWith(null)
})

test('the token tells who signed in and when; the user, by which name', async () => {
  const { adapter } = await signIn()
  expect(await adapter.getAuthentication()).toEqual({
    ...{ issuer: workos.issuer, subject: 'usr_ada', authTime: NOW, issuedAt: NOW },
    sessionId: expect.stringMatching(/^session_/) as string,
    account: { name: 'Ada Lovelace', loginHint: 'ada@acme.test' },
  })
})

test('a read that makes the SDK refresh is not told to read again', async () => {
  const { adapter, authkit } = await signIn()
  const told = vi.fn()
  adapter.subscribe(told)
  const getAccessToken = () => authkit.getAccessToken({ forceRefresh: true })
  adapter.connect({
    getUser: () => authkit.getUser(),
    getSignInUrl: () => authkit.getSignInUrl(),
    getAccessToken,
  })
  told.mockClear()
  await adapter.getAuthentication()
  expect(told).not.toHaveBeenCalled()
})

test('an administrator who acts as the person is impersonating', async () => {
  workos.failNext('impersonated')
  const { adapter } = await signIn()
  expect(await adapter.getAuthentication()).toMatchObject({ impersonated: true })
})

test('asks with max_age, the state, the person and their organization', async () => {
  const first = await load()
  openPage(await enter(await first.authkit.getSignInUrl({ organizationId: 'org_1' })))
  const { adapter } = await load()
  await adapter.getAuthentication()
  const { searchParams } = await (await methodOf(adapter)).prepare!(trip())
  expect(Object.fromEntries(searchParams)).toMatchObject({
    ...{ max_age: '270', state: `"${handle}"`, login_hint: 'ada@acme.test' },
    ...{ organization_id: 'org_1', provider: 'authkit', code_challenge_method: 'S256' },
  })
})

test.each([
  [{ maxAge: 0 }, '0'],
  [{ maxAge: 270, prompt: 'login' as const }, '0'],
])('%j asks with max_age=%s', async (change, expected) => {
  const { adapter } = await signIn()
  await (await methodOf(adapter)).start(trip(change))
  expect(left.at(-1)?.searchParams.get('max_age')).toBe(expected)
})

test('where no person is named, no organization is', async () => {
  const first = await load()
  openPage(await enter(await first.authkit.getSignInUrl({ organizationId: 'org_1' })))
  const { adapter } = await load()
  await adapter.getAuthentication()
  const { loginHint: _, ...stranger } = trip({ prompt: 'login' })
  const { searchParams } = await (await methodOf(adapter)).prepare!(stranger)
  expect(searchParams.has('organization_id')).toBe(false)
})

test('a level cannot be met: there is no acr in these tokens', async () => {
  const { adapter } = await signIn()
  expect(await adapter.methods({ acrValues: ['mfa'] }, who)).toEqual([])
  expect(await adapter.methods({ maxAge: 300, acrValues: ['mfa'] }, who)).toEqual([])
})

test('the last address that was built is the one whose verifier is kept', async () => {
  const { adapter } = await signIn()
  const method = await methodOf(adapter)
  const window = method.prepare!(trip({ handle: `p.${'w'.repeat(43)}` }))
  await Promise.all([window, method.start(trip())])
  clock.now += 400
  openPage(await enter(left.at(-1)!))
  const { adapter: back } = await arrive()
  await complete(back)
  expect(await back.getAuthentication()).toMatchObject({ authTime: NOW + 400 })
})

test('an address that nobody wants any more is not built', async () => {
  const { adapter } = await signIn()
  const before = stores.sessionStorage.getItem('workos:code-verifier')
  const prepared = (await methodOf(adapter)).prepare!(trip({ signal: AbortSignal.abort() }))
  await expect(prepared).rejects.toThrow()
  expect(stores.sessionStorage.getItem('workos:code-verifier')).toBe(before)
  await (await methodOf(adapter)).start(trip())
  expect(left).toHaveLength(1)
})

const { peek } = createWorkosAdapter()
const at = (query: Record<string, string>) =>
  peek!(new URL(`${CALLBACK}?${new URLSearchParams(query).toString()}`))

test('finds the handle in the JSON that the SDK has made of it, in errors too', () => {
  expect(at({ code: 'c', state: `"${handle}"` })).toEqual({ state: handle })
  expect(at({ error: 'access_denied', error_description: 'No', state: `"${handle}"` })).toEqual({
    ...{ state: handle, error: { code: 'access_denied', description: 'No' } },
  })
})

test("leaves an app's own state, and an address without one, alone", () => {
  const own = '{"returnTo":"/projects"}'
  expect(at({ code: 'c', state: own })).toEqual({ state: own })
  expect(at({ code: 'c' })).toBeNull()
})

test("an app's own sign-in that fails is the app's: nothing is refreshed", async () => {
  const { authkit } = await load()
  openPage(await enter(await authkit.getSignInUrl({ state: { returnTo: '/' } })))
  workos.failNext('exchange_refused')
  const send = vi.spyOn(globalThis, 'fetch')
  const { adapter } = await arrive()
  expect(await adapter.getAuthentication()).toBeNull()
  expect(send).toHaveBeenCalledTimes(1)
})

test('completing twice spends nothing twice', async () => {
  const { adapter: before } = await signIn()
  await (await methodOf(before)).start(trip())
  openPage(await enter(left.at(-1)!))
  const send = vi.spyOn(globalThis, 'fetch')
  const { adapter } = await arrive()
  await complete(adapter)
  await complete(adapter)
  expect(send).toHaveBeenCalledTimes(1)
})

describe.each(['tokens', 'cookies'] as const)('where the SDK keeps %s', (keeps) => {
  beforeEach(async () => {
    await closeBrowser()
    await openBrowser(keeps)
  })

  test('a page that loads anew is signed in, and has what it is meant to have', async () => {
    await signIn()
    const kept = stores.localStorage.getItem('workos:refresh-token:client_test')
    expect(kept === null).toBe(keeps === 'cookies')
    openPage(`${APP}/`)
    expect(document.cookie).toBe(keeps === 'cookies' ? 'workos-has-session=client_test' : '')
    const { authkit } = await load()
    expect(authkit.getUser()).toMatchObject({ email: 'ada@acme.test' })
  })

  test('FAULTS 27: a refresh gives notice of a new token, with the auth_time of before', async () => {
    const { adapter } = await signIn()
    const told = vi.fn()
    const stop = adapter.subscribe(told)
    clock.now += 60
    await adapter.refresh!(new AbortController().signal)
    expect(told).toHaveBeenCalledTimes(1)
    const authentication = await adapter.getAuthentication()
    expect(authentication).toMatchObject({ authTime: NOW, issuedAt: NOW + 60 })
    stop()
    await adapter.refresh!(new AbortController().signal)
    expect(told).toHaveBeenCalledTimes(1)
  })

  test('signed out is null; a server that is down is not known, and no sign-out', async () => {
    const { adapter, authkit } = await signIn()
    workos.failNext('refresh_down')
    clock.now += 400
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 400_000)
    await expect(adapter.getAuthentication()).rejects.toMatchObject({ isTransient: true })
    expect(authkit.getUser()).not.toBeNull()
    workos.failNext('refresh_refused')
    expect(await adapter.getAuthentication()).toBeNull()
  })

  test.each(['exchange_refused', 'exchange_down'] as const)(
    'FAULTS 37: %s: complete rejects, and the person is signed in as before',
    async (fault) => {
      const { adapter: before } = await signIn()
      await (await methodOf(before)).start(trip())
      clock.now += 400
      openPage(await enter(left.at(-1)!))
      workos.failNext(fault)
      const { adapter, authkit } = await arrive()
      await expect(complete(adapter)).rejects.toThrow(/not exchanged/)
      expect(authkit.getUser()).toMatchObject({ email: 'ada@acme.test' })
      const authentication = await adapter.getAuthentication()
      expect(authentication).toMatchObject({ subject: 'usr_ada', issuedAt: NOW + 400 })
    },
  )

  test('a reload that has lost the verifier: the person is signed in as before', async () => {
    const { adapter: before } = await signIn()
    await (await methodOf(before)).start(trip())
    openPage(await enter(left.at(-1)!))
    stores.sessionStorage.removeItem('workos:code-verifier')
    const { adapter } = await arrive()
    expect(await adapter.getAuthentication()).toMatchObject({ subject: 'usr_ada' })
  })
})
