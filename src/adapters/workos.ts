import type { AuthAdapter } from '../core/adapter.js'
import { readTripReturn } from '../core/answer.js'
import { authenticationFromClaims } from '../core/claims.js'
import { kindOf } from '../core/handle.js'
import { readClaims } from '../core/token.js'

/** The part of AuthKit that is used: of what `createClient` resolves with, or `useAuth()` gives. */
export interface AuthKit {
  /** Under `AuthKitProvider`: there is no client yet. */
  readonly isLoading?: boolean
  getUser(): {
    readonly email: string
    readonly firstName: string | null
    readonly lastName: string | null
  } | null
  getAccessToken(options?: { forceRefresh?: boolean }): Promise<string>
  getSignInUrl(options?: {
    state?: unknown
    loginHint?: string
    organizationId?: string
  }): Promise<string>
}

/** Options of `createWorkosAdapter`. */
export interface WorkosAdapterOptions {
  /** What people know the sign-in page as, for the dialog. */
  readonly label?: string
}

/** The adapter of an app that signs people in with WorkOS AuthKit. */
export interface WorkosAdapter extends AuthAdapter {
  /** Takes the client once it is there, and whenever it changes. @throws TypeError for something else. */
  readonly connect: (authkit: AuthKit) => void
  /** For the SDK's `onRefresh`, from the first render on: nothing else tells of new tokens. */
  readonly onRefresh: () => void
}

/**
 * The adapter for WorkOS AuthKit: authkit-js, also under authkit-react, whose provider belongs outside
 * of `StepUpProvider`, since a window that comes back renders nothing inside of that.
 *
 * @example
 * export const workos = createWorkosAdapter({ label: 'Acme' })
 * export const stepUp = createStepUpClient({ adapter: workos })
 * createClient(clientId, { onRefresh: workos.onRefresh }).then(workos.connect)
 */
export function createWorkosAdapter({ label }: WorkosAdapterOptions = {}): WorkosAdapter {
  const listeners = new Set<() => void>()
  let found: (authkit: Promise<AuthKit>) => void
  let ready = new Promise<AuthKit>((resolve) => {
    found = resolve
  })
  let organizationId: string | undefined
  /** Reads of ours that may refresh: what they bring is no news to whoever asked. */
  let reading = 0
  /** The address has a code of ours, which the SDK spends while it starts. */
  let arrives = false
  let failed = false

  const changed = () => {
    for (const listener of listeners) listener()
  }

  /** A failed exchange also forgets who is signed in, until the next load: their session is not over. */
  async function recover(authkit: AuthKit): Promise<AuthKit> {
    failed = true
    await authkit.getAccessToken({ forceRefresh: true }).catch(() => undefined)
    return authkit
  }

  return {
    connect(authkit) {
      const sdk = authkit as Partial<AuthKit> | undefined
      if (!sdk?.getSignInUrl || !sdk.getAccessToken) {
        throw new TypeError('Pass useAuth() or createClient() of authkit-js 0.20.')
      }
      if (authkit.isLoading) return
      ready = arrives && !authkit.getUser() ? recover(authkit) : Promise.resolve(authkit)
      arrives = false
      found(ready)
      changed()
    },
    onRefresh() {
      if (!reading) changed()
    },
    async getAuthentication() {
      const authkit = await ready
      reading++
      try {
        const claims = readClaims(await authkit.getAccessToken())
        organizationId = claims.org_id as string | undefined
        const user = authkit.getUser()
        const name = user && [user.firstName, user.lastName].filter(Boolean).join(' ')
        return {
          ...authenticationFromClaims(claims),
          ...(user && { account: { name: name || user.email, loginHint: user.email } }),
          ...(claims.act !== undefined && { impersonated: true }),
        }
      } catch (error) {
        // Apps bundle the SDK's error classes under any name; it uses this text for nothing else.
        if ((error as Error).message === 'No access token available') return null
        throw error
      } finally {
        reading--
      }
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    // These tokens have no acr: nothing here could meet a level.
    async methods({ acrValues }) {
      if (acrValues) return []
      const { createTripMethod } = await import('./workos-trip.js')
      return [
        createTripMethod(
          label,
          () => ready,
          () => organizationId,
        ),
      ]
    },
    async refresh() {
      await (await ready).getAccessToken({ forceRefresh: true })
    },
    // The SDK sends its `state` as JSON.
    peek(url) {
      const back = readTripReturn(url, (state) => state.replace(/^"(.*)"$/, '$1'))
      arrives ||= !!kindOf(back?.state) && !back?.error
      return back
    },
    async complete() {
      await ready
      if (!failed) return
      throw new Error('The code was not exchanged.')
    },
  }
}
