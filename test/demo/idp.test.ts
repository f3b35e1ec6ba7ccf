import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { startProvider, type Provider, type ReauthenticatedEvent } from '../../demo/idp/index.js'
import { ada, bob, Person, type Page } from './browserless.js'

const appOrigin = 'http://localhost:4400'
const apiAudience = 'http://localhost:4402/'
// Nobody here signs in there.
const upstream = 'http://localhost:4403'

const events: ReauthenticatedEvent[] = []
let provider: Provider
let person: Person

beforeAll(async () => {
  const onEvent = (event: ReauthenticatedEvent) => void events.push(event)
  provider = await startProvider({ port: 0, appOrigin, apiAudience, upstream, onEvent })
})

afterAll(() => provider.close())

beforeEach(() => {
  events.length = 0
  person = new Person(provider.issuer, appOrigin)
})

function expectSignInPage(page: Page): void {
  expect(page.url.pathname).toMatch(/^\/interaction\//)
  expect(page.html).toContain('type="password"')
}

test('a password and PKCE give tokens that agree on when, how and in which session', async () => {
  const { access, id, accessToken } = await person.signIn()
  const session = { acr: 'urn:acme:password', amr: ['pwd'], auth_time: id.auth_time, sid: id.sid }

  expect(id).toMatchObject({ ...session, sub: 'usr_ada', name: 'Ada Lovelace', email: ada.email })
  expect(access).toMatchObject({ ...session, sub: 'usr_ada', aud: apiAudience })
  expect(id.auth_time).toBeTypeOf('number')
  expect(id.sid).toBeTypeOf('string')
  expect((access.exp ?? 0) - (access.iat ?? 0)).toBe(300)
  const keys = createRemoteJWKSet(new URL('/jwks', provider.issuer))
  const expected = { issuer: provider.issuer, audience: apiAudience, typ: 'at+jwt' }
  await expect(jwtVerify(accessToken, keys, expected)).resolves.toBeDefined()
})

test('a first sign-in is not announced as a re-authentication', async () => {
  await person.signIn()
  expect(events).toEqual([])
})

test('a code without PKCE is not given', async () => {
  const url = person.app.authorize()
  url.searchParams.delete('code_challenge')
  url.searchParams.delete('code_challenge_method')
  const page = await person.browser.open(url)
  expect(page.url.searchParams.get('error')).toBe('invalid_request')
})

test('a wrong password is refused without saying what was wrong, and keeps only the email', async () => {
  const page = await person.browser.open(person.app.authorize())
  const wrong = await person.browser.submit(page, { ...ada, password: 'wrong <secret>' })
  const unknown = await person.browser.submit(page, { ...ada, email: 'eve@acme.test' })
  const alert = /role="alert">([^<]+)</

  expectSignInPage(wrong)
  expect(wrong.html).toContain('value="ada@acme.test"')
  expect(wrong.html).not.toContain('secret')
  expect(alert.exec(wrong.html)?.[1]).toBe(alert.exec(unknown.html)?.[1])
  expect((await person.app.redeem(await person.browser.submit(wrong, ada))).id.sub).toBe('usr_ada')
})

test('Cancel comes back as access_denied, with the state and the issuer', async () => {
  const page = await person.browser.open(person.app.authorize({ state: 'kept' }))
  const { url } = await person.browser.submit(page, { action: 'cancel' })
  expect(url.origin + url.pathname).toBe(person.app.redirectUri)
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    error: 'access_denied',
    state: 'kept',
    iss: provider.issuer,
  })
})

test('a code comes back with the issuer too', async () => {
  const { url } = await person.browser.submit(
    await person.browser.open(person.app.authorize()),
    ada,
  )
  expect(url.searchParams.get('iss')).toBe(provider.issuer)
})

test.each([{ max_age: '300' }, { max_age: '0' }, { prompt: 'login' }])(
  'a re-authentication by %o keeps the session, moves auth_time and is announced',
  async (params) => {
    const before = await person.signIn()
    await person.age(3600)
    const stale = await person.app.redeem(await person.silently())
    const page = await person.browser.open(person.app.authorize(params))

    expectSignInPage(page)
    expect(page.html).toContain("Acme Console asks you to confirm it's you")
    expect(page.html).toContain('value="ada@acme.test"')
    const after = await person.app.redeem(
      await person.browser.submit(page, { password: ada.password }),
    )

    expect([after.id.sid, after.access.sid]).toEqual([before.id.sid, before.id.sid])
    expect(after.id.auth_time).toBeGreaterThan(stale.id.auth_time as number)
    expect(after.access.auth_time).toBe(after.id.auth_time)
    expect(events).toEqual([
      {
        event: 'authentication.reauthenticated',
        userId: 'usr_ada',
        sessionId: before.id.sid,
        method: 'password',
        authTime: after.id.auth_time,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      },
    ])
  },
)

test('a re-authentication ends the refresh tokens from before it', async () => {
  const before = await person.signIn()
  const after = await person.signIn(ada, { prompt: 'login' })
  await expect(person.app.refresh(before.refreshToken)).rejects.toThrow('invalid_grant')
  await expect(person.app.refresh(after.refreshToken)).resolves.toBeDefined()
})

test('a re-authentication that was cancelled changes nothing', async () => {
  const before = await person.signIn()
  await person.age(3600)
  const page = await person.browser.open(person.app.authorize({ max_age: '300' }))
  await person.browser.submit(page, { action: 'cancel' })

  const now = await person.app.redeem(await person.silently())
  expect(now.id.auth_time).toBe((before.id.auth_time as number) - 3600)
  expect(events).toEqual([])
  await expect(person.app.refresh(before.refreshToken)).resolves.toBeDefined()
})

test('a refresh rotates the token, and the one before is refused', async () => {
  const first = await person.signIn()
  const second = await person.app.refresh(first.refreshToken)
  expect(second.refreshToken).not.toBe(first.refreshToken)
  await expect(person.app.refresh(first.refreshToken)).rejects.toThrow('invalid_grant')
})

test('a person whose refresh token was used twice gets new tokens from the session', async () => {
  const first = await person.signIn()
  const second = await person.app.refresh(first.refreshToken)
  await expect(person.app.refresh(first.refreshToken)).rejects.toThrow('invalid_grant')
  await expect(person.app.refresh(second.refreshToken)).rejects.toThrow('invalid_grant')

  const third = await person.app.redeem(await person.silently())
  expect(third.id.sid).toBe(first.id.sid)
})

test('a refresh never moves auth_time, whatever has become of the session', async () => {
  const before = await person.signIn()
  await person.age(3600)
  const { access, id } = await person.app.refresh(before.refreshToken)
  expect([access.auth_time, id.auth_time]).toEqual([before.id.auth_time, before.id.auth_time])
  expect([access.sid, id.sid]).toEqual([before.id.sid, before.id.sid])
})

test('a code from before another tab re-authenticated tells of the time before', async () => {
  await person.signIn()
  await person.age(3600)
  const pending = await person.silently()
  const after = await person.signIn(ada, { prompt: 'login' })

  const before = await person.app.redeem(pending)
  const refreshed = await person.app.refresh(before.refreshToken)
  expect(before.id.auth_time).toBeLessThan(after.id.auth_time as number)
  for (const { access, id } of [before, refreshed]) {
    expect([access.auth_time, id.auth_time]).toEqual([before.id.auth_time, before.id.auth_time])
  }
})

test('an aged session is older to the app, and too old for a smaller max_age', async () => {
  const before = await person.signIn()
  const response = await person.age(3600)
  const older = (before.id.auth_time as number) - 3600

  expect(await response.json()).toEqual({ auth_time: older })
  const { access, id } = await person.app.redeem(await person.silently({ max_age: '7200' }))
  expect([access.auth_time, id.auth_time]).toEqual([older, older])
  const { url } = await person.silently({ max_age: '300', state: 'kept' })
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    error: 'login_required',
    state: 'kept',
    iss: provider.issuer,
  })
  expectSignInPage(await person.browser.open(person.app.authorize({ max_age: '300' })))
})

test('a silent sign-in can come back to a page made for frames', async () => {
  await person.signIn()
  const page = await person.silently({ redirect_uri: `${appOrigin}/silent.html` })
  expect((await person.app.redeem(page)).id.sub).toBe('usr_ada')
})

test('a silent sign-in without a session is login_required', async () => {
  const { url } = await person.silently()
  expect(url.searchParams.get('error')).toBe('login_required')
})

test('another person can come back from a re-authentication, in a session of their own', async () => {
  const before = await person.signIn()
  const request = person.app.authorize({ max_age: '0', id_token_hint: before.idToken })
  const page = await person.browser.open(request)
  expect(page.html).toMatch(/<a href="\?account=another">Use another account<\/a>/)

  const other = await person.browser.open(new URL('?account=another', page.url))
  expect(other.html).not.toContain('value="ada@acme.test"')
  const after = await person.app.redeem(await person.browser.submit(other, bob))

  expect([after.id.sub, after.access.sub]).toEqual(['usr_bob', 'usr_bob'])
  expect(after.id.sid).not.toBe(before.id.sid)
  expect(events).toEqual([])
  await expect(person.app.refresh(before.refreshToken)).rejects.toThrow('invalid_grant')
})
