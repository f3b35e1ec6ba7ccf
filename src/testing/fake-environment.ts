import type { Environment } from '../core/environment.js'
import type { FakeClock } from './fake-clock.js'
import { createFakeClock } from './fake-clock.js'

/** A page without a browser; `reload` gives the next page of the same tab. */
export interface FakeEnvironment extends Environment {
  readonly clock: FakeClock
  /** The stored record, as text. */
  stored: string | null
  /** The page loads anew at `url`: its storage stays, everything else is gone. */
  reload(url?: string): FakeEnvironment
  /** What the browser does when a page begins to go. */
  beginLeaving(): void
  /** The page is visible again; `restored`: out of the back/forward cache. */
  wake(restored: boolean): void
}

/** What the page of a test is like. */
export interface FakeEnvironmentOptions {
  readonly url?: string
  readonly clock?: FakeClock
  readonly stored?: string | null
  readonly framed?: boolean
}

let made = 0

/**
 * Makes a page without a browser.
 *
 * @example
 * const environment = createFakeEnvironment({ url: 'https://app.test/projects' })
 */
export function createFakeEnvironment(options: FakeEnvironmentOptions = {}): FakeEnvironment {
  const { clock = createFakeClock(), framed = false } = options
  const wakes = new Set<(restored: boolean) => void>()
  const leaves = new Set<() => void>()
  const consumed = new Set<string>()
  let url = new URL(options.url ?? 'https://app.test/')
  const environment: FakeEnvironment = {
    clock,
    framed,
    stored: options.stored ?? null,
    storage: {
      read: () => environment.stored,
      write(text) {
        environment.stored = text
      },
      remove() {
        environment.stored = null
      },
    },
    tabs: {
      consume(handle) {
        const first = !consumed.has(handle)
        consumed.add(handle)
        return Promise.resolve(first)
      },
    },
    url: () => new URL(url),
    replaceUrl(path) {
      url = new URL(path, url)
    },
    random: () => String(++made).padStart(43, 'f'),
    onWake: (listener) => listen(wakes, listener),
    onLeave: (listener) => listen(leaves, listener),
    beginLeaving() {
      for (const listener of [...leaves]) listener()
    },
    wake(restored) {
      for (const listener of [...wakes]) listener(restored)
    },
    reload: (next = url.href) =>
      createFakeEnvironment({ url: next, clock, framed, stored: environment.stored }),
  }
  return environment
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
