// Mutation testing of core: `npm run test:mutation`, or `npm run test:mutation -- --mutate src/core/queue.ts`.
// test/mutation.md tells what survives, and why.
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'stryker.vitest.config.ts' },
  mutate: ['src/core/**/*.ts', '!src/core/warn.ts'],
  coverageAnalysis: 'perTest',
  // What runs when a module is loaded is compiled into every test at once.
  ignoreStatic: true,
  ignorePatterns: ['dist', 'demo', 'stories', 'test/next', 'test/e2e', 'test-results', '*.tgz'],
  // Not in the project: lint, types and watchers would read it. Not under node_modules: Vite would not.
  tempDirName: join(tmpdir(), 'react-step-up-mutation'),
  cleanTempDir: 'always',
  incremental: true,
  // Kept from run to run, so that only what has changed since is tried again.
  incrementalFile: join(tmpdir(), 'react-step-up-mutation.json'),
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: join(tmpdir(), 'react-step-up-mutation-report.json') },
  concurrency: 1,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 90, break: 90 },
}
