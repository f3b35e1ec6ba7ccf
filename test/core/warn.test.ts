import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let openTab: typeof import('./tab.js').openTab
beforeEach(async () => {
  // What has been said once is not said again while its module lives.
  vi.resetModules()
  ;({ openTab } = await import('./tab.js'))
})

const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
afterEach(() => {
  warn.mockClear()
})

test('a function about to leave the page is warned of once, with the form that comes back', async () => {
  for (let page = 0; page < 2; page++) {
    const tab = openTab()
    await tab.pressClosure(300)
    await tab.leave()
  }
  expect(warn).toHaveBeenCalledOnce()
  expect(warn.mock.lastCall?.[0]).toContain('defineAction({ id:')
})

test('an age that asks people again almost at once is warned of once, when it asks', async () => {
  for (const maxAge of [0, 60, 300]) await openTab().pressClosure(maxAge)
  expect(warn).not.toHaveBeenCalled()
  for (let page = 0; page < 2; page++) await openTab().pressClosure(5)
  expect(warn).toHaveBeenCalledOnce()
})

test('production is silent', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  await openTab().pressClosure(7)
  expect(warn).not.toHaveBeenCalled()
  vi.unstubAllEnvs()
})
