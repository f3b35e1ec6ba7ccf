// How the library is tested; one project per environment. End-to-end tests are Playwright's own.
// (A file of its own, because Storybook reads vite.config.ts while its Vitest project is set up.)
import { availableParallelism } from 'node:os'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, mergeConfig, type Plugin } from 'vitest/config'
import { browserArgs, findHeadlessChromium, root } from './test/ensure.mjs'
import viteConfig from './vite.config.ts'

const executablePath = await findHeadlessChromium()

/** A function: Vitest writes into the object, and two projects must not share one. */
const chromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: { args: browserArgs, ...(executablePath && { executablePath }) },
  }),
  instances: [{ browser: 'chromium' as const }],
})

/** Found late, a dependency makes Vite reload the page in the middle of a test. */
const optimizeDeps = {
  include: [
    'react',
    'react-dom',
    'react-dom/client',
    'react-dom/server',
    'react/jsx-runtime',
    'react/jsx-dev-runtime',
    '@testing-library/react',
    '@testing-library/user-event',
    '@fast-check/vitest',
    'fast-check',
    'axe-core',
    'jose',
    'oidc-client-ts',
    'react-oidc-context',
    '@tanstack/react-query',
    '@tanstack/react-query-persist-client',
    'valibot',
  ],
}

/** "react-step-up" without its React part, so that core tests can import the public name. */
const indexWithoutReact: Plugin = {
  name: 'index-without-react',
  enforce: 'pre',
  transform: (code, id) =>
    id === `${root}src/index.ts`
      ? code.replace(/^export (type )?(\{[^}]*\}|\*) from '\.\/react\/[^']+'/gm, '')
      : null,
}

// Storybook reads all stories while Vitest starts. Where other projects are asked for, they should
// neither wait for that nor break on a broken story.
const { argv } = process
const storybook =
  argv.includes('--project') && !argv.includes('storybook')
    ? []
    : [
        {
          extends: true as const,
          optimizeDeps,
          plugins: [storybookTest({ configDir: `${root}.storybook` })],
          test: { name: 'storybook', browser: chromium() },
        },
      ]

export default defineConfig(
  mergeConfig(viteConfig, {
    test: {
      // Vitest would leave one processor alone, which is half of two. In a browser much of a test is waiting.
      maxWorkers: availableParallelism() + 1,
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['test/**/*.test.{ts,tsx}'],
            exclude: [
              '**/*.browser.test.{ts,tsx}',
              'test/e2e/**',
              // Without React in reach: below.
              'test/{core,server,framework-free}/**/*.test.ts',
              'test/package/dist/**',
              '**/node_modules/**',
            ],
            // ESLint and the TypeScript compiler start inside some of these.
            testTimeout: 30_000,
          },
        },
        {
          extends: true,
          plugins: [indexWithoutReact],
          resolve: {
            alias: [
              { find: /^react(-dom)?(\/.*)?$/, replacement: `${root}test/framework-free/react.ts` },
            ],
          },
          test: {
            name: 'framework-free',
            include: ['test/{core,server,framework-free}/**/*.test.ts'],
          },
        },
        {
          extends: true,
          optimizeDeps,
          test: {
            name: 'browser',
            include: ['test/**/*.browser.test.{ts,tsx}'],
            browser: chromium(),
          },
        },
        {
          extends: true,
          // The oldest release that the peer dependency allows; `browser` has the newest.
          resolve: {
            alias: [{ find: /^@tanstack\/react-query$/, replacement: 'tanstack-query-oldest' }],
          },
          optimizeDeps: { include: [...optimizeDeps.include, 'tanstack-query-oldest'] },
          test: {
            name: 'query-oldest',
            include: ['test/query/*.browser.test.tsx'],
            browser: chromium(),
          },
        },
        ...storybook,
        {
          extends: true,
          test: {
            name: 'package',
            include: ['test/package/dist/**/*.test.ts'],
            testTimeout: 120_000,
          },
        },
      ],
    },
  }),
)
