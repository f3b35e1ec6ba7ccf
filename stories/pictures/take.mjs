// `npm run pictures`: the pictures of the README, taken of the stories and of the running demo.
import { spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowsers, findBrowser, root, runAsCommand } from '../../test/ensure.mjs'
import { animate } from './animation.mjs'

const PORT = 4810
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

const stories = {
  password: 'passworddialog--ask',
  code: 'magiccodedialog--sent',
  passkey: 'passkeydialog--ask',
}

const save = (name, png) => writeFileSync(`${root}docs/pictures/${name}.png`, png)

/** Built, so that what is taken is what people browse. */
async function serveStories() {
  const folder = mkdtempSync(join(tmpdir(), 'react-step-up-pictures-'))
  await new Promise((resolve, reject) => {
    const script = `${root}node_modules/storybook/dist/bin/dispatcher.js`
    const args = [script, 'build', '-o', folder, '--quiet']
    const build = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
    build.on('close', (code) => (code === 0 ? resolve() : reject(new Error('No Storybook.'))))
  })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    response.setHeader('Content-Type', TYPES[extname(pathname)] ?? 'application/octet-stream')
    createReadStream(join(folder, pathname))
      .on('error', () => response.writeHead(404).end())
      .pipe(response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

async function serveDemo() {
  const env = { ...process.env, PORT: String(PORT) }
  const demo = spawn(process.execPath, [`${root}demo/start.mjs`], { env, stdio: 'pipe' })
  await new Promise((resolve) => {
    demo.stdout.on('data', (text) => String(text).includes('API') && resolve())
  })
  return { url: `http://localhost:${PORT}`, close: () => demo.kill('SIGTERM') }
}

async function takeStories(browser, url) {
  for (const [name, id] of Object.entries(stories)) {
    for (const look of ['light', 'dark']) {
      await takeStory(
        browser,
        `${url}/iframe.html?id=${id}&globals=theme:${look}`,
        `${name}-${look}`,
      )
    }
  }
  const rtl = `${url}/iframe.html?id=${stories.password}&globals=theme:light;locale:ar`
  await takeStory(browser, rtl, 'password-rtl')
}

async function takeStory(browser, address, name) {
  const page = await browser.newPage({
    viewport: { width: 560, height: 780 },
    deviceScaleFactor: 1,
  })
  await page.goto(`${address}&viewMode=story`)
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  // What the story does is over when its last control has the focus.
  await dialog.locator(':focus').first().waitFor()
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)))
  save(name, await page.screenshot())
  await page.close()
}

/** Stale, away, back, confirmed. */
async function takeTrip(browser, url) {
  const page = await browser.newPage({ viewport: { width: 960, height: 640 } })
  const frames = []
  const take = async (seconds) => frames.push({ png: await page.screenshot(), seconds })
  await page.goto(url)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Email').fill('ada@acme.test')
  await page.getByLabel('Password').fill('correct horse')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Pretend' }).click()
  await page.getByText('Acme ID now says').waitFor()
  await page.getByRole('link', { name: 'Projects' }).first().click()
  const remove = page.getByRole('button', { name: 'Delete Apollo' })
  await remove.waitFor()
  await take(1.5)
  await remove.focus()
  await take(0.8)
  await remove.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Continue to Acme ID' }).waitFor()
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)))
  await take(2.5)
  await dialog.getByRole('button', { name: 'Continue to Acme ID' }).click()
  await page.getByRole('button', { name: 'Confirm' }).waitFor()
  await take(1.2)
  await page.getByLabel('Password').fill('correct horse')
  await take(1.2)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await dialog.getByRole('button', { name: 'Delete project Apollo' }).waitFor()
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)))
  await take(2.5)
  await dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await page.getByText('is deleted.').first().waitFor()
  await take(3)
  save('trip', animate(frames))
}

await runAsCommand(async () => {
  await ensureBrowsers(['chromium'])
  const executablePath = await findBrowser('chromium')
  const browser = await chromium.launch({
    args: browserArgs,
    ...(executablePath && { executablePath }),
  })
  const storybook = await serveStories()
  const demo = await serveDemo()
  try {
    await takeStories(browser, storybook.url)
    await takeTrip(browser, demo.url)
  } finally {
    demo.close()
    storybook.close()
    await browser.close()
  }
})
