import { afterEach, beforeEach, expect, vi } from 'vitest'

/** Nothing may reach `console.error` in the tests of a file, but what a test takes: all that was said. */
export function watchLog(): () => string[] {
  const logged = vi.spyOn(console, 'error')
  beforeEach(() => {
    logged.mockReset().mockImplementation(() => undefined)
  })
  afterEach(() => {
    expect(logged).not.toHaveBeenCalled()
  })
  return () => {
    const calls = logged.mock.calls.map((args) => args.map(String).join(' '))
    logged.mockClear()
    return calls
  }
}
