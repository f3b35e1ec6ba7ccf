// The tests that mutants of core have to pass. The stories of test/properties are left out: they take
// too long to be told for every mutant.
import { defineConfig } from 'vitest/config'
import { publicNames } from './vite.config.ts'

export default defineConfig({
  resolve: { alias: publicNames },
  test: {
    include: ['test/core/**/*.test.ts', 'test/http/**/*.test.ts'],
    // It loads the modules anew, and what runs while they load would then count as told by a test.
    exclude: ['test/core/warn.test.ts', '**/*.browser.test.ts'],
    testTimeout: 10_000,
    // Loading the modules anew for each file would be most of the time.
    isolate: false,
    // Always in the same order: a warning is given once, to the first test that draws it.
    cache: false,
    setupFiles: ['test/core/warm-up.ts'],
  },
})
