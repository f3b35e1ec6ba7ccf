// `npm run build-storybook`, on a static host, under a path of somebody else's site.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserArgs, findHeadlessChromium, root } from '../../ensure.mjs'
import { serveUnder } from '../../storybook/static-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'react-step-up-storybook-'))
let host: Awaited<ReturnType<typeof serveUnder>>
let browser: Browser

beforeAll(async () => {
  const script = join(root, 'node_modules/storybook/dist/bin/dispatcher.js')
  const build = [script, 'build', '--output-dir', folder, '--quiet']
  // Vitest's own environment would make it a build for tests.
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const [executablePath] = await Promise.all([
    findHeadlessChromium(),
    promisify(execFile)(process.execPath, build, { cwd: root, env }),
  ])
  host = await serveUnder('/some/where/storybook/', folder)
  browser = await chromium.launch({ args: browserArgs, ...(executablePath && { executablePath }) })
}, 180_000)

afterAll(async () => {
  await browser.close()
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens it, and hears of what breaks meanwhile: files that are missed, calls elsewhere, errors. */
async function visit(path: string): Promise<{ page: Page; broken: () => readonly string[] }> {
  const page = await browser.newPage()
  const heard: string[] = []
  page.on('pageerror', ({ message }) => heard.push(message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (/^(http|ws)/.test(url.protocol) && url.origin !== new URL(host.url).origin) {
      heard.push(`It calls ${url.origin}.`)
    }
  })
  host.missed.length = 0
  await page.goto(host.url + path)
  return {
    page,
    // Browsers ask for it by themselves.
    broken: () => [...heard, ...host.missed.filter((missed) => missed !== '/favicon.ico')],
  }
}

test('a story opens in its frame, and plays', async () => {
  const { page, broken } = await visit('?path=/story/passworddialog--wrong-password')
  const story = page.frameLocator('#storybook-preview-iframe')
  await story.getByRole('dialog', { name: "Confirm that it's you" }).waitFor()
  await story.getByRole('alert').getByText('That password does not match.').waitFor()
  expect(broken()).toEqual([])
  await page.close()
})

test('the toolbar reaches the dialog: dark, Arabic, right to left', async () => {
  const { page, broken } = await visit(
    'iframe.html?id=passworddialog--ask&viewMode=story&globals=theme:dark;locale:ar',
  )
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  expect(await dialog.getAttribute('lang')).toBe('ar')
  const looks = await dialog.evaluate((element) => {
    const { direction, colorScheme } = getComputedStyle(element)
    return { direction, colorScheme }
  })
  expect(looks).toEqual({ direction: 'rtl', colorScheme: 'dark' })
  expect(broken()).toEqual([])
  await page.close()
})

test('a page of the docs opens, and its tables leave no name without a word', async () => {
  const { page, broken } = await visit('?path=/docs/docs-styling--docs')
  const docs = page.frameLocator('#storybook-preview-iframe')
  await docs.getByRole('heading', { name: 'Styling', level: 1 }).waitFor()
  const rows = docs.locator('table.words tbody tr')
  await rows.first().waitFor()
  const cells = await rows.locator('td').allTextContents()
  expect(cells.length).toBeGreaterThan(30)
  expect(cells.filter((words) => words.trim() === '')).toEqual([])
  expect(broken()).toEqual([])
  await page.close()
})

test('every page of the docs opens under its title', async () => {
  const { entries } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    entries: Record<string, { id: string; type: string; title: string }>
  }
  const pages = Object.values(entries).filter(({ type }) => type === 'docs')
  expect(pages.length).toBeGreaterThan(7)
  for (const { id, title } of pages) {
    const { page, broken } = await visit(`iframe.html?id=${id}&viewMode=docs`)
    const name = title.replace('Docs/', '')
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    expect(broken(), title).toEqual([])
    await page.close()
  }
})
