import { useEffect, useMemo, useRef } from 'react'
import type { RequireFreshAuth } from '../core/call.js'
import type { RequirementInput } from '../core/requirement.js'
import { useClient } from './step-up-provider.js'
import { useStable } from './use-stable.js'

/**
 * A function that lets a call through while the last authentication meets the requirement, and asks
 * the person first where it does not. The check in the browser saves a round trip; the server decides.
 *
 * Its identity is stable, also with an inline requirement. Unmounting aborts functions that wait;
 * actions made by `defineAction` go on.
 *
 * @param requirement seconds, `{ maxAge, acrValues }`, or the name of a policy; may be left out where
 * the action brings its own
 * @throws TypeError for a malformed requirement, and for a call with anything but an action or a function
 * @example
 * const requireFreshAuth = useRequireFreshAuth(300)
 * await requireFreshAuth(deleteProject, { id })
 */
export function useRequireFreshAuth(requirement?: RequirementInput): RequireFreshAuth {
  const client = useClient('useRequireFreshAuth')
  const stable = useStable(requirement)
  const owner = useRef<AbortController | null>(null)

  useEffect(() => {
    const controller = new AbortController()
    owner.current = controller
    return () => {
      controller.abort()
    }
  }, [])

  return useMemo(() => {
    // Checked here, so that a malformed requirement shows at render and not at the first click.
    client.requireFreshAuth(stable)
    const call = (...args: readonly unknown[]) =>
      (
        client.requireFreshAuth(stable, owner.current?.signal) as (
          ...args: readonly unknown[]
        ) => unknown
      )(...args)
    return call as RequireFreshAuth
  }, [client, stable])
}
