// The tests that mutants of core have to pass. Random ones are left out: who is killed only now and
// then is not known to be killed.
import { defineConfig } from 'vitest/config'
import { publicNames } from './vite.config.ts'

export default defineConfig({
  resolve: { alias: publicNames },
  test: {
    include: ['test/core/**/*.test.ts'],
    exclude: ['test/core/warn.test.ts'],
    // The modules are loaded once for all mutants; which one is switched on is asked each time.
    isolate: false,
    testTimeout: 10_000,
  },
})
