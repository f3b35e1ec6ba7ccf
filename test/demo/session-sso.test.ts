import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lin, sam } from './people.js'
import { startSessionDemo, type Visitor } from './session-browser.js'

const state = `r.${'s'.repeat(43)}`

let demo: Awaited<ReturnType<typeof startSessionDemo>>
let visitor: Visitor

beforeAll(async () => {
  demo = await startSessionDemo()
})
afterAll(() => demo.close())
beforeEach(async () => {
  visitor = demo.newVisitor()
  await visitor.post('/api/demo/reset')
})

const isCallback = ({ pathname }: URL) => pathname === '/auth/sso/callback'
const leave = (asking: Visitor, query = `?method=initech&max_age=270&state=${state}`) =>
  asking.browser.open(`/auth/sso${query}`)

async function signIn(person = visitor, as = lin): Promise<URL> {
  await person.begin(lin.email)
  return (await person.browser.submit(await leave(person, ''), as)).url
}

async function expectStale(): Promise<void> {
  expect((await visitor.deleteProject()).status).toBe(401)
  expect((await visitor.audit()).filter(({ kind }) => kind === 'reauthentication')).toEqual([])
}

test('who signs in at the company is signed in here, since they did so there', async () => {
  expect((await signIn()).pathname).toBe('/')
  expect(await visitor.whoAmI()).toMatchObject({ subject: 'usr_lin' })
  expect((await visitor.deleteProject()).status).toBe(200)

  // The company has a session of its own, and a second browser here is no newer than that.
  const before = (await visitor.whoAmI())?.authTime
  await visitor.post('/auth/sign-out')
  await visitor.begin(lin.email)
  expect((await leave(visitor, '')).url.pathname).toBe('/')
  expect((await visitor.whoAmI())?.authTime).toBe(before)
})

test('who has to confirm is really asked again there, and comes back with the same state', async () => {
  await signIn()
  const cookie = visitor.session
  await visitor.age()
  await expectStale()
  const page = await leave(visitor)
  expect(page.url.origin).toBe(demo.upstream)
  const asked = visitor.browser.visited.findLast(({ pathname }) => pathname === '/auth')
  expect(asked?.searchParams.get('max_age')).toBe('0')
  expect(asked?.searchParams.get('login_hint')).toBe(lin.email)

  const { url } = await visitor.browser.submit(page, lin)
  expect([url.pathname, url.search]).toEqual(['/callback', `?state=${state}`])
  expect(visitor.session).toBe(cookie)
  expect((await visitor.deleteProject()).status).toBe(200)
  const log = await visitor.audit()
  expect(log.find(({ kind }) => kind === 'reauthentication')).toMatchObject({
    ...{ userId: 'usr_lin', method: 'sso' },
    authTime: (await visitor.whoAmI())?.authTime,
  })
})

test('FAULTS 6: somebody else at the company confirms nothing, and signs nobody in', async () => {
  await signIn()
  await visitor.age()
  const { url } = await visitor.browser.submit(await leave(visitor), sam)
  expect(url.searchParams.get('state')).toBe(state)
  expect(url.searchParams.get('error')).toBe('access_denied')
  await expectStale()

  const stranger = demo.newVisitor()
  await stranger.begin(sam.email)
  expect((await stranger.call('GET', '/auth/sign-in/methods')).body).toEqual([
    { type: 'redirect', id: 'initech', label: 'Initech SSO' },
  ])
  const back = await signIn(stranger, sam)
  expect([back.pathname, back.searchParams.get('error')]).toEqual(['/sign-in', 'access_denied'])
  expect(await stranger.whoAmI()).toBeNull()
})

test('Cancel at the company comes back as access_denied', async () => {
  await signIn()
  await visitor.age()
  const { url } = await visitor.browser.submit(await leave(visitor), { action: 'cancel' })
  expect(url.searchParams.get('error')).toBe('access_denied')
  await expectStale()
})

test('FAULTS 10: a way back is taken once', async () => {
  await signIn()
  await visitor.age()
  await visitor.browser.submit(await leave(visitor), { action: 'cancel' })
  const callback = visitor.browser.visited.findLast(isCallback)
  const again = await visitor.browser.open(callback!)
  expect(again.url.searchParams.get('error')).toBe('expired')
  await expectStale()
})

test('FAULTS 12: a way back belongs to the session that left', async () => {
  await signIn()
  await visitor.age()
  const page = await leave(visitor)
  visitor.browser.detour = (url) => (isCallback(url) ? undefined : url)
  const { url } = await visitor.browser.submit(page, lin)
  visitor.browser.detour = (url) => url
  expect(isCallback(url)).toBe(true)

  const other = demo.newVisitor()
  expect((await other.browser.open(url)).url.searchParams.get('error')).toBe('expired')
  expect(await other.whoAmI()).toBeNull()
  await signIn(other)
  expect((await other.browser.open(url)).url.searchParams.get('error')).toBe('expired')
  const forged = new URL(url)
  forged.searchParams.set('state', 'guessed')
  expect((await visitor.browser.open(forged)).url.searchParams.get('error')).toBe('expired')
  await expectStale()

  expect((await visitor.browser.open(url)).url.pathname).toBe('/callback')
  expect((await visitor.deleteProject()).status).toBe(200)
})

test('nobody leaves for the company who does not sign in there', async () => {
  expect((await leave(visitor, '')).url.pathname).toBe('/sign-in')
  expect((await leave(visitor)).url.searchParams.get('error')).toBe('login_required')
  await visitor.signIn('ada@acme.test', 'correct horse')
  const { url } = await leave(visitor)
  expect([url.pathname, url.searchParams.get('error')]).toEqual(['/callback', 'login_required'])
})
