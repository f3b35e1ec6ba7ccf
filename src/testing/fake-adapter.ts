import type { AuthAdapter, Method, Trip, TripReturn } from '../core/adapter.js'
import type { Authentication } from '../core/authentication.js'
import type { Clock } from '../core/clock.js'
import { StepUpError } from '../core/errors.js'

/** An auth system in memory: one person, a password, and a provider to travel to. */
export interface FakeAdapter extends AuthAdapter {
  /** What `getAuthentication` answers; setting it notifies, as an SDK would. */
  authentication: Authentication | null
  /** What `methods` answers: a trip by default. */
  offered: readonly Method[]
  /** The trips that were started, last one last. */
  readonly trips: readonly Trip[]
  /** How often `complete` was called. */
  readonly completed: number
  /** The person proves who they are at the provider, now; the new tokens come with `complete`. */
  signInAtProvider(change?: Partial<Authentication>): void
  /** The address that leads back from the last trip. */
  returnUrl(error?: string): string
  /** Makes the last authentication so many seconds old. */
  age(seconds: number): void
}

/** Who is signed in, and by which clock. */
export interface FakeAdapterOptions {
  readonly clock: Clock
  readonly authentication?: Partial<Authentication> | null
  /** Where the provider sends people back to. */
  readonly callback?: string
}

/** The password that `passwordMethod` takes. */
export const FAKE_PASSWORD = 'correct horse'

/**
 * Makes an auth system in memory, with one person signed in just now.
 *
 * @example
 * const adapter = createFakeAdapter({ clock })
 * adapter.age(3600)
 */
export function createFakeAdapter(options: FakeAdapterOptions): FakeAdapter {
  const { clock, callback = 'https://app.test/callback' } = options
  const listeners = new Set<() => void>()
  const trips: Trip[] = []
  const seconds = () => Math.floor(clock.now().wall)
  let pending: Authentication | null = null
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
  const change = (next: Authentication | null) => {
    authentication = next
    for (const listener of [...listeners]) listener()
  }
  const adapter: FakeAdapter = {
    get authentication() {
      return authentication
    },
    set authentication(next) {
      change(next)
    },
    offered: [
      {
        type: 'redirect',
        id: 'provider',
        label: 'Acme ID',
        start(trip) {
          trips.push(trip)
          return new Promise(() => {
            // The page leaves.
          })
        },
      },
    ],
    trips,
    get completed() {
      return completed
    },
    getAuthentication: () => authentication,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => {
        listeners.delete(onChange)
      }
    },
    methods: () => adapter.offered,
    peek: readReturn,
    complete() {
      completed++
      if (pending) change(pending)
      pending = null
      return Promise.resolve()
    },
    signInAtProvider(changes = {}) {
      const now = seconds()
      if (authentication) pending = { ...authentication, authTime: now, issuedAt: now, ...changes }
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

/** A password asked for in the page; the right one is `FAKE_PASSWORD`. */
export function passwordMethod(adapter: FakeAdapter, clock: Clock): Method {
  return {
    type: 'password',
    id: 'password',
    verify({ password }) {
      if (password !== FAKE_PASSWORD) {
        return Promise.reject(
          new StepUpError('invalid_credentials', 'That password does not match.'),
        )
      }
      const now = Math.floor(clock.now().wall)
      if (adapter.authentication) {
        adapter.authentication = { ...adapter.authentication, authTime: now, issuedAt: now }
      }
      return Promise.resolve()
    },
  }
}

function readReturn(url: URL): TripReturn | null {
  const state = url.searchParams.get('state')
  const code = url.searchParams.get('error')
  if (state === null) return null
  return { state, ...(code !== null && { error: { code } }) }
}
