// What a hostile provider and a hostile API do to a real browser: real redirects, real CORS, real sockets.
// test/servers/*.test.ts has the many rows that need no browser.
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { challenge, startApi, type Api } from '../servers/api.js'
import { htmlWith200, reset, serverError } from '../servers/http.js'
import { buildPage, servePage } from '../servers/page/serve.js'
import { bob, startProvider, type Provider } from '../servers/provider.js'
import { answering, ignoring, refusing } from '../servers/scripts.js'

const seconds = () => Date.now() / 1000

class App {
  readonly page: Page
  readonly provider: Provider
  readonly api: Api
  readonly dialog: Locator
  readonly outcome: Locator
  readonly #origin: string

  constructor(page: Page, provider: Provider, api: Api, origin: string) {
    this.page = page
    this.provider = provider
    this.api = api
    this.#origin = origin
    this.dialog = page.getByRole('dialog')
    this.outcome = page.locator('output')
  }

  /** Ada signed in so many seconds ago. */
  async signIn(ago: number, query = ''): Promise<void> {
    const [sub, name, sid] = ['ada', 'Ada Lovelace', 'session']
    this.provider.session = { sub, name, acr: 'pwd', sid, authTime: Math.floor(seconds()) - ago }
    await this.page.goto(`${this.#origin}/${query}`)
    await this.button('Sign in').click()
    await expect(this.page.getByRole('heading', { name })).toBeVisible()
    if (query) await this.page.goto(`${this.#origin}/${query}`)
    this.provider.asked.length = 0
    this.provider.tokenRequests.length = 0
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async press(): Promise<void> {
    await this.button('Delete').click()
  }

  /** To the provider and back; it asks nobody anything. */
  async travel(): Promise<void> {
    await this.press()
    await this.dialog.getByRole('button', { name: 'Continue to Acme ID' }).click()
  }

  /** Tries again; where that is asked, in this tab. */
  async tryAgain(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Try again' }).click()
    const leave = this.dialog.getByRole('button', { name: 'Continue to Acme ID' })
    const back = this.dialog.getByRole('button', { name: /^(Delete project Apollo|Close)$/ })
    await expect(leave.or(back)).toBeVisible()
    if (await leave.isVisible()) await leave.click()
  }

  async confirm(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  }

  async confirmOnce(): Promise<void> {
    await this.confirm()
    await expect(this.outcome).toHaveText('deleted')
    expect(this.api.effects).toHaveLength(1)
  }
}

interface Fixtures {
  app: App
}
const test = base.extend<Fixtures, { files: ReadonlyMap<string, string> }>({
  files: [
    async ({}, provide) => {
      await provide(await buildPage())
    },
    { scope: 'worker' },
  ],
  app: async ({ page, files }, provide) => {
    const redirectUris: string[] = []
    const provider = await startProvider({ redirectUris, now: seconds })
    const api = await startApi({ issuer: provider.issuer, now: seconds })
    const site = await servePage(files, () => ({ ISSUER: provider.issuer, API: api.origin }))
    redirectUris.push(`${site.origin}/callback`)
    await provide(new App(page, provider, api, site.origin))
    // Whatever a test is about: no code is sent twice, and nothing is done twice.
    expect(Math.max(1, ...provider.spent)).toBe(1)
    expect(new Set(api.effects).size).toBe(api.effects.length)
    for (const server of [provider, api, site]) server.close()
  },
})

test('a provider and an API that behave: one code, one deletion', async ({ app }) => {
  await app.signIn(3600)
  await app.travel()
  await app.confirmOnce()
  expect(app.provider.spent).toEqual([1])
})

test('FAULTS 1: a provider that ignores max_age is asked once more, with prompt=login', async ({
  app,
}) => {
  await app.signIn(3600)
  app.provider.authorize.always(ignoring('max_age'))
  await app.travel()
  await app.tryAgain()
  await app.confirmOnce()
  expect(app.provider.asked.map((asked) => asked.get('prompt'))).toEqual([null, 'login'])
})

test('FAULTS 1: a provider that ignores prompt=login too gets no third request', async ({
  app,
}) => {
  await app.signIn(3600)
  app.provider.authorize.always(ignoring('max_age', 'prompt'))
  await app.travel()
  await app.tryAgain()
  await expect(app.dialog.getByRole('button')).toHaveText(['Close'])
  expect(app.provider.asked).toHaveLength(2)
  expect(app.api.requests).toEqual([])
})

test('FAULTS 6: another person who comes back runs nothing and sees nothing of the first', async ({
  app,
}) => {
  await app.signIn(3600)
  app.provider.person = bob
  await app.travel()
  await expect(app.dialog.getByRole('button', { name: 'Sign in as the first' })).toBeVisible()
  await expect(app.page.locator('body')).not.toContainText('Apollo')
  expect(app.api.requests).toEqual([])
})

test('FAULTS 13: an answer of another issuer spends no code', async ({ app }) => {
  await app.signIn(3600)
  app.provider.authorize.next(answering({ iss: 'https://evil.test' }))
  await app.travel()
  await expect(app.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(app.provider.tokenRequests).toEqual([])
  await app.tryAgain()
  await app.confirmOnce()
})

test('FAULTS 15: an error with HTML in it is refused, and shown as nobody’s page', async ({
  app,
}) => {
  await app.signIn(3600)
  const html = '<img src=x onerror="document.title=1">'
  app.provider.authorize.next(refusing('strange', html))
  await app.travel()
  await expect(app.dialog.getByRole('button')).toHaveText(['Close'])
  await expect(app.dialog.locator('img')).toHaveCount(0)
  await expect(app.page).toHaveTitle('An app among hostile servers')
  await app.dialog.getByRole('button').click()
  await expect(app.outcome).toHaveText('provider_error')
})

for (const [name, fault] of [
  ['a cut connection', () => reset],
  ['HTML with 200', htmlWith200],
] as const) {
  test(`FAULTS 37: ${name} at the token endpoint: the code is not used again, a new one is`, async ({
    app,
  }) => {
    await app.signIn(3600)
    app.provider.token.next(fault)
    await app.travel()
    await expect(app.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
    await app.page.reload()
    await app.tryAgain()
    await app.confirmOnce()
    expect(app.provider.spent).toEqual([1, 1])
  })
}

// No cut connection here: Firefox asks a second time by itself, as browsers may for a GET.
for (const [name, fault] of [
  ['500', serverError],
  ['HTML with 200', htmlWith200],
] as const) {
  test(`FAULTS 37: ${name} of discovery, before leaving and on the way back`, async ({ app }) => {
    await app.signIn(3600)
    await app.page.reload()
    app.provider.discovery.next(fault)
    await app.travel()
    await expect(app.dialog.getByRole('alert')).toBeVisible()
    expect(app.provider.asked).toEqual([])
    app.provider.discovery.next((asked, honest) => honest(asked), fault)
    await app.dialog.getByRole('button', { name: 'Continue to Acme ID' }).click()
    await app.tryAgain()
    await app.confirmOnce()
  })
}

test('FAULTS 37: an answer of the API that is cut off is not asked for again', async ({ app }) => {
  await app.signIn(3600)
  app.api.serve.next(async (asked, honest) => {
    await honest(asked)
    return reset
  })
  await app.travel()
  await app.confirm()
  await expect(app.outcome).toHaveText('failed')
  expect([app.api.requests.length, app.api.effects.length]).toEqual([1, 1])
})

test.describe('FAULTS 26: a challenge whose header CORS hides', () => {
  const hidden = (body: BodyInit | null, type: string) => () => {
    const { headers } = challenge()
    headers.delete('Access-Control-Expose-Headers')
    headers.set('Content-Type', type)
    return new Response(body, { status: 401, headers })
  }

  test('is read from its JSON', async ({ app }) => {
    await app.signIn(600, '?age=3600')
    const body = JSON.stringify({ error: 'insufficient_user_authentication', max_age: 300 })
    app.api.serve.next(hidden(body, 'application/json'))
    await app.travel()
    await app.confirmOnce()
    expect(app.api.requests).toHaveLength(2)
  })

  test('is an ordinary 401 without it', async ({ app }) => {
    await app.signIn(600, '?age=3600')
    app.api.serve.next(hidden(null, 'text/plain'))
    await app.press()
    await expect(app.outcome).toHaveText('HTTP 401')
    await expect(app.dialog).toBeHidden()
  })
})

test('FAULTS 22: a challenge of 100 KB is an answer or a failure, and asks for nothing weaker', async ({
  app,
}) => {
  await app.signIn(60, '?age=3600')
  const error = 'error="insufficient_user_authentication"'
  app.api.serve.next(() => challenge(`Bearer ${error}, x="${'a'.repeat(100_000)}", max_age=30`))
  await app.press()
  const asked = app.dialog.getByRole('button', { name: 'Continue to Acme ID' })
  await expect(asked.or(app.outcome.filter({ hasText: /^(HTTP 401|failed)$/ }))).toBeVisible()
  expect(app.api.effects).toEqual([])
})
