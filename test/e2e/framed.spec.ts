import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ada } from './console.js'
import { typeInto } from './in-page-console.js'
import { expect, ORIGIN, test as base } from './session-console.js'

/** A page of another origin with the console inside. */
const test = base.extend<{ frameOf: (path: string) => Promise<string> }>({
  frameOf: async ({ browserName: _ }, run) => {
    const server = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(
        `<!doctype html><title>Elsewhere</title><h1>A prize for you</h1>
         <iframe title="prize" width="1000" height="560" src="${ORIGIN}${String(request.url)}"></iframe>`,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const { port } = server.address() as AddressInfo
    await run((path) => Promise.resolve(`http://localhost:${String(port)}${path}`))
    server.closeAllConnections()
    server.close()
  },
})

test('FAULTS 34: no page of another origin can frame the console', async ({
  acme,
  page,
  frameOf,
}) => {
  await acme.signIn(ada)
  await page.goto(await frameOf('/projects'))
  await expect(page.getByRole('heading', { name: 'A prize for you' })).toBeVisible()
  const inside = page.frameLocator('iframe')
  await expect(inside.locator('#root')).toHaveCount(0)
  await expect(inside.getByText('Acme Console')).toHaveCount(0)
})

test('FAULTS 34: where a server lets itself be framed, the dialog takes no credentials and says why', async ({
  acme,
  page,
  frameOf,
}) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  // The same console, as it would be without a policy.
  await page.route(`${ORIGIN}/projects`, async (route) => {
    const response = await route.fetch()
    const { 'content-security-policy': policy, ...headers } = response.headers()
    expect(policy).toContain("frame-ancestors 'self'")
    await route.fulfill({ response, headers })
  })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await page.goto(await frameOf('/projects'))
  const inside = page.frameLocator('iframe')
  await inside.getByRole('button', { name: 'Delete Apollo' }).click()
  const dialog = inside.getByRole('dialog')
  await expect(dialog).toContainText('Confirm on a page of its own')
  await expect(dialog).toContainText('shown inside another website')
  await expect(dialog.locator('input')).toHaveCount(0)

  // Nor by another way that takes something typed.
  await dialog.getByRole('button', { name: 'A code by email' }).click()
  await expect(dialog).toContainText('Confirm on a page of its own')
  await expect(dialog.locator('input')).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: 'Send the code' })).toHaveCount(0)
  expect(sent).toEqual([])

  // The way out is a page that nobody is around, and there it can be done.
  const opened = page.context().waitForEvent('page')
  await dialog.getByRole('link', { name: 'Open this page in a new tab' }).click()
  const alone = await opened
  await alone.getByRole('button', { name: 'Delete Apollo' }).click()
  const there = alone.getByRole('dialog')
  await typeInto(there.getByLabel('Password', { exact: true }), ada.password)
  await there.getByRole('button', { name: 'Confirm' }).click()
  await expect(alone.getByRole('heading', { name: 'Apollo', exact: true })).toBeHidden()
  await page.goto('/')
  expect(await acme.deletions()).toEqual(['apollo'])
})
