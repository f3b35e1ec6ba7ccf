import type { Method } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { Steps } from './flow.js'
import { limited } from './limit.js'
import type { Requirement } from './requirement.js'

/** In the storage that all tabs share: the id of the method that was used last. */
const LAST_USED = 'react-step-up.method'

type Means = Pick<Steps, 'adapter' | 'environment'>

/** What `authentication` can do now to meet `requirement`. Rejects where the adapter does, or is silent. */
export async function methodsFor(
  { adapter, environment, limits }: Means & Pick<Steps, 'limits'>,
  requirement: Requirement,
  authentication: Authentication,
  signal: AbortSignal,
): Promise<readonly Method[]> {
  const ask = () => adapter.methods(requirement, authentication)
  const methods = await limited(environment.clock, limits.network, signal, ask)
  if (!adapter.unordered) return methods
  const last = lastUsed(environment)
  return methods.toSorted((a, b) => Number(b.id === last) - Number(a.id === last))
}

/** The person uses a method: next time it leads, unless the adapter knows better. */
export function remember({ adapter, environment }: Means, { id }: Method): void {
  if (!adapter.unordered) return
  try {
    environment.shared.write(LAST_USED, id)
  } catch {
    // It is only a convenience.
  }
}

function lastUsed({ shared }: Means['environment']): string | null {
  try {
    return shared.read(LAST_USED)
  } catch {
    return null
  }
}
