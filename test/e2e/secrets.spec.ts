import type { Page } from '@playwright/test'
import { ada, expect, test, type Console } from './console.js'

const CARD = '4000001234567899'
const MISTYPED = 'correct house'

/** What each kind of secret looked like in this run. */
type Secrets = Record<'password' | 'card' | 'code' | 'handle' | 'token', Set<string>>

/** Everything that a page of the console could have been read from later on. */
interface Traces {
  readonly urls: string[]
  readonly lines: string[]
  readonly secrets: Secrets
}

function watch(page: Page): Traces {
  const secrets: Secrets = {
    password: new Set([ada.password, MISTYPED]),
    card: new Set([CARD]),
    code: new Set(),
    handle: new Set(),
    token: new Set(),
  }
  const traces: Traces = { urls: [], lines: [], secrets }
  page.context().on('request', (request) => {
    const url = new URL(request.url())
    const code = url.searchParams.get('code')
    const handle = /[rp]\.[\w-]{43}$/.exec(url.searchParams.get('state') ?? '')
    if (code !== null) secrets.code.add(code)
    if (handle) secrets.handle.add(handle[0])
    traces.urls.push(request.url())
  })
  page.context().on('console', (message) => traces.lines.push(message.text()))
  return traces
}

/** Of the origin of the console: what is stored, and what the history's entry holds. */
const look = (page: Page) =>
  page.evaluate(async () => {
    const entries = (storage: Storage) =>
      Object.keys(storage).map((key): [string, string] => [key, storage.getItem(key) ?? ''])
    const isTokens = ([key]: [string, string]) => key.startsWith('oidc.user:')
    const shared = entries(localStorage)
    return {
      // The SDK's own store: tokens are there, and nowhere else.
      tokens: shared.filter(isTokens),
      others: {
        session: entries(sessionStorage),
        local: shared.filter((entry) => !isTokens(entry)),
        databases: (await indexedDB.databases()).map(({ name }) => name),
        caches: await caches.keys(),
        cookie: document.cookie,
        name: window.name,
        url: location.href,
        state: history.state as unknown,
      },
    }
  })

async function keepTokens({ page }: Console, { token }: Secrets): Promise<void> {
  const { tokens } = await look(page)
  for (const [, user] of tokens) {
    for (const [value] of user.matchAll(/(?<=_token":")[^"]+/g)) token.add(value)
  }
}

/** Which kinds of secrets are in there, also where they are encoded. */
function found(place: unknown, secrets: Secrets, kinds: (keyof Secrets)[]): string[] {
  const text = typeof place === 'string' ? place : JSON.stringify(place)
  return kinds.filter((kind) =>
    [...secrets[kind]].some((secret) =>
      [secret, encodeURIComponent(secret), secret.replaceAll(' ', '+'), btoa(secret)].some((form) =>
        text.includes(form),
      ),
    ),
  )
}

const EVERYTHING: (keyof Secrets)[] = ['password', 'card', 'code', 'handle', 'token']

test('FAULTS 19: after a full run, nothing secret is in storage, address, history, events or logs', async ({
  acme,
  page,
}) => {
  const { urls, lines, secrets } = watch(page)
  await acme.signIn(ada)
  await keepTokens(acme, secrets)
  await acme.becomeStale()
  await keepTokens(acme, secrets)

  await acme.pressDelete('Apollo')
  await acme.leave()
  const meanwhile = await acme.openTab('/')
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  const { others: waiting } = await look(page)
  expect(JSON.stringify(waiting.session)).toContain('Apollo')
  expect(found(waiting, secrets, ['password', 'card', 'code', 'token'])).toEqual([])
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  await keepTokens(acme, secrets)

  // Beside it, with a variable that must not be stored: not even by leaving after all.
  await acme.becomeStale()
  await acme.open('Billing')
  await page.getByLabel('Card number').fill(CARD)
  await page.getByRole('button', { name: 'Change the card' }).click()
  await acme.confirm('Continue to Acme ID')
  await expect(acme.dialog).toContainText('This cannot wait while you are away')
  const popup = await acme.openWindow()
  const { others: beside } = await look(page)
  expect(found(beside, secrets, ['password', 'card', 'code', 'token'])).toEqual([])
  await popup.confirmAtProvider({ ...ada, password: MISTYPED })
  await expect(popup.page.getByRole('alert')).toContainText('do not match')
  await popup.confirmAtProvider(ada)
  await popup.expectClosed()
  await expect(acme.toast).toContainText('Billing is saved')
  await keepTokens(acme, secrets)

  // There was something to find: sign-in, two silent ones, the trip and the window.
  expect(secrets.code.size).toBe(5)
  expect(secrets.handle.size).toBe(2)
  expect(secrets.token.size).toBeGreaterThan(5)
  const events = lines.filter((line) => line.startsWith('step-up'))
  for (const type of ['prompted', 'left', 'returned', 'proved', 'confirmed', 'resumed']) {
    expect(events.join()).toContain(`"type":"${type}"`)
  }

  for (const tab of [page, meanwhile.page]) {
    const { tokens, others } = await look(tab)
    expect(tokens).toHaveLength(1)
    expect(found(tokens, secrets, ['password', 'card', 'code', 'handle'])).toEqual([])
    expect(found(others, secrets, EVERYTHING)).toEqual([])
  }
  expect(found(lines, secrets, EVERYTHING)).toEqual([])
  expect(found(urls, secrets, ['password', 'card', 'token'])).toEqual([])
  // A code is in the one address that the provider sends it in, and never told to anybody else.
  const told = urls.filter((url) => found(url, secrets, ['code']).length > 0)
  expect(told.filter((url) => !/\/(callback|silent\.html)$/.test(new URL(url).pathname))).toEqual(
    [],
  )
  expect(new Set(told).size).toBe(told.length)

  const entries = await acme.goBackToTheStart()
  expect(entries.length).toBeGreaterThan(4)
  expect(found(entries, secrets, EVERYTHING)).toEqual([])
})
