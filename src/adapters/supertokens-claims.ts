import type { Authentication } from '../core/authentication.js'
import { authenticationFromClaims } from '../core/claims.js'

/** What an access token of SuperTokens says. */
export type Payload = Readonly<Record<string, unknown>>

/** @throws TypeError for a factor whose time tells when somebody arrived, and not when they were asked. */
export function checkFactors(factors: readonly string[] = []): void {
  if (!factors.includes('thirdparty')) return
  throw new TypeError(
    'The factor "thirdparty" proves nothing: its time is that of coming back, however old the sign-in ' +
      'there is. Leave it out of `factors`: such people confirm by a trip.',
  )
}

/** The time in seconds that a factor was completed; the vendor writes seconds and shows milliseconds. */
const inSeconds = (time: number) => (time > 1e11 ? Math.floor(time / 1000) : time)

/**
 * Who signed in, and when, by a payload: `auth_time`, and, of the factors that are named, the times in
 * `st-mfa`; of these the latest.
 *
 * @throws TypeError where `iss` or `sub` is missing.
 */
export function authenticationFromPayload(
  payload: Payload,
  factors: readonly string[] = [],
): Authentication {
  const { c } = (payload['st-mfa'] ?? {}) as { c?: Payload | null }
  const completed = factors.flatMap((id) => {
    const time = c && Object.hasOwn(c, id) ? c[id] : undefined
    return typeof time === 'number' ? [inSeconds(time)] : []
  })
  const { auth_time } = payload
  const times = typeof auth_time === 'number' ? [auth_time, ...completed] : completed
  return {
    ...authenticationFromClaims({
      ...payload,
      sid: payload.sessionHandle,
      auth_time: times.length > 0 ? Math.max(...times) : undefined,
    }),
    // As SuperTokens' own guide to impersonation writes it.
    ...(payload.isImpersonation !== undefined && payload.isImpersonation !== false
      ? { impersonated: true }
      : {}),
  }
}
