import type { AuthAdapter, MaybePromise } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { Clock } from './clock.js'
import { createDeadline } from './clock.js'
import type { Limits } from './context.js'
import type { Reading } from './freshness.js'
import { ageOf, evaluate, takeReading } from './freshness.js'
import { limited } from './limit.js'
import { notify } from './notify.js'
import type { Requirement } from './requirement.js'
import { requirementKey } from './requirement.js'

/** Why a requirement is not met as far as this page knows; `null`: it is. */
export type Unfresh = 'loading' | 'unknown' | 'signed_out' | 'stale' | 'no_auth_time' | 'acr'

/** Whether a requirement is met, and why not. */
export interface Freshness {
  readonly fresh: boolean
  readonly reason: Unfresh | null
}

const answers = new Map<Unfresh | null, Freshness>()
/** One object per answer, so that equal answers are the same snapshot. */
function freshnessFor(reason: Unfresh | null): Freshness {
  const answer = answers.get(reason) ?? { fresh: reason === null, reason }
  answers.set(reason, answer)
  return answer
}
export const LOADING = freshnessFor('loading')

interface Watch {
  readonly requirement: Requirement
  readonly listeners: Set<() => void>
  last: Freshness
}

/** That an answer has just arrived, or why it has not. */
interface Answered {
  readonly failure?: unknown
}

/** What this page knows of the last authentication, and when each watched requirement lapses. */
export interface Session {
  /** Asks the adapter. Rejects where the adapter does. */
  read(): Promise<Authentication | null>
  /** Runs a call of this page that gets new tokens, and reads them. */
  receive(call: () => Promise<unknown>, signal: AbortSignal): Promise<Authentication | null>
  /** The first answer, asked for if nobody has yet, or the one that is on its way; `null`: none is. */
  ready(): Promise<Answered | null>
  readonly authentication: () => Authentication | null
  readonly age: () => number | null
  /** `null` where there is none, or none that makes sense. */
  authTime(): number | null
  /** Nobody is signed in, as opposed to: who is signed in is not known. */
  isSignedOut(): boolean
  readonly unmet: (requirement: Requirement) => Unfresh | null
  freshness(requirement: Requirement): Freshness
  watch(requirement: Requirement, listener: () => void): () => void
  readonly subscribe: (listener: () => void) => () => void
  /** Compares every watched requirement with the clock again. */
  recheck(): void
}

type Known =
  | { readonly status: 'loading' | 'unknown' | 'signed_out' }
  | { readonly status: 'known'; reading: Reading }

export function createSession(
  adapter: AuthAdapter,
  clock: Clock,
  { skew, network }: Pick<Limits, 'skew' | 'network'>,
): Session {
  const watches = new Map<string, Watch>()
  const listeners = new Set<() => void>()
  const deadline = createDeadline(clock, () => {
    recheck()
  })
  let known: Known = { status: 'loading' }
  /** Outlives a failed read and a sign-out: the age of what was seen never goes down. */
  let last: Reading | null = null
  let asking = false
  let current: Promise<Authentication | null> | null = null
  let next: Promise<Authentication | null> | null = null
  // What was known when a call of this page began: a token counts as received only if it differs.
  let receiving: { readonly before: Authentication | null } | null = null

  function age(): number | null {
    if (known.status !== 'known') return null
    const age = ageOf(known.reading, clock.now())
    if (age !== null && age > known.reading.peak) {
      known.reading = last = { ...known.reading, peak: age }
    }
    return age
  }

  const authentication = () => (known.status === 'known' ? known.reading.authentication : null)

  function unmet(requirement: Requirement): Unfresh | null {
    if (known.status !== 'known') return known.status
    return evaluate(requirement, known.reading.authentication, age())
  }

  const freshness = (requirement: Requirement) => freshnessFor(unmet(requirement))

  function arm(): void {
    const old = age()
    let soonest: number | null = null
    for (const { requirement, last } of watches.values()) {
      if (!last.fresh || requirement.maxAge === undefined || old === null) continue
      // Met up to and including maxAge, so the lapse is a moment later.
      const lapse = requirement.maxAge - old + 0.01
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
    for (const watch of changed) notify(watch.listeners)
  }

  function learn(next: Known): void {
    known = next
    if (next.status === 'known') last = next.reading
    recheck()
    notify(listeners)
  }

  /** One question at a time: who asks while an answer is on its way shares the one after it. */
  function read(): Promise<Authentication | null> {
    if (asking) return Promise.resolve(authentication())
    if (!current) return question()
    next ??= current
      .catch(() => null)
      .then(() => {
        next = null
        return question()
      })
    return next
  }

  function question(): Promise<Authentication | null> {
    const mine = ask()
      .then(take, (error: unknown) => {
        learn({ status: 'unknown' })
        throw error
      })
      .finally(() => {
        if (current === mine) current = null
      })
    current = mine
    return mine
  }

  async function ask(): Promise<Authentication | null> {
    // An adapter that gives notice of its own answer is not asked for it again.
    asking = true
    let answer: MaybePromise<Authentication | null>
    try {
      answer = adapter.getAuthentication()
    } finally {
      asking = false
    }
    if (answer === null || !('then' in answer)) return answer
    return limited(clock, network, new AbortController().signal, () => answer)
  }

  function take(authentication: Authentication | null): Authentication | null {
    if (!authentication) {
      learn({ status: 'signed_out' })
      return null
    }
    if (known.status === 'known' && sameEvidence(known.reading.authentication, authentication)) {
      recheck()
      return known.reading.authentication
    }
    const received = receiving !== null && !sameEvidence(receiving.before, authentication)
    const reading = takeReading(authentication, clock.now(), skew, received, last)
    learn({ status: 'known', reading })
    return authentication
  }

  async function ready(): Promise<Answered | null> {
    // After a notice, what is known may be out of date already.
    const pending = next ?? current ?? (known.status === 'loading' ? read() : null)
    if (!pending) return null
    try {
      await pending
      return {}
    } catch (failure) {
      return { failure }
    }
  }

  async function receive(
    call: () => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<Authentication | null> {
    await ready()
    const before = known.status === 'known' ? known.reading.authentication : null
    const mine = known.status === 'unknown' ? null : { before }
    receiving = mine
    const end = () => {
      if (receiving === mine) receiving = null
    }
    // A call that was given up receives nothing, even if it never ends.
    signal.addEventListener('abort', end)
    try {
      await call()
      return await read()
    } finally {
      signal.removeEventListener('abort', end)
      end()
    }
  }

  return {
    read,
    receive,
    ready,
    authentication,
    age,
    authTime: () => (age() === null ? null : (authentication()?.authTime ?? null)),
    isSignedOut: () => known.status === 'signed_out',
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
