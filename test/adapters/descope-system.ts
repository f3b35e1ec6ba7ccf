import type { TripMethod } from 'react-step-up'
import type { AuthSystem } from './contract.js'
import {
  closeBrowser,
  descope,
  enter,
  enterAtCompany,
  left,
  load,
  openBrowser,
  openPage,
} from './descope-page.js'

const emails = { ada: 'ada@acme.test', bob: 'bob@acme.test' }

export async function startDescopeSystem(): Promise<AuthSystem> {
  await openBrowser()
  let page = await load()
  let closing: Promise<void> | undefined
  return {
    get adapter() {
      return page.adapter
    },
    async signIn(person, age = 0) {
      await enter(page.sdk, emails[person])
      descope.clock.pass(age)
      await page.sdk.refresh()
    },
    async signOut() {
      await page.sdk.logout()
    },
    async refresh() {
      await page.sdk.refresh()
    },
    breakDown() {
      closing = descope.close()
    },
    answers: {
      password: { right: 'correct horse', wrong: 'incorrect horse' },
      code: () => Promise.resolve(descope.mails()[0]?.code ?? ''),
    },
    async travel(trip, person) {
      const who = await page.adapter.getAuthentication()
      const found = who ? await page.adapter.methods(trip.requirement, who) : []
      const method = found.find((one): one is TripMethod => one.type === 'redirect')
      // It does not end: the page goes away.
      void method?.start(trip)
      while (left.length === 0) await new Promise(setImmediate)
      openPage(await enterAtCompany(left.at(-1) ?? '', emails[person]))
      page = await load()
      return new URL(window.location.href)
    },
    async stop() {
      await closing
      await closeBrowser().catch(() => undefined)
    },
  }
}
