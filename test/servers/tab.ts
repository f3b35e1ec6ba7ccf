// One person in one tab, with the real SDK, the real client and real HTTP: pages come and go.
import type { RequirementInput, StepUpClient, StepUpState } from 'react-step-up'
import { createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import { startApi } from './api.js'
import type { Press } from './page.js'
import { CALLBACK, follow, HOME, openPage } from './page.js'
import { startProvider } from './provider.js'

export const MINUTE = 60
export const HOUR = 3600
const START = 1_800_000_000

export interface TabOptions {
  readonly requirement?: RequirementInput
  /** Seconds by which this machine's clock is ahead of the truth. */
  readonly clockAhead?: number
  /** Where the SDK keeps the user: in memory, a reload forgets who is signed in. */
  readonly user?: 'stored' | 'in memory'
}

/** A provider, an API, and a person at a browser who has not signed in yet. */
export async function openTab(options: TabOptions = {}) {
  const { requirement = 300, clockAhead = 0, user = 'stored' } = options
  const clock = createFakeClock(START + clockAhead)
  /** The time of both servers: nothing that happens to this machine's clock moves it. */
  const now = () => START + clock.now().mono
  const provider = await startProvider({ redirectUris: [CALLBACK], now })
  const api = await startApi({ issuer: provider.issuer, now })
  const stored = new Map<string, string>()
  const resumed: Press[] = []
  let environment = createFakeEnvironment({ clock, url: HOME })
  let page = load()

  /** What every page of the app makes anew. */
  function load() {
    return openPage({
      ...{ provider, api, environment, stored, requirement, user },
      onResumed: (press) => resumed.push(press),
    })
  }

  /** Lets things happen until `done`; where nothing moves any more, the clock does. */
  async function until(done: () => boolean): Promise<void> {
    await settle()
    const started = performance.now()
    let lastMove = started
    for (let turns = 0; !done(); turns++) {
      const now = performance.now()
      if (now - started > 20_000) throw new Error(`Stuck: ${JSON.stringify(tab.state)}`)
      if (provider.busy() + api.busy() > 0) turns = 0
      if (turns === 0) lastMove = now
      // Both, so that neither a fast loop nor a process that was put to sleep looks like silence.
      if (turns > 300 && now - lastMove > 10) {
        clock.advance(3)
        turns = -1
      }
      await turn()
    }
  }

  const waitsForPerson = () => RESTING.has(page.client.getState().status) || page.left() !== null

  const tab = {
    provider,
    api,
    clock,
    resumed,
    get client(): StepUpClient {
      return page.client
    },
    get userManager() {
      return page.userManager
    },
    get state(): StepUpState {
      return page.client.getState()
    },
    get url(): string {
      return environment.url().href
    },
    get record(): unknown {
      return JSON.parse(environment.stored ?? 'null') as unknown
    },
    /** Where the page is about to go. */
    get left(): URL | null {
      return page.left()
    },
    until,
    /** The page waits for the person, or is about to be left. */
    rests: () => until(() => waitsForPerson() || hasNothing()),
    /** The page is gone; the next one of this tab loads at `url`. */
    async open(url = environment.url().href) {
      environment.beginLeaving()
      page.close()
      environment = environment.reload(url)
      page = load()
      await settle()
    },
    /** The ordinary way in, which is none of the library's. */
    async signIn() {
      void page.userManager.signinRedirect({ nonce: 'sign-in' })
      await until(() => page.left() !== null)
      const back = await tab.atProvider()
      await tab.open(HOME)
      await page.userManager.signinCallback(back.href)
      await until(() => page.client.getAuthentication() !== null)
    },
    /** Presses the button, and waits for an answer, or for a question. */
    async press(): Promise<Press> {
      const press = page.press()
      await until(() => press.status !== 'open' || waitsForPerson())
      return press
    },
    /** Presses Continue; the page leaves, or says why not. */
    async leave() {
      page.client.controls.leave('tab')
      await tab.rests()
    },
    async atProvider(): Promise<URL> {
      if (!page.left()) throw new Error('The page has not left.')
      return follow(page.left()!)
    },
    /** To the provider and back, as far as that goes. */
    async travel(change: (back: URL) => URL = (back) => back) {
      const back = await tab.atProvider().catch(() => new URL(HOME))
      clock.advance(5)
      await tab.open(change(back).href)
      await tab.rests()
    },
    async confirm() {
      await click(page.client.controls.confirm())
    },
    /** Presses Try again, and Continue where that is asked then; the page leaves. */
    async retry() {
      await click(page.client.controls.retry())
      if (tab.state.status === 'prompting' && !page.left()) await tab.leave()
    },
    async cancel() {
      page.client.controls.cancel()
      await settle()
    },
    close() {
      page.close()
      provider.close()
      api.close()
    },
  }

  /** What a click leads to: an end, another question, or the way out of the page. */
  async function click(clicked: Promise<void>): Promise<void> {
    let over = false
    void clicked.then(() => {
      over = true
    })
    await until(() => page.left() !== null || (over && (waitsForPerson() || isIdle())))
    // Between two questions there is a moment with none.
    await settle()
    await until(() => waitsForPerson() || isIdle())
  }
  const isIdle = () => page.client.getState().status === 'idle'
  /** Nothing came back, or what came back has been dealt with. */
  const hasNothing = () =>
    isIdle() && environment.stored === null && !environment.url().searchParams.has('state')

  return tab
}

export type Tab = Awaited<ReturnType<typeof openTab>>

/** Ada signed in an hour ago. */
export async function openStaleTab(options: TabOptions = {}): Promise<Tab> {
  const tab = await openTab(options)
  await tab.signIn()
  tab.clock.advance(HOUR)
  tab.provider.asked.length = 0
  tab.provider.tokenRequests.length = 0
  return tab
}

const RESTING = new Set<StepUpState['status']>(['prompting', 'confirming', 'resumed', 'failed'])

const turn = () => new Promise((resolve) => setImmediate(resolve))
async function settle(): Promise<void> {
  for (let turns = 0; turns < 12; turns++) await turn()
}
