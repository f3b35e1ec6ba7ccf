import type { Environment } from '../core/environment.js'
import type { FakeClock } from './fake-clock.js'
import { createFakeClock } from './fake-clock.js'

/** A page without a browser; `reload` gives the next page of the same tab. */
export interface FakeEnvironment extends Environment {
  readonly clock: FakeClock
  /** The stored record, as text. */
  stored: string | null
  /** The windows that this page has opened, and that still stand, last one last. */
  readonly windows: readonly FakeWindow[]
  /** How far the page is scrolled: left and top. */
  scrolled: readonly [left: number, top: number]
  /** What the browser does to windows: opens them, or not. */
  blocksWindows: boolean
  /** Whether this window has been closed by its page. */
  readonly closed: boolean
  /** The page loads anew at `url`: its storage stays, everything else is gone. */
  reload(url?: string): FakeEnvironment
  /** Another tab of the same browser at `url`; `copy`: with this tab's storage, as a duplicate has it. */
  openTab(url?: string, copy?: boolean): FakeEnvironment
  /** What the browser does when a page begins to go. */
  beginLeaving(): void
  /** The page is visible again; `restored`: out of the back/forward cache. */
  wake(restored: boolean): void
}

/** As much of a window as its opener may touch. */
export interface FakeWindow {
  readonly name: string
  closed: boolean
  readonly location: { href: string; assign(url: string): void; replace(url: string): void }
  close(): void
}

/** What the page of a test is like. */
export interface FakeEnvironmentOptions {
  readonly url?: string
  readonly clock?: FakeClock
  readonly stored?: string | null
  readonly framed?: boolean
}

/** What the windows of one browser have in common. */
interface Browser {
  readonly texts: Map<string, string>
  readonly channels: Map<string, Set<{ page: object; hear: (message: unknown) => void }>>
  readonly runs: Set<string>
}

let made = 0

/**
 * Makes a page without a browser.
 *
 * @example
 * const environment = createFakeEnvironment({ url: 'https://app.test/projects' })
 */
export const createFakeEnvironment = (options: FakeEnvironmentOptions = {}): FakeEnvironment =>
  makePage(options, { texts: new Map(), channels: new Map(), runs: new Set() })

function makePage(options: FakeEnvironmentOptions, browser: Browser): FakeEnvironment {
  const { clock = createFakeClock(), framed = false } = options
  const wakes = new Set<(restored: boolean) => void>()
  const leaves = new Set<() => void>()
  const opened: FakeWindow[] = []
  let url = new URL(options.url ?? 'https://app.test/')
  let closed = false
  const environment: FakeEnvironment = {
    clock,
    framed,
    stored: options.stored ?? null,
    scrolled: [0, 0],
    blocksWindows: false,
    get windows() {
      return opened.filter((window) => !window.closed)
    },
    get closed() {
      return closed
    },
    storage: {
      read: () => environment.stored,
      write(text) {
        environment.stored = text
      },
      remove() {
        environment.stored = null
      },
    },
    shared: {
      names: () => [...browser.texts.keys()],
      read: (name) => browser.texts.get(name) ?? null,
      write: (name, text) => void browser.texts.set(name, text),
      remove: (name) => void browser.texts.delete(name),
    },
    tabs: tabsOf(browser),
    runs: {
      add(id) {
        const first = !browser.runs.has(id)
        browser.runs.add(id)
        return Promise.resolve(first)
      },
      remove(id) {
        browser.runs.delete(id)
        return Promise.resolve()
      },
    },
    url: () => new URL(url),
    replaceUrl(path) {
      url = new URL(path, url)
    },
    scroll: () => environment.scrolled,
    scrollTo(position) {
      environment.scrolled = position
      return () => undefined
    },
    openWindow(at) {
      if (environment.blocksWindows) return null
      const window = makeWindow(at)
      opened.push(window)
      return window as unknown as Window
    },
    closeWindow() {
      closed = true
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
      makePage({ url: next, clock, framed, stored: environment.stored }, browser),
    openTab: (at = url.href, copy = false) =>
      makePage({ url: at, clock, stored: copy ? environment.stored : null }, browser),
  }
  return environment
}

/** Messages arrive later, and never where they come from. */
function tabsOf(browser: Browser): Environment['tabs'] {
  const page = {}
  return {
    post(channel, message) {
      for (const ear of browser.channels.get(channel) ?? []) {
        if (ear.page !== page) queueMicrotask(() => ear.hear(message))
      }
    },
    listen(channel, hear) {
      const ears = browser.channels.get(channel) ?? new Set()
      browser.channels.set(channel, ears)
      return listen(ears, { page, hear })
    },
  }
}

function makeWindow(at?: URL): FakeWindow {
  const window: FakeWindow = {
    name: `window-${String(++made)}`,
    closed: false,
    location: {
      href: at?.href ?? 'about:blank',
      assign: (url) => void (window.location.href = url),
      replace: (url) => void (window.location.href = url),
    },
    close: () => void (window.closed = true),
  }
  return window
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
