import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser, root } from '../ensure.mjs'

const executablePath = await findBrowser()
const port = Number(process.env['PORT'] ?? 4430)

export default defineConfig({
  testDir: '..',
  testMatch: ['routers/trip.spec.ts', 'next/server.spec.ts'],
  outputDir: `${root}test-results/next`,
  workers: 1,
  retries: 0,
  forbidOnly: !!process.env['CI'],
  reporter: [['list']],
  timeout: 30_000,
  use: {
    browserName: 'chromium',
    baseURL: `http://localhost:${port + 1}`,
    trace: 'retain-on-failure',
    launchOptions: { args: browserArgs, ...(executablePath && { executablePath }) },
  },
  webServer: [
    {
      command: `node --import tsx -e "import('./test/routers/provider.ts').then((it) => it.startProvider(${port}))"`,
      cwd: root,
      url: `http://localhost:${port}/hour-old`,
      reuseExistingServer: false,
    },
    {
      command: `node node_modules/next/dist/bin/next start -p ${port + 1}`,
      cwd: `${root}test/next`,
      url: `http://localhost:${port + 1}/`,
      reuseExistingServer: false,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  ],
})
