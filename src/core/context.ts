import type { Definition } from './action.js'
import type { AuthAdapter, TripReturn } from './adapter.js'
import type { LendDrafts } from './draft.js'
import type { PageEnvironment } from './environment.js'
import type { Outcomes } from './outcomes.js'
import type { Policies } from './requirement.js'
import type { Session } from './session.js'
import type { RecordStorage } from './storage.js'
import type { Store } from './store.js'

/** All in seconds. */
export interface Limits {
  /** By how much the clocks of issuer and browser may differ. */
  readonly skew: number
  /** How long the record of a trip is good for. */
  readonly recordLifetime: number
  /** A network call without an answer has failed. */
  readonly network: number
  /** A page still alive so long after leaving has not left. */
  readonly leaving: number
}

export const defaultLimits: Limits = { skew: 30, recordLifetime: 600, network: 30, leaving: 10 }

/** What the parts of one client share. */
export interface Context {
  readonly adapter: AuthAdapter
  readonly environment: PageEnvironment
  readonly limits: Limits
  readonly policies: Policies
  readonly definitions: ReadonlyMap<string, Definition>
  readonly session: Session
  readonly store: Store
  readonly outcomes: Outcomes
  readonly lendDrafts: LendDrafts
  /** The address this page was loaded at, read before router and SDK clean it, and what it brings back. */
  readonly arrived: { readonly url: URL; readonly answer: TripReturn | null }
  /** Where records are kept. */
  readonly kept: RecordStorage
  /** This window only reports to the one that waits for it; `reported`: not any more. */
  readonly isReporting: () => boolean
  readonly reported: () => void
  /** Whether somebody is there to ask the person. */
  readonly hasDialog: () => boolean
  /** The app's router, if it has one. */
  readonly navigator: ((path: string, options: { replace: true }) => unknown) | undefined
}
