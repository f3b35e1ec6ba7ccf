import type { TripMethod } from 'react-step-up'
import type { AuthSystem } from './contract.js'
import {
  arrive,
  clock,
  closeBrowser,
  enter,
  left,
  load,
  openBrowser,
  openPage,
  workos,
} from './workos-page.js'

const emails = { ada: 'ada@acme.test', bob: 'bob@acme.test' }

export async function startWorkosSystem(keeps: 'tokens' | 'cookies'): Promise<AuthSystem> {
  await openBrowser(keeps)
  let page = await load()
  let closing: Promise<void> | undefined
  return {
    get adapter() {
      return page.adapter
    },
    async signIn(person, age = 0) {
      openPage(await enter(await page.authkit.getSignInUrl(), '', emails[person]))
      page = await load(page.adapter)
      clock.now += age
      await page.authkit.getAccessToken({ forceRefresh: true })
    },
    async signOut() {
      await page.authkit.signOut({ navigate: false })
      // As docs/workos.md has it: the SDK tells nobody.
      page.adapter.onRefresh()
    },
    async refresh() {
      await page.authkit.getAccessToken({ forceRefresh: true })
    },
    breakDown() {
      closing = workos.close()
    },
    async travel(trip, person) {
      const [method] = (await page.adapter.methods(trip.requirement, {
        issuer: workos.issuer,
        subject: person,
      })) as readonly TripMethod[]
      await method?.start(trip)
      openPage(await enter(left.at(-1) ?? '', '', emails[person]))
      const url = new URL(window.location.href)
      page = await arrive()
      return url
    },
    stop: async () => closing ?? closeBrowser(),
  }
}
