import type { Page } from '@playwright/test'
import { ada, expect, test, type Console } from './console.js'

const SECRET = /acme_demo_[0-9a-f]{24}/
const shown = (page: Page) => page.getByText(SECRET)
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

async function show(acme: Console): Promise<string> {
  await acme.open('API keys')
  await press(acme.page, 'Show Production')
  return shown(acme.page).innerText()
}

/** All of the page that can be read, and all that it has stored. */
const everything = (page: Page) =>
  page.evaluate(async () => ({
    page: document.documentElement.outerHTML,
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    databases: JSON.stringify(await indexedDB.databases()),
    caches: JSON.stringify(await caches.keys()),
    cookie: document.cookie,
    history: JSON.stringify(history.state),
  }))

/** The caches of TanStack Query, as React holds them: the app shows them to nobody. */
const inMemory = (page: Page) =>
  page.evaluate(() => {
    interface Cache {
      getAll(): { state: unknown }[]
    }
    interface Fiber {
      readonly child: Fiber | null
      readonly sibling: Fiber | null
      readonly memoizedProps: {
        readonly client?: { getQueryCache?(): Cache; getMutationCache(): Cache }
      } | null
    }
    const root = document.getElementById('root') as object as Record<string, unknown>
    const name = Object.keys(root).find((key) => key.startsWith('__reactContainer$')) ?? ''
    const { stateNode } = root[name] as { stateNode: { current: Fiber } }
    const waiting: (Fiber | null)[] = [stateNode.current]
    while (waiting.length > 0) {
      const fiber = waiting.pop()
      if (!fiber) continue
      const client = fiber.memoizedProps?.client
      if (client?.getQueryCache) {
        const caches = [client.getQueryCache(), client.getMutationCache()]
        return JSON.stringify(caches.map((cache) => cache.getAll().map(({ state }) => state)))
      }
      waiting.push(fiber.sibling, fiber.child)
    }
    throw new Error('No QueryClientProvider is on the page.')
  })

/** Where the secret is. */
async function placesOf(secret: string, page: Page): Promise<string[]> {
  const places = Object.entries({ ...(await everything(page)), memory: await inMemory(page) })
  return places.filter(([, text]) => text.includes(secret)).map(([place]) => place)
}

test('a revealed key is gone from page and memory when its time is over, and was never stored', async ({
  acme,
  page,
}) => {
  await page.clock.install()
  await acme.signIn(ada)
  const secret = await show(acme)
  expect(secret).toMatch(SECRET)
  expect(await placesOf(secret, page)).toEqual(['page', 'memory'])
  expect(await everything(page)).toMatchObject({ databases: '[]', caches: '[]' })

  await page.clock.fastForward('02:01')
  await expect(page.getByRole('button', { name: 'Show Production' })).toBeVisible()
  await expect(shown(page)).toBeHidden()
  expect(await placesOf(secret, page)).toEqual([])
  // Nobody has asked for it again.
  await expect(acme.dialog).toBeHidden()
})

test('a revealed key is hidden by its button, and nothing keeps it', async ({ acme, page }) => {
  await acme.signIn(ada)
  const secret = await show(acme)
  await press(page, 'Hide Production')
  await expect(page.getByRole('button', { name: 'Show Production' })).toBeVisible()
  expect(await placesOf(secret, page)).toEqual([])

  await press(page, 'Show Production')
  await expect(page.getByText(secret)).toBeVisible()
  await acme.open('Projects')
  await expect(acme.project('Apollo')).toBeVisible()
  await expect.poll(() => placesOf(secret, page)).toEqual([])
})

test('a revealed key is gone as soon as another tab learns that the sign-in is old', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  const secret = await show(acme)
  const other = await acme.openTab()
  await other.becomeStale()
  await expect(page.getByRole('button', { name: 'Show Production' })).toBeVisible()
  expect(await placesOf(secret, page)).toEqual([])

  await press(page, 'Show Production')
  await expect(acme.dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(acme.dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Show Production' })).toBeVisible()
  expect(await placesOf(secret, page)).toEqual([])
})

test('after a trip the page shows no key by itself, and one when it is asked', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.open('API keys')
  await press(page, 'Show Production')
  await acme.leave()
  await acme.confirmAtProvider(ada)
  await acme.confirm('OK')
  await expect(acme.dialog).toBeHidden()
  await expect(shown(page)).toBeHidden()
  await press(page, 'Show Production')
  await expect(shown(page)).toHaveCount(1)
})

test('a key that is replaced is no longer shown, and the new one is in no memory', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  // auth_time counts in seconds: the proof is to be another than the sign-in.
  await acme.makeApiStrict()
  const secret = await show(acme)
  await press(page, 'Replace Production')
  const popup = await acme.openWindow()
  await popup.confirmAtProvider(ada)
  await popup.expectClosed()
  await expect(acme.toast).toContainText('The API key Production is replaced')
  await expect(page.getByRole('button', { name: 'Show Production' })).toBeVisible()
  expect(await placesOf(secret, page)).toEqual([])
  expect(await inMemory(page)).not.toMatch(SECRET)
})
