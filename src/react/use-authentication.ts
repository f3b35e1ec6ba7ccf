import { useSyncExternalStore } from 'react'
import type { Authentication } from '../core/authentication.js'
import { useClient } from './step-up-provider.js'

/**
 * The last authentication, decoded, with its `authTime`; `null` before the first read, when signed
 * out, and where it is not known.
 *
 * @example
 * const authTime = useAuthentication()?.authTime
 */
export function useAuthentication(): Authentication | null {
  const { subscribeAuthentication, getAuthentication } = useClient('useAuthentication')
  return useSyncExternalStore(subscribeAuthentication, getAuthentication, () => null)
}
