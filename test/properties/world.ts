import type { Authentication, StepUpClient, Trip } from 'react-step-up'
import type { FakeClock } from 'react-step-up/testing'
import { createFakeClock } from 'react-step-up/testing'
import type { Browser, BrowserPage, Tab } from './browser.js'
import { createBrowser } from './browser.js'
import type { Jobs, Place } from './jobs.js'
import { createJobs } from './jobs.js'
import type { Truth } from './oracle.js'
import type { Provider } from './provider.js'
import { createProvider } from './provider.js'
import type { Random } from './random.js'
import { createDice } from './random.js'
import type { Setup } from './setup.js'

/** On the way to the provider, or there. */
export interface Away {
  readonly trip: Trip
  /** What comes back. */
  readonly state: string
}

export interface WorldTab extends Tab {
  page: Page | null
  /** In the back/forward cache. */
  cached: Page | null
  away: Away | null
  tokens: Authentication | null
  loads: number
  /** It is a window that a page has opened. */
  readonly popup: boolean
  /** The page in it has asked to be closed. */
  closing: boolean
  /** As its opener sees it. */
  readonly handle: { closed: boolean }
}

export interface Page extends Place, BrowserPage {
  readonly home: WorldTab
  readonly client: StepUpClient
  /** The provider component; `null`: not mounted. */
  stop: (() => void) | null
  detach: (() => void) | null
  /** The component that calls are made from. */
  owner: AbortController
  /** The tab is about to leave for there. */
  going: Away | null
  readonly mount: () => void
  readonly unmount: () => void
  call(what: CallSpec): void
}

export interface CallSpec {
  readonly kind: string | null
  readonly hook: import('react-step-up').Requirement | undefined
  readonly bare: boolean
  readonly signal: AbortSignal | undefined
}

/** Something that has not been answered yet. */
export interface Pending {
  readonly place: Place
  readonly what: string
  readonly answer: (how: 'ok' | 'fail') => void
}

/** How the next call of a kind goes. */
export type Manner = 'ok' | 'hang' | 'fail'
export type ApiManner = Manner | 'fail after' | 'hang after' | 'challenge'

export interface World {
  readonly setup: Setup
  readonly clock: FakeClock
  readonly dice: Random & { roll(seed: number): void }
  readonly browser: Browser
  readonly provider: Provider
  readonly jobs: Jobs
  readonly tabs: WorldTab[]
  readonly complaints: string[]
  readonly pending: Pending[]
  readonly next: { readonly api: ApiManner[]; readonly sdk: Map<string, Manner[]> }
  /** Some change may not have been told. */
  quiet: boolean
  /** Who got the tokens that all tabs share. */
  lastSetBy: Page | null
  /** The API challenges whatever comes. */
  challenging: boolean
  /** Addresses that the provider has sent people to. */
  readonly visited: string[]
  readonly sdkListeners: Map<Place, Set<() => void>>
  readonly trace: string[] | null
  now(): number
  sleep(seconds: number): void
  say(what: string): void
  tokensOf(place: Place): Authentication | null
  setTokens(place: Place, tokens: Authentication | null): void
  /** This page is shown these tokens: what it does now, it does by them. */
  show(place: Place, tokens: Authentication | null): void
  live(): Page[]
}

const START = 1_800_000_000

/** What is true, beside what the pages believe. */
export function createWorld(setup: Setup, traced: boolean): World {
  const clock = createFakeClock(START)
  const dice = createDice()
  const browser = createBrowser(clock)
  const tabs: WorldTab[] = []
  const complaints: string[] = []
  const trace: string[] | null = traced ? [] : null
  const shown = new Map<Place, Authentication | null>()
  /** What was shown until a moment ago, and what a decision of this moment may go by. */
  const older = new Map<Place, Authentication | null>()
  const seen = new Map<Place, Map<string, number>>()
  let slept = 0
  let shared: Authentication | null = null
  clock.setWall(START + setup.skew)

  const now = () => START + clock.now().mono + slept
  const tabOf = ({ tab }: Place) => tabs.find(({ name }) => name === tab)
  const tokensOf = (place: Place) =>
    setup.tokens === 'shared' ? shared : (tabOf(place)?.tokens ?? null)
  const say = (what: string) => trace?.push(what)

  function truthAt(place: Place, tokens = shown.get(place) ?? null): Truth {
    const since = seen.get(place)?.get(JSON.stringify(tokens)) ?? clock.now().mono
    return {
      tokens,
      now: now(),
      heldFor: clock.now().mono - since,
      clockSet: setup.setsClock,
      // A lock that is granted late, or a call that is answered late, may take half a minute.
      tolerance: 1 + Math.abs(setup.skew) + (setup.faults ? 32 : 0),
    }
  }

  const truthsAt = (place: Place): [Truth, ...Truth[]] => {
    const before = older.get(place)
    return [truthAt(place), ...(before === undefined ? [] : [truthAt(place, before)])]
  }

  const complain = (what: string) => {
    say(`! ${what}`)
    complaints.push(what)
  }

  const world: World = {
    ...{ setup, clock, dice, browser, tabs, complaints, trace, now, say, tokensOf },
    provider: createProvider(now, dice),
    jobs: createJobs(truthsAt, complain, () => browser.everBroke),
    pending: [],
    next: { api: [], sdk: new Map() },
    challenging: false,
    lastSetBy: null,
    quiet: false,
    visited: [],
    sdkListeners: new Map(),
    sleep(seconds) {
      slept += seconds
      clock.setWall(clock.now().wall + seconds)
    },
    setTokens(place, tokens) {
      if (setup.tokens === 'shared') shared = tokens
      const tab = tabOf(place)
      if (tab) tab.tokens = tokens
      world.show(place, tokens)
      world.lastSetBy = tabOf(place)?.page ?? null
      for (const listener of [...(world.sdkListeners.get(place) ?? [])]) listener()
    },
    show(place, tokens) {
      const previous = shown.get(place)
      if (previous !== undefined && !older.has(place)) {
        older.set(place, previous)
        setImmediate(() => older.delete(place))
      }
      shown.set(place, tokens)
      const times = seen.get(place) ?? new Map<string, number>()
      seen.set(place, times)
      const key = JSON.stringify(tokens)
      if (!times.has(key)) times.set(key, clock.now().mono)
    },
    live: () => tabs.flatMap(({ page }) => (page?.life === 'live' ? [page] : [])),
  }
  return world
}
