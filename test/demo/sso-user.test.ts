import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startProvider } from '../../demo/idp/index.js'
import { Person, type Page } from './browserless.js'
import { errorOf, goOn, lin, sam, signInBySso, startProviders } from './people.js'

let providers: Awaited<ReturnType<typeof startProviders>>
let person: Person

beforeAll(async () => {
  providers = await startProviders()
})
afterAll(() => providers.close())
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  providers.events.length = 0
  person = providers.newPerson()
})
afterEach(() => vi.useRealTimers())

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const isCallback = ({ pathname }: URL) => pathname === '/sso/callback'

/** What the company was last asked for. */
function asked(): Record<string, string> {
  const { upstream } = providers
  const url = person.browser.visited.findLast(
    ({ origin, pathname }) => origin === upstream && pathname === '/auth',
  )
  return Object.fromEntries(url?.searchParams ?? [])
}

function expectCompanyPage(page: Page): void {
  expect(page.url.origin).toBe(providers.upstream)
  expect(page.html).toContain('type="password"')
  expect(page.html).toContain(`value="${lin.email}"`)
}

async function expectNothingStamped(authTime: unknown): Promise<void> {
  const now = await person.app.redeem(await person.silently())
  expect(now.id.auth_time).toBe(authTime)
  expect(providers.events).toEqual([])
}

test('the company signs in whose email is its own, and the tokens say when and how', async () => {
  const page = await goOn(person, lin.email)
  expectCompanyPage(page)
  expect(asked()).toMatchObject({
    ...{ response_type: 'code', code_challenge_method: 'S256', login_hint: lin.email },
    ...{ state: expect.any(String) as string, nonce: expect.any(String) as string },
  })
  const { access, id } = await person.app.redeem(await person.browser.submit(page, lin))
  for (const token of [access, id]) {
    expect(token).toMatchObject({ sub: 'usr_lin', acr: 'urn:acme:sso', amr: ['pwd'] })
    expect(token.auth_time).toBe(Math.floor(Date.now() / 1000))
  }
  expect(providers.events).toEqual([])
})

test('a password entered for the company is not looked at here', async () => {
  const page = await person.browser.open(person.app.authorize())
  expectCompanyPage(await person.browser.submit(page, lin))
})

test('a login_hint leads to the page of the company, without asking for the email', async () => {
  const page = await person.browser.open(person.app.authorize({ login_hint: lin.email }))
  expect(page.html).toContain('Continue to Initech SSO')
  expect(page.html).not.toContain('type="password"')
  expectCompanyPage(await person.browser.submit(page, { action: 'other' }))
})

test.each([{ max_age: '300' }, { max_age: '0' }, { prompt: 'login' }])(
  'a re-authentication by %o really asks again at the company, and moves auth_time',
  async (params) => {
    const before = await signInBySso(person)
    pass(3600)
    const page = await person.browser.open(person.app.authorize(params))
    expect(page.html).toContain("Acme Console asks you to confirm it's you")
    const there = await person.browser.submit(page, { action: 'other' })
    expectCompanyPage(there)
    expect(asked()).toMatchObject({ max_age: '0', prompt: 'login' })

    pass(7)
    const after = await person.app.redeem(await person.browser.submit(there, lin))
    expect(after.id).toMatchObject({ sid: before.id.sid, acr: 'urn:acme:sso', amr: ['pwd'] })
    expect(after.id.auth_time).toBe((before.id.auth_time as number) + 3607)
    expect(after.access.auth_time).toBe(after.id.auth_time)
    expect(providers.events).toMatchObject([
      { userId: 'usr_lin', method: 'sso', authTime: after.id.auth_time },
    ])
  },
)

test('an aged session is proved again at the company, however fresh the session there', async () => {
  const before = await signInBySso(person)
  await person.age(3600)
  pass(2)
  const page = await person.browser.open(person.app.authorize({ max_age: '300' }))
  const there = await person.browser.submit(page, { action: 'other' })
  expectCompanyPage(there)
  const after = await person.app.redeem(await person.browser.submit(there, lin))
  expect(after.id.auth_time).toBe((before.id.auth_time as number) + 2)
})

test('a company that does not ask again is refused, and nothing is stamped', async () => {
  const before = await signInBySso(person)
  pass(3600)
  const page = await person.browser.open(person.app.authorize({ max_age: '300', state: 'kept' }))
  // To ignore these, or to have them taken out on the way, comes to the same.
  person.browser.detour = (url) => {
    url.searchParams.delete('max_age')
    url.searchParams.delete('prompt')
    return url
  }
  const { url } = await person.browser.submit(page, { action: 'other' })
  expect(asked()).not.toHaveProperty('max_age')
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    ...{ error: 'login_required', state: 'kept', iss: providers.issuer },
    error_description: 'Initech SSO did not ask the person again',
  })
  await expectNothingStamped(before.id.auth_time)
  await expect(person.app.refresh(before.refreshToken)).resolves.toBeDefined()
})

/** Signed in at the company an hour ago, and not here. */
async function signInThereOnly(): Promise<number> {
  const { id, idToken } = await signInBySso(person)
  const url = new URL('/session/end', providers.issuer)
  url.searchParams.set('id_token_hint', idToken)
  await person.browser.submit(await person.browser.open(url), { logout: 'yes' })
  pass(3600)
  return id.auth_time as number
}

test('a session is as old as the sign-in at the company that it rests on', async () => {
  const then = await signInThereOnly()
  const { id } = await person.app.redeem(await goOn(person, lin.email))
  expect(asked()).not.toHaveProperty('max_age')
  expect(id.auth_time).toBe(then)
})

test('what the app asks of a first sign-in is asked of the company', async () => {
  await signInThereOnly()
  const page = await goOn(person, lin.email, { max_age: '300' })
  expect(asked()).toMatchObject({ max_age: '300' })
  expectCompanyPage(page)
  const { id } = await person.app.redeem(await person.browser.submit(page, lin))
  expect(id.auth_time).toBe(Math.floor(Date.now() / 1000))
})

test('a first sign-in is refused where the company ignores how old it may be', async () => {
  await signInThereOnly()
  person.browser.detour = (url) => {
    if (url.origin === providers.upstream) url.searchParams.delete('max_age')
    return url
  }
  const { url } = await goOn(person, lin.email, { max_age: '300' })
  expect(url.searchParams.get('error')).toBe('login_required')
  const silent = await person.silently()
  expect(silent.url.searchParams.get('error')).toBe('login_required')
})

test('somebody else at the company is refused, and can be asked for again', async () => {
  const page = await person.browser.submit(await goOn(person, lin.email), sam)
  expect(page.url.origin).toBe(providers.issuer)
  expect(errorOf(page)).toContain('somebody else')
  expect((await person.silently()).url.searchParams.get('error')).toBe('login_required')

  // The company still knows Sam: without being asked again, nobody could ever get past this.
  const there = await person.browser.submit(page, { action: 'again' })
  expectCompanyPage(there)
  expect(page.html).toContain('value="again"')
  const { id } = await person.app.redeem(await person.browser.submit(there, lin))
  expect(id.sub).toBe('usr_lin')
})

test('somebody else at the company re-authenticates nobody', async () => {
  const before = await signInBySso(person)
  pass(3600)
  const page = await person.browser.open(person.app.authorize({ max_age: '300' }))
  const there = await person.browser.submit(page, { action: 'other' })
  const back = await person.browser.submit(there, sam)
  expect(errorOf(back)).toContain('somebody else')
  await expectNothingStamped(before.id.auth_time)

  const { url } = await person.browser.submit(back, { action: 'cancel' })
  expect(url.searchParams.get('error')).toBe('access_denied')
})

test('a colleague with an account signs in as themselves alone, not where another was named', async () => {
  const page = await person.browser.submit(await goOn(person, sam.email), lin)
  expect(errorOf(page)).toContain('somebody else')
  expect((await person.silently()).url.searchParams.get('error')).toBe('login_required')
})

test('who has no account at Acme gets none by working there', async () => {
  const page = await person.browser.submit(await goOn(person, sam.email), sam)
  expect(errorOf(page)).toContain('nobody with an account at Acme')
})

test('Cancel at the company comes back to the app as access_denied', async () => {
  const before = await signInBySso(person)
  pass(3600)
  const page = await person.browser.open(person.app.authorize({ max_age: '300' }))
  const there = await person.browser.submit(page, { action: 'other' })
  const { url } = await person.browser.submit(there, { action: 'cancel' })
  expect(url.origin + url.pathname).toBe(person.app.redirectUri)
  expect(url.searchParams.get('error')).toBe('access_denied')
  await expectNothingStamped(before.id.auth_time)
})

test('a way back is taken once', async () => {
  const refused = await person.browser.submit(await goOn(person, lin.email), sam)
  expect(errorOf(refused)).toBeDefined()
  // The interaction is still open: it is the state that is spent.
  const callback = person.browser.visited.findLast(isCallback)
  expect((await person.browser.open(refused.url)).status).toBe(400)
  const again = await person.browser.open(callback!)
  expect(again.status).toBe(400)
  expect(again.html).toContain('This sign-in page has expired')
})

test('a way back belongs to the browser that left, and to the interaction', async () => {
  const page = await goOn(person, lin.email)
  person.browser.detour = (url) => (isCallback(url) ? undefined : url)
  const { url } = await person.browser.submit(page, lin)
  expect(isCallback(url)).toBe(true)

  const other = providers.newPerson()
  expect((await other.browser.open(url)).status).toBe(400)
  const theirs = await goOn(other, lin.email)
  expect(theirs.url.origin).toBe(providers.upstream)
  expect((await other.browser.open(url)).status).toBe(400)
  const forged = new URL(url)
  forged.searchParams.set('state', 'guessed')
  expect((await person.browser.open(forged)).status).toBe(400)
  forged.search = url.search
  forged.searchParams.set('iss', 'http://evil.test')
  const { id } = await person.app.redeem(await person.browser.open(url))
  expect(id.sub).toBe('usr_lin')
  expect((await person.browser.open(forged)).status).toBe(400)
})

test('where the company cannot be reached, the page says so and stays', async () => {
  const alone = await startProvider({
    ...{ port: 0, appOrigin: 'http://localhost:4400', apiAudience: 'http://localhost:4402/' },
    upstream: 'http://localhost:1',
  })
  const visitor = new Person(alone.issuer, 'http://localhost:4400')
  const page = await goOn(visitor, lin.email)
  expect(errorOf(page)).toContain('cannot be reached')
  const { url } = await visitor.browser.submit(page, { action: 'cancel' })
  expect(url.searchParams.get('error')).toBe('access_denied')
  await alone.close()
})
