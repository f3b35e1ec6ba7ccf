/** What Descope answers: it rejects where the network does, and never for what it refuses. */
export interface DescopeReply<T> {
  readonly ok: boolean
  /** The HTTP status. */
  readonly code?: number
  readonly data?: T
  readonly error?: {
    readonly errorCode?: unknown
    readonly errorDescription?: unknown
    readonly retryAfter?: string | number
  }
}
export type DescopeAnswer<T> = Promise<DescopeReply<T>>

/** The session that a sign-in or a step-up brings. */
export interface DescopeSession {
  /** Absent or empty where it is a cookie for servers only. */
  readonly sessionJwt?: string
  readonly claims?: Record<string, unknown>
}

/** Who is signed in. */
export interface DescopeUser {
  readonly userId: string
  readonly loginIds: string[]
  readonly name?: string
  readonly email?: string
}

interface StepUpOptions {
  readonly stepup?: boolean
  readonly customClaims?: Record<string, unknown>
}
type ByMail<Arguments extends unknown[]> = {
  email(...all: Arguments): DescopeAnswer<{ maskedEmail: string }>
}
type Subscribe<T> = (listener: (value: T | null) => void) => unknown

/** The part of Descope's SDK that is used, as web-js-sdk and react-sdk both have it. */
export interface DescopeSdk {
  /** Absent without `persistTokens`. */
  getSessionToken?(): string
  getRefreshToken?(): string
  refresh(token?: string, tryRefresh?: boolean): DescopeAnswer<unknown>
  me(): DescopeAnswer<DescopeUser>
  readonly onSessionTokenChange: Subscribe<string>
  readonly onClaimsChange: Subscribe<Record<string, unknown>>
  readonly onUserChange: Subscribe<DescopeUser>
  readonly password: {
    signIn(id: string, password: string, options: StepUpOptions): DescopeAnswer<DescopeSession>
  }
  readonly otp: {
    readonly signIn: ByMail<[id: string, options: StepUpOptions, token?: string]>
    readonly verify: { email(id: string, code: string): DescopeAnswer<DescopeSession> }
  }
  readonly magicLink: {
    readonly signIn: ByMail<[id: string, url: string, options: StepUpOptions, token?: string]>
    verify(token: string): DescopeAnswer<DescopeSession>
  }
  readonly webauthn: {
    readonly signIn: {
      start(
        id: string,
        origin: string,
        options: StepUpOptions,
        token?: string,
      ): DescopeAnswer<{ transactionId: string; options: string }>
      finish(transactionId: string, response: string): DescopeAnswer<DescopeSession>
    }
    readonly helpers: { get(options: string): Promise<string> }
  }
  readonly sso: {
    start(
      tenant: string,
      redirectUrl: string,
      options: StepUpOptions,
      token?: string,
      ssoId?: string,
      forceAuthn?: boolean,
      loginHint?: string,
    ): DescopeAnswer<{ url: string }>
    exchange(code: string): DescopeAnswer<DescopeSession>
  }
}
