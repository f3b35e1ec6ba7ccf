import type { AuthAdapter, Method, Trip, TripMethod } from '../core/adapter.js'
import { readTripReturn } from '../core/answer.js'
import type { Authentication } from '../core/authentication.js'
import type { Clock } from '../core/clock.js'
import { StepUpError } from '../core/errors.js'
import { createFakeClock } from './fake-clock.js'
import type { FakeMethods } from './fake-methods.js'
import { createFakeMethods } from './fake-methods.js'
import type { FakeAnswer, FinalAnswer } from './fake-script.js'
import { createScript, proofOf } from './fake-script.js'

/** An auth system in memory: one person, a password, and a provider to travel to. */
export interface FakeAdapter extends AuthAdapter, FakeMethods {
  /** What `getAuthentication` answers; setting it notifies, as an SDK would. */
  authentication: Authentication | null
  /** The same as a token says it (`iss`, `sub`, `auth_time`, …): for `signToken`. Empty: signed out. */
  readonly claims: Readonly<Record<string, unknown>>
  /** What `methods` answers: `password`, then `trip`, by default. */
  offered: readonly Method[]
  /** The way to the provider, called Acme ID. */
  readonly trip: TripMethod
  /** The trips that were started, last one last. */
  readonly trips: readonly Trip[]
  /** How often `complete` was called. */
  readonly completed: number
  /**
   * How the next proofs are answered, one after the other: by a password that is right, or by the
   * provider (`finishTrip`). After the last, all succeed.
   *
   * @example
   * adapter.next('fail', 'ignore_max_age')
   */
  readonly next: (...answers: readonly FakeAnswer[]) => void
  /** Answers what `next('wait')` keeps waiting. @throws Error where nothing waits. */
  readonly answer: (answer?: FinalAnswer) => void
  /** The provider answers as told by `next`; returns the address that it sends the person back to. @throws Error where no trip was started. */
  finishTrip(): string
  /** The person proves who they are at the provider, now; the new tokens come with `complete`. */
  signInAtProvider(change?: Partial<Authentication>): void
  /** The address that leads back from the last trip. */
  returnUrl(error?: string): string
  /** Makes the last authentication so many seconds old. */
  age(seconds: number): void
}

/** Who is signed in, and by which clock. */
export interface FakeAdapterOptions {
  /** By default a clock that stands still. */
  readonly clock?: Clock
  readonly authentication?: Partial<Authentication> | null
  /** Where the provider sends people back to. */
  readonly callback?: string
}

/**
 * Makes an auth system in memory, with one person signed in just now.
 *
 * @example
 * const adapter = createFakeAdapter({ clock })
 * adapter.next('fail')
 */
export function createFakeAdapter(options: FakeAdapterOptions = {}): FakeAdapter {
  const { clock = createFakeClock(), callback = 'https://app.test/callback' } = options
  const listeners = new Set<() => void>()
  const trips: Trip[] = []
  const script = createScript()
  const seconds = () => Math.floor(clock.now().wall)
  /** Gets the tokens that the provider has for us. */
  let fetchTokens: (() => void | Promise<void>) | null = null
  let completed = 0
  let authentication: Authentication | null =
    options.authentication === null
      ? null
      : {
          issuer: 'https://id.test',
          subject: 'ada',
          authTime: seconds(),
          issuedAt: seconds(),
          account: { name: 'Ada Lovelace', loginHint: 'ada@acme.test' },
          ...options.authentication,
        }

  function change(next: Authentication | null): void {
    authentication = next
    for (const listener of [...listeners]) listener()
  }
  async function prove(answer: FakeAnswer, refusal: StepUpError): Promise<void> {
    const told = answer === 'wait' ? await script.wait() : answer
    if (told === 'fail') throw refusal
    if (told instanceof Error) throw told
    if (authentication) change({ ...authentication, ...proofOf(told, seconds()) })
  }
  async function complete(): Promise<void> {
    completed++
    const fetch = fetchTokens
    fetchTokens = null
    await fetch?.()
  }

  const methods = createFakeMethods(
    (refusal) => prove(script.take(), refusal),
    (trip) => {
      trips.push(trip)
    },
  )
  const trip: TripMethod = {
    type: 'redirect',
    id: 'provider',
    label: 'Acme ID',
    start(trip) {
      trips.push(trip)
      if (trip.popup) return trip.returned
      return new Promise(() => {
        // The page leaves.
      })
    },
  }
  const adapter: FakeAdapter = {
    get authentication() {
      return authentication
    },
    set authentication(next) {
      change(next)
    },
    get claims() {
      if (!authentication) return {}
      const { issuer, subject, sessionId, authTime, issuedAt, acr, amr } = authentication
      const claims = { iss: issuer, sub: subject, sid: sessionId, auth_time: authTime, acr, amr }
      const given = Object.entries({ ...claims, iat: issuedAt })
      return Object.fromEntries(given.filter(([, value]) => value !== undefined))
    },
    ...methods,
    offered: [methods.password, trip],
    trip,
    trips,
    get completed() {
      return completed
    },
    next: script.add,
    answer: script.answer,
    getAuthentication: () => authentication,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => {
        listeners.delete(onChange)
      }
    },
    methods: () => adapter.offered,
    peek: (url) => readTripReturn(url),
    complete,
    finishTrip() {
      if (trips.length === 0) {
        throw new Error('Nobody is at the provider: let completeStepUp(client) leave first.')
      }
      const answer = script.take()
      if (answer === 'fail') return adapter.returnUrl('access_denied')
      const refusal = new StepUpError('provider_error', 'The provider gave no tokens.')
      fetchTokens = () => prove(answer, refusal)
      return adapter.returnUrl()
    },
    signInAtProvider(changes = {}) {
      if (!authentication) return
      const next = { ...authentication, ...proofOf('succeed', seconds()), ...changes }
      fetchTokens = () => {
        change(next)
      }
    },
    returnUrl(error) {
      const state = trips.at(-1)?.handle ?? ''
      const answer = error === undefined ? { code: 'abc' } : { error }
      return `${callback}?${new URLSearchParams({ ...answer, state, iss: 'https://id.test' }).toString()}`
    },
    age(old) {
      if (!authentication) return
      const authTime = seconds() - old
      change({ ...authentication, authTime, issuedAt: Math.max(authTime, seconds() - 60) })
    },
  }
  return adapter
}
