import { useCallback, useSyncExternalStore } from 'react'
import type { RequirementInput } from '../core/requirement.js'
import type { Freshness } from '../core/session.js'
import { LOADING } from '../core/session.js'
import { useClient } from './step-up-provider.js'
import { useStable } from './use-stable.js'

/**
 * Whether a requirement is met now, as far as this page knows; renders again when that changes. For
 * hints in the UI: the server decides.
 *
 * @example
 * const { fresh } = useFreshness(300)
 */
export function useFreshness(requirement: RequirementInput): Freshness {
  const client = useClient('useFreshness')
  const stable = useStable(requirement)
  const subscribe = useCallback(
    (listener: () => void) => client.subscribeFreshness(stable, listener),
    [client, stable],
  )
  return useSyncExternalStore(
    subscribe,
    () => client.getFreshness(stable),
    () => LOADING,
  )
}
