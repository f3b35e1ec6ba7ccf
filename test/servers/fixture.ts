import { expect, test as base } from 'vitest'
import type { Tab, TabOptions } from './tab.js'
import { openStaleTab } from './tab.js'

interface Fixture {
  /** Ada signed in an hour ago. */
  open(options?: TabOptions): Promise<Tab>
}

/** Whatever a test is about: no code is sent twice, nothing is done twice, and no silent request asks for an age. */
function expectOnce({ api, provider }: Tab): void {
  expect(Math.max(1, ...provider.spent)).toBe(1)
  expect(new Set(api.effects).size).toBe(api.effects.length)
  const silent = provider.asked.filter((asked) => asked.get('prompt') === 'none')
  expect(silent.filter((asked) => asked.has('max_age'))).toEqual([])
}

export const test = base.extend<Fixture>({
  open: async ({}, provide) => {
    const tabs: Tab[] = []
    await provide(async (options) => {
      const tab = await openStaleTab(options)
      tabs.push(tab)
      return tab
    })
    for (const tab of tabs) {
      tab.close()
      expectOnce(tab)
    }
  },
})

/** Ada presses, and leaves for the provider. */
export async function leave(tab: Tab): Promise<void> {
  await tab.press()
  expect(tab.state.status).toBe('prompting')
  await tab.leave()
}

/** From the press to wherever the first way back ends. */
export async function trip(tab: Tab, change?: (back: URL) => URL): Promise<void> {
  await leave(tab)
  await tab.travel(change)
}

/** The person presses Try again, and all goes well from there. */
export async function tryAgain(tab: Tab): Promise<void> {
  await tab.retry()
  await tab.travel()
  await confirmOnce(tab)
}

export async function confirmOnce(tab: Tab): Promise<void> {
  expect(tab.state.status).toBe('confirming')
  await tab.confirm()
  expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
  expect(tab.resumed).toEqual([{ status: 'done' }])
  expect(tab.api.effects).toHaveLength(1)
}

/** What is on the screen is a refusal, and nothing was done. */
export function expectRefusal(tab: Tab, code: string, retry: boolean): void {
  expect(tab.state).toMatchObject({ status: 'failed', error: { code }, retry })
  expect(tab.api.requests).toEqual([])
}
