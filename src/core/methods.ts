import type { Method } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { Steps } from './flow.js'
import { limited } from './limit.js'
import type { Requirement } from './requirement.js'

/** What `authentication` can do now to meet `requirement`. Rejects where the adapter does, or is silent. */
export const methodsFor = (
  { adapter, environment, limits }: Steps,
  requirement: Requirement,
  authentication: Authentication,
  signal: AbortSignal,
): Promise<readonly Method[]> =>
  limited(environment.clock, limits.network, signal, () =>
    adapter.methods(requirement, authentication),
  )
