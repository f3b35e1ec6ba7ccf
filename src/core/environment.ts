import type { Clock } from './clock.js'
import type { TripStorage } from './storage.js'
import type { Tabs } from './tabs.js'

/** The page around the client. `null` in its place: a server, where the client is inert. */
export interface Environment {
  readonly clock: Clock
  readonly storage: TripStorage
  readonly tabs: Tabs
  /** Whether another page frames this one. */
  readonly framed: boolean
  url(): URL
  /** Puts a path in place of the current address, without loading it. */
  replaceUrl(path: string): void
  /** 256 random bits, base64url. */
  random(): string
  /** The page became visible again, or (`restored`) came back from the back/forward cache. */
  onWake(listener: (restored: boolean) => void): () => void
  /** The browser has begun to leave the page. */
  onLeave(listener: () => void): () => void
}
