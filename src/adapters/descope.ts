import type { AuthAdapter } from '../core/adapter.js'
import { readTripReturn } from '../core/answer.js'
import { authenticationFromClaims, type Claims } from '../core/claims.js'
import { readClaims } from '../core/token.js'
import type { DescopeSdk, DescopeSession, DescopeUser } from './descope-sdk.js'
import { rememberStepUp, stepUpTimeOf } from './descope-time.js'

export type { DescopeSdk, DescopeSession, DescopeUser }

/** A way to step up: a password, a code or a link by mail, a passkey, or a tenant's single sign-on. */
export type DescopeMethod =
  'password' | 'code' | 'link' | 'passkey' | { readonly sso: string; readonly label?: string }

/** Options of `createDescopeAdapter`. */
export interface DescopeAdapterOptions {
  /** What this person can confirm with, best first: the SDK does not tell. */
  readonly methods: (user: DescopeUser) => readonly DescopeMethod[]
}

/** The adapter of an app that signs people in with Descope. */
export interface DescopeAdapter extends AuthAdapter {
  /** Takes the SDK once it is there, as often as you like. @throws TypeError for something else. */
  readonly connect: (sdk: DescopeSdk) => void
  /** Takes the answer to a step-up of your own, as by a flow: the sign-in is fresh from then on. */
  readonly steppedUp: (session: DescopeSession) => void
}

/**
 * The adapter for Descope: what `createSdk()` of web-js-sdk, or `useDescope()` of react-sdk gives.
 *
 * A session counts as fresh from its last step-up (`su`) on, and never by the age of its token. After a
 * mere sign-in there was none.
 *
 * @throws TypeError without `methods`.
 * @example
 * export const descope = createDescopeAdapter({ methods: () => ['password', 'code'] })
 * export const stepUp = createStepUpClient({ adapter: descope })
 * descope.connect(createSdk({ projectId, persistTokens: true, autoRefresh: true }))
 */
export function createDescopeAdapter({ methods }: DescopeAdapterOptions): DescopeAdapter {
  if (typeof methods !== 'function') {
    throw new TypeError("No `methods`: pass such as `methods: () => ['password', 'code']`.")
  }
  const listeners = new Set<() => void>()
  let found: (sdk: DescopeSdk) => void
  let ready = new Promise<DescopeSdk>((resolve) => {
    found = resolve
  })
  let current: DescopeSdk | undefined
  /** What was last known of the session, wherever from. */
  let last: Claims | null = null
  /** What has come and is not stored here; `null`: nobody is signed in; `undefined`: nothing. */
  let told: Claims | null | undefined
  let user: DescopeUser | undefined
  /** The SDK says that this is over before it takes it out of its storage. */
  let ended: string | undefined
  /** A question of our own: what it brings is no news to whoever asked. */
  let asking = false

  const changed = () => {
    if (asking) return
    for (const listener of [...listeners]) listener()
  }

  const stored = (sdk: DescopeSdk) => sdk.getSessionToken?.() || undefined

  /** Other tabs write to the same storage, of which nothing tells. */
  function claimsOf(sdk: DescopeSdk): Claims | null | undefined {
    const token = stored(sdk)
    if (token === undefined) return told
    return token === ended ? null : readClaims(token)
  }

  function take(next: Claims | null, isStored: boolean): void {
    // The first `su` that is seen to come is a step-up of now: a refresh only carries it on.
    if (next && last && last.sub === next.sub && last.su !== true) stepUpTimeOf(next, true)
    last = next
    told = isStored ? undefined : next
    changed()
  }

  /** Once, and for good: what the SDK gives back to end it ends the subscriptions of others. */
  function listen(sdk: DescopeSdk): void {
    const own = (run: () => void) => {
      if (sdk === current) run()
    }
    sdk.onSessionTokenChange((token) =>
      own(() => {
        if (token) take(readClaims(token), !!stored(sdk))
        else {
          ended = stored(sdk)
          take(null, false)
        }
      }),
    )
    sdk.onClaimsChange((claims) =>
      own(() => {
        // Where the token is a cookie for servers only.
        if (claims && !stored(sdk)) take(claims, false)
      }),
    )
    sdk.onUserChange((next) =>
      own(() => {
        user = next ?? undefined
        changed()
      }),
    )
  }

  function steppedUp({ sessionJwt, claims }: DescopeSession): void {
    const proved = sessionJwt ? readClaims(sessionJwt) : claims
    if (proved) rememberStepUp(proved)
    changed()
  }

  const rest = () => import('./descope-methods.js')

  return {
    connect(sdk) {
      const given = sdk as Partial<DescopeSdk> | undefined
      if (!given?.onSessionTokenChange || !given.onClaimsChange || !given.onUserChange) {
        throw new TypeError('Pass createSdk() of web-js-sdk 1.53 or useDescope().')
      }
      if (sdk === current) return
      current = sdk
      user = undefined
      told = undefined
      last = null
      listen(sdk)
      try {
        last = claimsOf(sdk) ?? null
      } catch {
        // Whoever asks who is signed in is told that this is no token.
      }
      ready = Promise.resolve(sdk)
      found(sdk)
      changed()
    },
    steppedUp,
    async getAuthentication() {
      const sdk = await ready
      let claims = claimsOf(sdk)
      if (claims === undefined) {
        asking = true
        try {
          // Without a sign of an earlier sign-in the SDK answers this by itself.
          const { ok, code = 0 } = await sdk.refresh(undefined, true)
          if (!ok && code >= 500) throw new Error(`Descope answered with status ${code}.`)
        } finally {
          asking = false
        }
        claims = claimsOf(sdk)
      }
      last = claims ?? null
      if (!claims) return null
      const [loginHint] = (user?.userId === claims.sub && user?.loginIds) || []
      return {
        ...authenticationFromClaims({ ...claims, auth_time: stepUpTimeOf(claims) }),
        ...(loginHint && { account: { name: user?.name || loginHint, loginHint } }),
        ...(claims.act !== undefined && { impersonated: true }),
      }
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    // These tokens have no acr: nothing here could meet a level.
    async methods({ acrValues }, { subject }) {
      if (acrValues) return []
      const [sdk, { createMethods, readUser }] = await Promise.all([ready, rest()])
      if (user?.userId !== subject) user = await readUser(sdk, subject)
      return createMethods({ sdk, user, wanted: methods(user), shared: !!stored(sdk), steppedUp })
    },
    // Descope has no `state`: ours is part of the address to come back to.
    peek(url) {
      const back = readTripReturn(url)
      const description = url.searchParams.get('err')
      if (!back || description === null) return back
      return { ...back, error: { code: 'access_denied', description } }
    },
    async complete(url) {
      const [sdk, { spend }] = await Promise.all([ready, rest()])
      const session = await spend(sdk, url)
      if (session) steppedUp(session)
    },
  }
}
