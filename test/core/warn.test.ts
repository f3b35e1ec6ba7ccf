import { afterEach, expect, test, vi } from 'vitest'
import { openTab } from './tab.js'

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

test('an age that asks people again almost at once is warned of once', () => {
  const { client } = openTab()
  for (const maxAge of [0, 60, 300]) client.requireFreshAuth(maxAge)
  expect(warn).not.toHaveBeenCalled()
  client.requireFreshAuth(5)
  client.requireFreshAuth(5)
  expect(warn).toHaveBeenCalledOnce()
})

test('production is silent', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  openTab().client.requireFreshAuth(7)
  expect(warn).not.toHaveBeenCalled()
  vi.unstubAllEnvs()
})
