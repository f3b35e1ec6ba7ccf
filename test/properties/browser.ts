import type { Environment } from '../../src/core/environment.js'
import type { FakeClock } from 'react-step-up/testing'
import { createFakeEnvironment } from 'react-step-up/testing'

/** What goes wrong in a browser, from now on. */
export interface Faults {
  /** This tab's storage throws. */
  reads: boolean
  writes: boolean
  /** Web Locks are never granted, or throw. */
  locks: 'ok' | 'hang' | 'fail'
  /** What all tabs share throws. */
  shared: boolean
  blocked: boolean
}

/** A tab, or a window that a page has opened: what outlives its pages. */
export interface Tab {
  readonly name: string
  stored: string | null
  closed: boolean
}

/** One page load, as far as the browser is concerned. */
export interface BrowserPage {
  readonly environment: Environment
  readonly life: 'live' | 'frozen' | 'dead'
  /** Timers and listeners that it holds. */
  holds(): Readonly<Record<string, number>>
  freeze(): void
  /** Resolves while it is not frozen. */
  awake(): Promise<void>
  thaw(): void
  die(): void
  wake(restored: boolean): void
  beginLeaving(): void
}

/** Hands over a window that a page opens. */
type OpenWindow = (url: URL | undefined) => Window

export function createBrowser(clock: FakeClock) {
  const base = createFakeEnvironment({ clock, url: 'https://app.test/' })
  const faults: Faults = { reads: false, writes: false, locks: 'ok', shared: false, blocked: false }
  let openGate: () => void = () => undefined
  let gate = Promise.resolve()
  let made = 0
  let everBroke = false

  function setLocks(locks: Faults['locks']): void {
    if (locks === 'hang' && faults.locks !== 'hang')
      gate = new Promise((resolve) => (openGate = resolve))
    if (locks !== 'hang') openGate()
    faults.locks = locks
  }

  function open(tab: Tab, url: string, openWindow: OpenWindow, close: () => void): BrowserPage {
    const fake = base.openTab(url)
    let life: BrowserPage['life'] = 'live'
    const timers = new Set<() => void>()
    const late: (() => void)[] = []
    const sets = { wakes: new Set<(restored: boolean) => void>(), leaves: new Set<() => void>() }
    const ears = new Set<() => void>()
    const check = (fault: boolean) => {
      if (fault) throw new Error('The browser says no')
    }
    const failWrite = () => {
      everBroke ||= faults.writes
      check(faults.writes)
    }
    const listen = <T>(set: Set<T>, listener: T) => {
      // A set would hide that somebody listens twice with one function.
      set.add(listener)
      return () => void set.delete(listener)
    }
    const environment: Environment = {
      ...fake,
      clock: {
        now: () => clock.now(),
        after(seconds, run) {
          if (life === 'dead') return () => undefined
          let fire: (() => void) | null = run
          const stop = clock.after(seconds, () => {
            timers.delete(cancel)
            if (life === 'live') fire?.()
            else late.push(() => fire?.())
          })
          const cancel = () => {
            stop()
            timers.delete(cancel)
            fire = null
          }
          timers.add(cancel)
          return cancel
        },
      },
      storage: {
        read() {
          everBroke ||= faults.reads
          check(faults.reads)
          return tab.stored
        },
        write(text) {
          failWrite()
          if (life === 'live') tab.stored = text
        },
        remove() {
          failWrite()
          if (life === 'live') tab.stored = null
        },
      },
      shared: {
        names: () => fake.shared.names(),
        read(name) {
          check(faults.shared)
          return fake.shared.read(name)
        },
        write(name, text) {
          check(faults.shared)
          if (life === 'live') fake.shared.write(name, text)
        },
        remove(name) {
          check(faults.shared)
          if (life === 'live') fake.shared.remove(name)
        },
      },
      runs: {
        async add(id, now) {
          if (faults.locks === 'fail') throw new Error('No store here')
          await gate
          if (life !== 'live') throw new Error('This page is gone')
          return fake.runs.add(id, now)
        },
        async remove(id) {
          if (faults.locks === 'fail') throw new Error('No store here')
          await gate
          if (life === 'live') await fake.runs.remove(id)
        },
      },
      tabs: {
        post(channel, message) {
          if (life === 'live') fake.tabs.post(channel, message)
        },
        listen(channel, hear) {
          const stop = fake.tabs.listen(channel, (message) => {
            if (life === 'live') hear(message)
          })
          const cancel = () => {
            stop()
            ears.delete(cancel)
          }
          ears.add(cancel)
          return cancel
        },
      },
      openWindow: (at) => (faults.blocked ? null : openWindow(at)),
      closeWindow: close,
      random: () => String(++made).padStart(43, 'r'),
      onWake: (listener) => listen(sets.wakes, listener),
      onLeave: (listener) => listen(sets.leaves, listener),
    }
    const page: BrowserPage = {
      environment,
      get life() {
        return life
      },
      holds: () => ({
        timers: timers.size,
        wakes: sets.wakes.size,
        leaves: sets.leaves.size,
        ears: ears.size,
      }),
      freeze() {
        life = 'frozen'
      },
      awake: () =>
        new Promise((resolve) => {
          if (life === 'frozen') late.push(resolve)
          else resolve()
        }),
      thaw() {
        life = 'live'
        page.wake(true)
        for (const run of late.splice(0)) run()
      },
      die() {
        life = 'dead'
        for (const stop of [...timers, ...ears]) stop()
        sets.wakes.clear()
        sets.leaves.clear()
      },
      wake(restored) {
        for (const listener of [...sets.wakes]) listener(restored)
      },
      beginLeaving() {
        for (const listener of [...sets.leaves]) listener()
      },
    }
    return page
  }

  return {
    ...{ faults, setLocks, open, shared: base.shared, tabs: base.openTab().tabs },
    /** Something could not be stored, or could not be removed. */
    get everBroke() {
      return everBroke
    },
  }
}

export type Browser = ReturnType<typeof createBrowser>
