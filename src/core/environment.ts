import type { Clock } from './clock.js'
import type { RunStore, SharedStorage, TripStorage } from './storage.js'
import type { Tabs } from './tabs.js'

/** What the fresh path needs of the page. */
export interface PageEnvironment {
  readonly clock: Clock
  /** This tab's own. */
  readonly storage: TripStorage
  readonly shared: Pick<SharedStorage, 'read'>
  readonly tabs: Tabs
  /** Whether another page frames this one. */
  readonly framed: boolean
  url(): URL
  /** 256 random bits, base64url. */
  random(): string
  /** The page became visible again, or (`restored`) came back from the back/forward cache. */
  onWake(listener: (restored: boolean) => void): () => void
}

/** The page around the client; asking and coming back need all of it. */
export interface Environment extends PageEnvironment {
  readonly shared: SharedStorage
  /** Puts a path in place of the current address, without loading it. */
  replaceUrl(path: string): void
  readonly runs: RunStore
  /** How far the page is scrolled: left and top, in CSS pixels. */
  scroll(): readonly [left: number, top: number]
  /** Scrolls there once the page at `path` is long enough, and keeps it there until the person does something; returns how to stop. */
  scrollTo(position: readonly [left: number, top: number], path: string): () => void
  /** Opens a window, blank without `url`; `null` where the browser blocks it, as it does outside a click. */
  openWindow(url?: URL): Window | null
  /** Closes this window; a browser does so only where a script has opened it. */
  closeWindow(): void
  /** The browser has begun to leave the page. */
  onLeave(listener: () => void): () => void
}

/** The rest of it is loaded when it is needed. */
export interface SplitEnvironment extends PageEnvironment {
  whole(): Promise<Environment>
}
