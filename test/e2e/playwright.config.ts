import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser, root } from '../ensure.mjs'

const executablePath = await findBrowser()
const url = 'http://localhost:4400/'

export default defineConfig({
  testDir: '.',
  outputDir: `${root}test-results`,
  // One demo with one store serves all tests. And no second chance: a flaky flow is a broken flow.
  workers: 1,
  retries: 0,
  forbidOnly: !!process.env['CI'],
  reporter: [['list']],
  timeout: 30_000,
  use: {
    baseURL: url,
    trace: 'retain-on-failure',
    launchOptions: { args: browserArgs, ...(executablePath && { executablePath }) },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    command: 'node demo/start.mjs',
    cwd: root,
    url,
    // A demo that is open already has its own projects, deleted or not.
    reuseExistingServer: false,
    timeout: 120_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
})
