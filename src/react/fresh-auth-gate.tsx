import type { ReactNode } from 'react'
import type { StepUpError } from '../core/errors.js'
import type { RequirementInput } from '../core/requirement.js'
import type { Freshness } from '../core/session.js'
import { useFreshness } from './use-freshness.js'
import { useVerify } from './use-verify.js'

/** Props of `FreshAuthGate`. */
export interface FreshAuthGateProps {
  readonly requirement: RequirementInput
  /** Shown instead, with the way to verify. */
  readonly fallback: (gate: {
    readonly reason: Freshness['reason']
    readonly verify: () => Promise<void>
    /** Why verifying failed, if it did; `null` after a cancel. */
    readonly error: StepUpError | null
  }) => ReactNode
  readonly children: ReactNode
}

/**
 * Shows what is secret while the authentication is fresh, and takes it away when that lapses. For
 * showing, not for forms: what was typed would be taken away too. A `maxAge: 0` never opens it.
 *
 * @example
 * <FreshAuthGate requirement={300} fallback={({ verify }) => <button onClick={verify}>Show</button>}>
 *   <ApiKey />
 * </FreshAuthGate>
 */
export function FreshAuthGate({ requirement, fallback, children }: FreshAuthGateProps): ReactNode {
  const { fresh, reason } = useFreshness(requirement)
  const { verify, error } = useVerify(requirement)
  return fresh ? children : fallback({ reason, verify, error })
}
