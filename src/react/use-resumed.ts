import { useEffect, useRef } from 'react'
import type { Action } from '../core/action.js'
import type { Outcome } from '../core/outcomes.js'
import { useClient } from './step-up-provider.js'

/**
 * Calls `handler` with the outcome of an action that was resumed after a trip: once for each, also
 * where it ended before this component was there. An action that is refused ends in `{ error }`.
 *
 * @example
 * useResumed(deleteProject, (outcome) => { if ('data' in outcome) toast('Deleted') })
 */
export function useResumed<Variables, Data>(
  action: Action<Variables, Data>,
  handler: (outcome: Outcome<Data>, variables: Variables) => void,
): void {
  const client = useClient('useResumed')
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(
    () =>
      client.onResumed(action, (outcome, variables) => {
        latest.current(outcome, variables)
      }),
    [client, action],
  )
}
