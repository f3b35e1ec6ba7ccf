import type { Random } from './random.js'

/** What stays the same through one story: the app, its SDK, the browser. */
export interface Setup {
  /** Where the SDK keeps its tokens: for all tabs, or each for itself. */
  readonly tokens: 'shared' | 'tab'
  /** Where records of trips are kept. */
  readonly kept: 'session' | 'local'
  readonly ways: 'trip' | 'popup' | 'password and trip' | 'password and popup'
  /** How a popup gets its address. */
  readonly popups: 'start' | 'prepare'
  /** The SDK makes a `state` of its own. */
  readonly bound: boolean
  /** The SDK answers in a later task. */
  readonly slowSdk: boolean
  /** The API compares the token's age itself, as a guarded one does. */
  readonly judges: boolean
  /** Seconds by which this machine is ahead of the issuer. */
  readonly skew: number
  /** Somebody sets the clock of this machine while things happen. */
  readonly setsClock: boolean
  /** Storage, locks and calls to the provider fail now and then. */
  readonly faults: boolean
  /** Tabs are duplicated, copies of addresses are opened, windows cannot be closed. */
  readonly copies: boolean
}

export const createSetup = (random: Random): Setup => ({
  tokens: random.pick(['shared', 'shared', 'tab']),
  kept: random.pick(['session', 'session', 'local']),
  ways: random.pick(['trip', 'popup', 'password and trip', 'password and popup']),
  popups: random.pick(['start', 'prepare']),
  bound: random.chance(20),
  slowSdk: random.chance(25),
  judges: random.chance(30),
  skew: random.pick([0, 0, 20, -20]),
  setsClock: random.chance(20),
  faults: random.chance(40),
  copies: random.chance(50),
})
