import type { Authentication } from '../core/authentication.js'
import type { VerificationMethod } from './verification-methods.js'
import type { Attempts, VerificationStore } from './verification-store.js'

/** Who confirms, and by which request. */
export interface Attempt {
  readonly authentication: Authentication
  readonly request: Request
}

/** Passwords: the app knows them. */
export interface PasswordVerification {
  /** True where it is this person's password. What it throws is an outage, and no wrong password. */
  verify(attempt: Attempt & { readonly password: string }): boolean | Promise<boolean>
}

/** A code of ours, and where it goes. */
export interface CodeDelivery {
  readonly authentication: Authentication
  /** Digits. */
  readonly code: string
  readonly method: Extract<VerificationMethod, { type: 'code' }>
  /** Seconds. */
  readonly expiresIn: number
}

interface CodeTimes {
  /** Digits, 4 to 12. Default: 6. */
  readonly length?: number
  /** Seconds until another one can be sent. Default: 30. */
  readonly resendIn?: number
}

/** Codes that are made here, and sent by the app. */
export interface CodeVerification extends CodeTimes {
  /**
   * Sends the mail or the message: to one person by one method at most ten times within
   * `attemptWindow`, begun anew when a code is used. Awaited, and until it resolves the earlier code is
   * good as well. What it throws is told to the person as a failure.
   */
  deliver(delivery: CodeDelivery): unknown
  /** Seconds for which a code is good. Default: 600. */
  readonly expiresIn?: number
}

/** A code of somebody else's on its way. */
export interface CodeOrder {
  /** What it is checked by. It stays on the server. */
  readonly ticket: string
  /** Seconds for which it is good. */
  readonly expiresIn: number
}

/** Codes that somebody else makes and checks: the SDK of an auth system. */
export interface CodeService extends CodeTimes {
  /** Sends the mail or the message, as often at most as `deliver` of `CodeVerification` does. */
  send(order: Attempt & Pick<CodeDelivery, 'method'>): Promise<CodeOrder>
  /** True where it is the code of this ticket; `expired` where that is good for nothing any more. */
  check(
    attempt: Attempt & { readonly ticket: string; readonly code: string },
  ): Promise<boolean | 'expired'>
  readonly expiresIn?: undefined
}

/** Who leaves for a provider, and for what. */
export interface TripDeparture extends Attempt {
  readonly method: Extract<VerificationMethod, { type: 'redirect' }>
  /** What has to come back in the address. */
  readonly state: string
  /** Seconds: a sign-in there that is older will be refused. */
  readonly maxAge?: number
  /** The provider has ignored `maxAge` once. */
  readonly prompt?: 'login'
}

/** Who is back from a provider. */
export interface TripArrival extends Pick<TripDeparture, 'authentication' | 'request' | 'method'> {
  /** What `leave` wanted to be kept. */
  readonly kept: string
  /** Of the address: `code` and whatever came with it, without `state`. */
  readonly answer: Readonly<Record<string, string>>
}

/** Trips to a provider and back to a page of the app, which hands in the code. */
export interface TripVerification {
  /** The address at the provider; `kept` stays on the server until somebody is back. */
  leave(departure: TripDeparture): Promise<{ readonly url: string; readonly kept: string }>
  /**
   * Spends the code. `authTime`: seconds since the epoch at which the provider last asked this person,
   * by a token that was verified; absent, nothing is confirmed. `null`: it is somebody else.
   */
  arrive(arrival: TripArrival): Promise<{ readonly authTime?: number | undefined } | null>
}

/** Codes of an authenticator app: methods of the channel `totp`. */
export interface TotpVerification {
  /** True where it is the code of now, and was not used before (RFC 6238 5.2). */
  verify(
    attempt: Attempt & { readonly code: string; readonly method: CodeDelivery['method'] },
  ): boolean | Promise<boolean>
}

/** Passkeys; `passkeys()` of `react-step-up/server/passkey` makes one. */
export interface PasskeyVerification {
  /** Whether the person has one. */
  has(authentication: Authentication): boolean | Promise<boolean>
  /** What the browser needs, with a challenge of its own in base64url. */
  options(authentication: Authentication): Promise<{ readonly challenge: string }>
  /**
   * True where `response`, an `AuthenticationResponseJSON` (WebAuthn Level 3, 5.1), is an answer to
   * `challenge` by a passkey of this person.
   */
  verify(
    attempt: Attempt & { readonly response: unknown; readonly challenge: string },
  ): boolean | Promise<boolean>
}

/** A person has just confirmed who they are. */
export interface Reauthenticated extends Attempt {
  /** What was proved, in its order: one method, or a first step and what came `next`. */
  readonly methods: readonly VerificationMethod[]
  /** Seconds since the epoch: the `authTime` to write into the session. */
  readonly authTime: number
  /**
   * The level that these methods amount to, as the first of them says. Write it with `authTime`, also
   * where it is absent: a level of an earlier sign-in has not been proved again.
   */
  readonly acr?: string
  /** Of the answer, for a cookie that has to change. */
  readonly headers: Headers
}

/** Options of `createVerificationHandler`. */
export interface VerificationOptions {
  /**
   * Who is signed in, by the app's own session; the same function as the guard's. `sessionId` is
   * needed: codes belong to a session.
   */
  readonly authenticate: (
    request: Request,
  ) => Authentication | null | Promise<Authentication | null>
  /** What this person can confirm with, best first: the way of the first sign-in, then others. */
  readonly methodsOf: (
    authentication: Authentication,
    request: Request,
  ) => readonly VerificationMethod[] | Promise<readonly VerificationMethod[]>
  /**
   * Writes `authTime` and `acr` into the session, whose id stays, if it is still there and still this
   * person's. Awaited: the person is told of a success only
   * after it. Where it throws, nothing has been confirmed.
   */
  readonly onReauthenticated: (event: Reauthenticated) => unknown
  /** Remembers codes and challenges: `createMemoryVerificationStore()` for one process. */
  readonly store: VerificationStore
  /** Counts tries: `createMemoryAttempts()` for one process. */
  readonly attempts: Attempts
  /** Tries per person within the window, over all methods and sessions. Default: 5. */
  readonly attemptLimit?: number
  /** Seconds. Default: 900. */
  readonly attemptWindow?: number
  readonly password?: PasswordVerification
  readonly code?: CodeVerification | CodeService
  readonly totp?: TotpVerification
  readonly passkey?: PasskeyVerification
  /** For methods of the type `redirect`, where no route of the app's own takes people there. */
  readonly trip?: TripVerification
  /** Other origins of the app whose pages may confirm here. Default: none but the handler's own. */
  readonly origins?: readonly string[]
  /** Seconds since the epoch. For tests. */
  readonly now?: () => number
}

const needs: readonly (readonly [keyof VerificationOptions, 'function' | 'object', string])[] = [
  ['authenticate', 'function', 'pass a function that tells who is signed in'],
  ['methodsOf', 'function', 'pass a function that tells what a person can confirm with'],
  ['onReauthenticated', 'function', 'pass a function that writes `authTime` into the session'],
  ['store', 'object', 'pass createMemoryVerificationStore(), or one that all processes share'],
  ['attempts', 'object', 'pass createMemoryAttempts(), or one that all processes share'],
]

function checkInteger(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new TypeError(`Not a ${name}: ${value}. Use an integer from ${least} to ${most}.`)
}

/** Fills in the defaults. @throws TypeError for what could only fail, or pass, at a request. */
export function checkVerificationOptions(options: VerificationOptions) {
  const given: Readonly<Partial<Record<string, unknown>>> = { ...options }
  for (const [name, type, remedy] of needs) {
    if (typeof given[name] === type && given[name] !== null) continue
    throw new TypeError(`No \`${name}\` for createVerificationHandler: ${remedy}.`)
  }
  const { code, origins = [], now = () => Date.now() / 1000 } = options
  const expiresIn = checkInteger('code.expiresIn', code?.expiresIn ?? 600, 30, 86_400)
  for (const origin of origins) {
    if (URL.canParse(origin) && new URL(origin).origin === origin) continue
    throw new TypeError(`Not an origin: ${origin}. Use such as "https://app.example.com".`)
  }
  return {
    ...options,
    origins,
    now,
    attemptLimit: checkInteger('attemptLimit', options.attemptLimit ?? 5, 1, 100),
    attemptWindow: checkInteger('attemptWindow', options.attemptWindow ?? 900, 1, 86_400),
    codes: {
      length: checkInteger('code.length', code?.length ?? 6, 4, 12),
      expiresIn,
      resendIn: checkInteger('code.resendIn', code?.resendIn ?? 30, 1, expiresIn),
    },
  }
}

/** With every default filled in. */
export type CheckedVerification = ReturnType<typeof checkVerificationOptions>
