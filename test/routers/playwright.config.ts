import { defineConfig } from '@playwright/test'
import { browserArgs, findHeadlessChromium, root } from '../ensure.mjs'

const executablePath = await findHeadlessChromium()
const port = Number(process.env['PORT'] ?? 4420)
const at = (offset: number) => `http://localhost:${port + offset}`

export default defineConfig({
  testDir: '.',
  testMatch: 'trip.spec.ts',
  outputDir: `${root}test-results/routers`,
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env['CI'],
  reporter: [['list']],
  timeout: 30_000,
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: { args: browserArgs, ...(executablePath && { executablePath }) },
  },
  projects: [
    { name: 'react-router', workers: 1, use: { baseURL: at(1) } },
    { name: 'tanstack-router', workers: 1, use: { baseURL: at(2) } },
  ],
  webServer: {
    command: 'node --import tsx test/routers/serve.ts',
    cwd: root,
    url: at(3),
    reuseExistingServer: false,
    timeout: 60_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
})
