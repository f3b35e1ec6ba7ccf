import { vi } from 'vitest'
import { openTab } from '../core/tab.js'
import { until } from '../patience.js'

/** A person whom the page thinks fresh, with a password to prove it again; the network is real. */
export async function openFreshTab(options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  tab.offerPassword()
  tab.adapter.age(10)
  const prompts = vi.fn()
  tab.client.subscribe(({ type }) => {
    if (type === 'prompted') prompts()
  })
  const reached = (status: string) => until(() => tab.state.status === status)
  await until(() => tab.client.getAuthentication() !== null)
  const { authTime } = tab.adapter.authentication!
  return {
    tab,
    prompts,
    isProved: () => tab.adapter.authentication!.authTime !== authTime,
    /** As soon as the person is asked, they prove it. */
    async prove() {
      await reached('prompting')
      tab.clock.advance(1)
      await tab.submit()
    },
    async cancel() {
      await reached('prompting')
      await tab.cancel()
    },
  }
}
