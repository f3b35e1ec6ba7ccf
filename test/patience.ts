// How long a test waits for what it can see. It is a limit and no expectation: long, so that a busy
// machine fails nothing.
import { vi } from 'vitest'

const options = { timeout: 20_000 }

/** Until it is there. */
export const until = <T>(look: () => T) => vi.waitUntil(look, options)

/** Until it no longer throws. */
export const eventually = <T>(run: () => T | Promise<T>) => vi.waitFor(run, options)
