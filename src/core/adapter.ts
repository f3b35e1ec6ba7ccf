import type { Authentication } from './authentication.js'
import type { Requirement } from './requirement.js'

export type MaybePromise<T> = T | PromiseLike<T>

/**
 * All that the library needs of an auth system.
 *
 * @example
 * const adapter: AuthAdapter = {
 *   getAuthentication: async () => (await fetch('/session')).json(),
 *   subscribe: (onChange) => session.on('change', onChange),
 *   methods: () => [{ type: 'redirect', id: 'sso', start: async (trip) => { … } }],
 * }
 */
export interface AuthAdapter {
  /** `null`: signed out. A rejection: not known, therefore not fresh. No prompt; cheap; called after every `subscribe` notice. */
  getAuthentication(): MaybePromise<Authentication | null>
  /** "Read again", never "be fresh". */
  subscribe(onChange: () => void): () => void
  /** What this person can do now to meet `requirement`, best first (the original sign-in's method, where known); `[]` is a dead end and is shown as one. */
  methods(requirement: Requirement, authentication: Authentication): MaybePromise<readonly Method[]>
  /** `methods` come in no order of their own: the one that was used last in this browser leads. */
  readonly unordered?: boolean
  /** Get tokens that carry the new authentication; also before a challenged request is sent again. */
  refresh?(signal: AbortSignal): Promise<void>
  /** Synchronous and pure: the `state` (and error) this URL carries back, or null. The core decides whether it is ours: a handle's shape, or bound in storage. Absent: `state` and `error` of the query or the fragment. */
  peek?(url: URL): TripReturn | null
  /** Let the SDK finish (or wait until it has). Idempotent per URL: a code is spent once, whoever spends it. */
  complete?(url: URL, signal: AbortSignal): Promise<void>
  /** A vendor's challenge that is not RFC 9470. Pure; never sees the caller's Response. */
  readChallenge?(reply: Reply): Requirement | null
}

/** What an address brings back from a trip. */
export interface TripReturn {
  /** Whatever `trip.bind` was given. */
  readonly state: string
  readonly error?: { readonly code: string; readonly description?: string }
}

/** What an API answered, as far as a challenge can be in it. */
export interface Reply {
  readonly status: number
  readonly headers: Pick<Headers, 'get'>
  readonly body: unknown
}

/** A way to re-authenticate. */
export type Method = PasswordMethod | CodeMethod | LinkMethod | PasskeyMethod | TripMethod

interface MethodBase {
  readonly id: string
  readonly label?: string | undefined
}
/** `next`: accepted, and one more factor is asked for. Nothing: go and prove it. Failure: throw a StepUpError. */
export type VerifyOutcome = { readonly next: readonly Method[] } | void

/** A password, asked for in the page. */
export interface PasswordMethod extends MethodBase {
  readonly type: 'password'
  verify(input: { password: string; signal: AbortSignal }): Promise<VerifyOutcome>
}
/** A one-time code, asked for in the page. */
export interface CodeMethod extends MethodBase {
  readonly type: 'code'
  readonly channel: 'email' | 'sms' | 'totp' | (string & {})
  readonly destination?: string
  readonly length?: number
  /** Absent where nothing is sent (TOTP). */
  send?(signal: AbortSignal): Promise<Sent>
  verify(input: { code: string; signal: AbortSignal }): Promise<VerifyOutcome>
}
/** `send` resolves once the mail is on its way; `trip.returned` tells that the link was used, in whatever tab. */
export interface LinkMethod extends MethodBase {
  readonly type: 'link'
  readonly destination?: string
  send(trip: Trip): Promise<Sent>
}
/** A passkey, asked for in the page. */
export interface PasskeyMethod extends MethodBase {
  readonly type: 'passkey'
  verify(input: { signal: AbortSignal }): Promise<VerifyOutcome>
}
/** Leaves for the provider and comes back. */
export interface TripMethod extends MethodBase {
  readonly type: 'redirect'
  /** Absent: tab only. */
  readonly popup?: boolean
  /**
   * For SDKs that keep one verifier where a popup copies it: build the URL when the dialog shows the method, one in flight.
   * The core opens it inside the click. Without `prepare`, the core opens a blank window inside the click and hands it to `start`.
   */
  prepare?(trip: Trip): Promise<URL>
  /** Leaves the page (stays pending), or, with `trip.popup`, resolves when the popup is done. */
  start(trip: Trip): Promise<void>
}
/** What is known of a code or mail on its way. */
export interface Sent {
  readonly destination?: string
  /** Seconds from now, by the server. */
  readonly expiresIn?: number
  readonly resendIn?: number
}
/** One way to the provider and back, as an adapter needs it. */
export interface Trip {
  /** 256 random bits; the only thing of ours that leaves the page. */
  readonly handle: string
  readonly requirement: Requirement
  /** Already clamped and with the margin taken off. */
  readonly maxAge?: number
  /** Second try only. */
  readonly prompt?: 'login'
  readonly loginHint?: string
  /** Opened blank inside the click; `undefined`: this tab. */
  readonly popup?: Window
  readonly signal: AbortSignal
  /** The `state` that will come back, where the SDK makes its own. Call before navigating. Not called: `handle`. */
  bind(state: string): void
  /** Popup or link: our own page over there has reported back (for SDKs that only know redirects). */
  readonly returned: Promise<void>
}
