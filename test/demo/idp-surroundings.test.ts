import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startProvider, type Provider } from '../../demo/idp/index.js'
import { createMemoryAdapter } from '../../demo/idp/memory-adapter.js'
import { pages } from '../../demo/idp/pages.js'
import { ada, Person } from './browserless.js'

const appOrigin = 'http://localhost:4400'
const apiAudience = 'http://localhost:4402/'
// Nobody here signs in there.
const upstream = 'http://localhost:4403'

const printed: unknown[] = []
let provider: Provider
let person: Person

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...line) => void printed.push(line))
  }
  provider = await startProvider({ port: 0, appOrigin, apiAudience, upstream })
})

afterAll(async () => {
  await provider.close()
  vi.restoreAllMocks()
})

beforeEach(() => {
  person = new Person(provider.issuer, appOrigin)
})

test('only the app may age a session, and only one that exists', async () => {
  expect((await person.age(60)).status).toBe(401)
  const { id } = await person.signIn()

  expect((await person.age(60, 'http://localhost:6666')).status).toBe(403)
  expect((await person.browser.fetch('/demo/age', { method: 'POST', body: '{}' })).status).toBe(403)
  for (const seconds of [-60, 0, 1.5, '60', null])
    expect((await person.age(seconds)).status).toBe(400)
  expect((await person.app.redeem(await person.silently())).id.auth_time).toBe(id.auth_time)
})

test.each(['/token', '/me', '/jwks', '/.well-known/openid-configuration', '/demo/age'])(
  'the app, and no other origin, may read %s',
  async (path) => {
    for (const method of ['OPTIONS', 'GET']) {
      const headers = { Origin: 'http://evil.test', 'Access-Control-Request-Method': 'POST' }
      const response = await fetch(provider.issuer + path, { method, headers })
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(appOrigin)
      const credentials = response.headers.get('Access-Control-Allow-Credentials')
      expect(credentials).toBe(path === '/demo/age' ? 'true' : null)
    }
  },
)

test('a login_hint fills in the email, and cannot bring markup along', async () => {
  const known = await person.browser.open(person.app.authorize({ login_hint: ada.email }))
  expect(known.html).toContain('value="ada@acme.test"')
  const attack = `"><script>alert('1')</script>`
  const { html } = await person.browser.open(person.app.authorize({ login_hint: attack }))
  expect(html).not.toContain('<script')
  expect(html).toContain('&#34;&#62;&#60;script&#62;alert(&#39;1&#39;)')
})

test('a notice escapes what it was told to say', () => {
  const { markup } = pages.notice('<b>', '"&', "'><script>")
  expect(markup).not.toMatch(/<b>|<script/)
  expect(markup).toContain('&#34;&#38;')
})

test('a request from an unknown client ends on a page of our own', async () => {
  const { html, status } = await person.browser.open(person.app.authorize({ client_id: 'x' }))
  expect(status).toBe(400)
  expect(html).toContain('invalid_client')
  expect(html).toContain(`href="${appOrigin}/"`)
})

test('a sign-in page that was used already says so', async () => {
  const page = await person.browser.open(person.app.authorize())
  await person.browser.submit(page, ada)
  const again = await person.browser.open(page.url)
  expect(again.status).toBe(400)
  expect(again.html).toContain('This sign-in page has expired')
})

test('one click signs out, and ends session and refresh tokens', async () => {
  const { idToken, refreshToken } = await person.signIn()
  const url = new URL('/session/end', provider.issuer)
  const params = { id_token_hint: idToken, post_logout_redirect_uri: `${appOrigin}/`, state: 's' }
  url.search = new URLSearchParams(params).toString()
  const page = await person.browser.open(url)
  expect(page.html).toContain('Sign out')

  const back = await person.browser.submit(page, { logout: 'yes' })
  expect(back.url.href).toBe(`${appOrigin}/?state=s`)
  expect((await person.silently()).url.searchParams.get('error')).toBe('login_required')
  await expect(person.app.refresh(refreshToken)).rejects.toThrow('invalid_grant')
})

test('the metadata says that responses carry the issuer', async () => {
  const response = await fetch(`${provider.issuer}/.well-known/openid-configuration`)
  expect(await response.json()).toMatchObject({
    issuer: provider.issuer,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
  })
})

test('two providers in one process know nothing of each other', async () => {
  const other = await startProvider({ port: 0, appOrigin, apiAudience, upstream })
  await person.signIn()
  const { url } = await new Person(other.issuer, appOrigin).silently()
  expect(url.searchParams.get('error')).toBe('login_required')
  await other.close()
})

test('what has expired is gone, and the oldest makes room for the newest', async () => {
  let now = 0
  const store = createMemoryAdapter(() => now)('Session')
  await store.upsert('short', { uid: 'u' }, 60)
  now = 60_000
  expect(await store.find('short')).toBeUndefined()
  expect(await store.findByUid('u')).toBeUndefined()

  for (let i = 0; i < 1001; i++) await store.upsert(String(i), {}, 60)
  expect(await store.find('0')).toBeUndefined()
  expect(await store.find('1000')).toEqual({})
})

test('a listener that fails is reported, and does not stand in the way of the sign-in', async () => {
  const onEvent = () => Promise.reject(new Error('audit log is down'))
  const other = await startProvider({ port: 0, appOrigin, apiAudience, upstream, onEvent })
  const person = new Person(other.issuer, appOrigin)
  await person.signIn()
  await expect(person.signIn(ada, { prompt: 'login' })).resolves.toBeDefined()
  expect(printed.splice(0)).toEqual([[expect.stringContaining('listener'), expect.any(Error)]])
  await other.close()
})

test('nothing of all this prints a warning', () => {
  expect(printed).toEqual([])
})
