import { defineConfig, firefox } from '@playwright/test'
import { browserArgs, findBrowser, findHeadlessChromium, root } from '../ensure.mjs'
import { port, readyPort, vendors } from './console.js'

const urlAt = (on: number) => `http://localhost:${String(on)}/`
/** With a demo each, whose store serves one test at a time. */
const workers = Number(process.env['WORKERS'] ?? 3)
const [headless, chromiumPath, firefoxPath] = await Promise.all([
  findHeadlessChromium(),
  findBrowser('chromium'),
  findBrowser('firefox'),
])

const launching = (executablePath: string | undefined) => ({
  args: browserArgs,
  ...(executablePath && { executablePath }),
})
const chromium = { browserName: 'chromium' as const, launchOptions: launching(headless) }
/** A Firefox as Mozilla and Debian ship it is driven in another way than Playwright's own. */
const stockFirefox = firefoxPath !== undefined && firefoxPath !== firefox.executablePath()
const inFirefox = {
  browserName: 'firefox' as const,
  ...(stockFirefox && {
    channel: 'moz-firefox',
    launchOptions: { executablePath: firefoxPath },
  }),
}
const server = (command: string, on: number) => ({
  command,
  cwd: root,
  env: { PORT: String(port) },
  url: urlAt(on),
  // A demo that is open already has its own projects, deleted or not.
  reuseExistingServer: false,
  timeout: 120_000,
  stdout: 'pipe' as const,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5_000 },
})
const backForwardCache = '**/back-forward-cache.spec.ts'
const ofVendors = Object.keys(vendors).map((vendor) => `**/${vendor}*.spec.ts`)
/**
 * `ALL=1`: everything in Firefox too. Firefox takes three times the work, so the whole test, which is to
 * stay short, has what is about windows there: that is where browsers differ.
 */
const all = !!process.env['ALL']
const windows = ['popup', 'tabs', 'ledger'].map((name) => `**/${name}.spec.ts`)

export default defineConfig({
  testDir: '.',
  outputDir: `${root}test-results`,
  workers,
  fullyParallel: true,
  // No second chance: a flaky flow is a broken flow.
  retries: 0,
  forbidOnly: !!process.env['CI'],
  reporter: [['list']],
  // Firefox is slow where three of them share two processors.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A trace makes each test half as long again: `--trace retain-on-failure` for who looks for a fault.
  use: { baseURL: urlAt(port), trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    // First: each has one worker, and the last of them would be alone.
    ...Object.entries(vendors).flatMap(([vendor, on]) => {
      const project = { testMatch: `**/${vendor}*.spec.ts`, workers: 1 }
      const baseURL = urlAt(on)
      const first = `${vendor}-chromium`
      // After it, because they share a demo.
      const second = { ...project, name: `${vendor}-firefox`, dependencies: [first] }
      return [
        { ...project, name: first, use: { ...chromium, baseURL } },
        ...(all ? [{ ...second, use: { ...inFirefox, baseURL } }] : []),
      ]
    }),
    { name: 'chromium', testIgnore: [backForwardCache, ...ofVendors], use: chromium },
    {
      // Playwright switches this cache off in Chromium, and cannot follow a page out of it in Firefox.
      // Only a Chromium with a window has one.
      name: 'chromium-bfcache',
      testMatch: backForwardCache,
      use: {
        ...chromium,
        launchOptions: {
          ...launching(chromiumPath),
          ignoreDefaultArgs: ['--disable-back-forward-cache'],
        },
      },
    },
    {
      name: 'firefox',
      testIgnore: [backForwardCache, ...ofVendors],
      ...(!all && { testMatch: windows }),
      use: inFirefox,
    },
  ],
  webServer: [
    server('node demo/start.mjs', port),
    server(`node --import tsx test/e2e/serve.ts ${String(workers)}`, readyPort),
  ],
})
