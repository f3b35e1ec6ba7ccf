import { useCallback, useState } from 'react'
import type { RunContext } from '../core/action.js'
import type { StepUpError } from '../core/errors.js'
import { isStepUpError } from '../core/errors.js'
import type { RequirementInput } from '../core/requirement.js'
import { useRequireFreshAuth } from './use-require-fresh-auth.js'

/**
 * A button's way to a proof: what goes wrong with it is told in `error`, and a cancel is nothing wrong.
 * What goes wrong with `run` is its own to tell.
 */
export function useVerify(
  requirement: RequirementInput,
  run?: (context: RunContext) => unknown,
): { readonly verify: () => Promise<void>; readonly error: StepUpError | null } {
  const requireFreshAuth = useRequireFreshAuth(requirement)
  const [error, setError] = useState<StepUpError | null>(null)
  const verify = useCallback(async () => {
    setError(null)
    try {
      await (run ? requireFreshAuth(run) : requireFreshAuth())
    } catch (cause) {
      if (!isStepUpError(cause)) {
        if (run) return
        throw cause
      }
      if (cause.code !== 'cancelled' && cause.code !== 'aborted') setError(cause)
    }
  }, [requireFreshAuth, run])
  return { verify, error }
}
