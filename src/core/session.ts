import type { AuthAdapter } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { Clock } from './clock.js'
import { createDeadline } from './clock.js'
import type { Reading } from './freshness.js'
import { ageOf, evaluate, takeReading } from './freshness.js'
import type { Requirement } from './requirement.js'
import { requirementKey } from './requirement.js'

/** Why a requirement is not met as far as this page knows; `null`: it is. */
export type Unfresh = 'loading' | 'unknown' | 'signed_out' | 'stale' | 'no_auth_time' | 'acr'

export interface Freshness {
  readonly fresh: boolean
  readonly reason: Unfresh | null
}

// One object per answer, so that equal answers are the same snapshot.
const FRESHNESS: Readonly<Record<Unfresh | 'fresh', Freshness>> = {
  fresh: { fresh: true, reason: null },
  loading: { fresh: false, reason: 'loading' },
  unknown: { fresh: false, reason: 'unknown' },
  signed_out: { fresh: false, reason: 'signed_out' },
  stale: { fresh: false, reason: 'stale' },
  no_auth_time: { fresh: false, reason: 'no_auth_time' },
  acr: { fresh: false, reason: 'acr' },
}
export const LOADING = FRESHNESS.loading

interface Watch {
  readonly requirement: Requirement
  readonly listeners: Set<() => void>
  last: Freshness
}

/** What this page knows of the last authentication, and when each watched requirement lapses. */
export interface Session {
  /** Asks the adapter. Rejects where the adapter does. */
  read(): Promise<Authentication | null>
  /** Runs a call of this page that gets new tokens, and reads them. */
  receive(call: () => Promise<unknown>): Promise<Authentication | null>
  /** The first answer, asked for if nobody has yet. */
  ready(): Promise<unknown>
  readonly authentication: () => Authentication | null
  readonly age: () => number | null
  unmet(requirement: Requirement): Unfresh | null
  freshness(requirement: Requirement): Freshness
  watch(requirement: Requirement, listener: () => void): () => void
  readonly subscribe: (listener: () => void) => () => void
  /** Compares every watched requirement with the clock again. */
  recheck(): void
}

type Known =
  | { readonly status: 'loading' | 'unknown' | 'signed_out' }
  | { readonly status: 'known'; reading: Reading }

export function createSession(adapter: AuthAdapter, clock: Clock, skew: number): Session {
  const watches = new Map<string, Watch>()
  const listeners = new Set<() => void>()
  const deadline = createDeadline(clock, () => {
    recheck()
  })
  let known: Known = { status: 'loading' }
  let latest = 0
  let first: Promise<unknown> | null = null
  // What was known when a call of this page began: a token counts as received only if it differs.
  let baseline: Authentication | null | undefined

  function age(): number | null {
    if (known.status !== 'known') return null
    const age = ageOf(known.reading, clock.now())
    if (age !== null && age > known.reading.peak) known.reading = { ...known.reading, peak: age }
    return age
  }

  function unmet(requirement: Requirement): Unfresh | null {
    if (known.status !== 'known') return known.status
    return evaluate(requirement, known.reading.authentication, age())
  }

  const freshness = (requirement: Requirement) => FRESHNESS[unmet(requirement) ?? 'fresh']

  function arm(): void {
    const current = age()
    let soonest: number | null = null
    for (const { requirement, last } of watches.values()) {
      if (!last.fresh || requirement.maxAge === undefined || current === null) continue
      // Met up to and including maxAge, so the lapse is a moment later.
      const lapse = requirement.maxAge - current + 0.01
      if (soonest === null || lapse < soonest) soonest = lapse
    }
    deadline.arm(soonest)
  }

  function recheck(): void {
    const changed: Watch[] = []
    for (const watch of watches.values()) {
      const next = freshness(watch.requirement)
      if (next !== watch.last) changed.push(watch)
      watch.last = next
    }
    arm()
    for (const watch of changed) for (const listener of [...watch.listeners]) listener()
  }

  function learn(next: Known): void {
    known = next
    recheck()
    for (const listener of [...listeners]) listener()
  }

  async function read(): Promise<Authentication | null> {
    const turn = ++latest
    try {
      const authentication = await adapter.getAuthentication()
      if (turn !== latest) return authentication
      if (!authentication) {
        learn({ status: 'signed_out' })
        return null
      }
      const previous = known.status === 'known' ? known.reading : null
      if (previous && sameEvidence(previous.authentication, authentication)) {
        recheck()
        return previous.authentication
      }
      const received = baseline !== undefined && !sameEvidence(baseline, authentication)
      const reading = takeReading(authentication, clock.now(), skew, received, previous)
      learn({ status: 'known', reading })
      return authentication
    } catch (error) {
      if (turn === latest) learn({ status: 'unknown' })
      throw error
    }
  }

  const ready = () =>
    (first ??= read().catch(() => {
      // Not known is an answer too: `unmet` tells it.
    }))

  async function receive(call: () => Promise<unknown>): Promise<Authentication | null> {
    await ready()
    if (known.status === 'known') baseline = known.reading.authentication
    else baseline = known.status === 'signed_out' ? null : undefined
    try {
      await call()
      return await read()
    } finally {
      baseline = undefined
    }
  }

  return {
    read,
    receive,
    ready,
    authentication: () => (known.status === 'known' ? known.reading.authentication : null),
    age,
    unmet,
    freshness,
    recheck,
    watch(requirement, listener) {
      const key = requirementKey(requirement)
      const watch = watches.get(key) ?? {
        requirement,
        listeners: new Set(),
        last: freshness(requirement),
      }
      const added = !watches.has(key)
      watches.set(key, watch)
      watch.listeners.add(listener)
      if (added) arm()
      return () => {
        watch.listeners.delete(listener)
        if (watch.listeners.size > 0 || watches.get(key) !== watch) return
        watches.delete(key)
        arm()
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const sameEvidence = (a: Authentication | null, b: Authentication) =>
  JSON.stringify(a) === JSON.stringify(b)
