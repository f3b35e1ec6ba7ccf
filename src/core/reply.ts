import type { AuthAdapter, Reply } from './adapter.js'
import { challengeRequirement, readChallenge } from './challenge.js'
import type { Context } from './context.js'
import { limited } from './limit.js'
import type { ResponseLike } from './refused.js'
import type { Requirement } from './requirement.js'
import { toRequirement } from './requirement.js'

/** What the server demands in a refusal; `null` where there is no challenge in it. Leaves the caller's Response unread. */
export async function readDemand(
  response: ResponseLike,
  { adapter, environment, limits }: Context,
): Promise<Requirement | null> {
  const reply: Reply = {
    status: response.status,
    headers: response.headers,
    // A body that never ends is one that says nothing.
    body: await limited(environment.clock, limits.network, new AbortController().signal, () =>
      bodyOf(response),
    ).catch(() => null),
  }
  const challenge = readChallenge(reply)
  return challenge ? challengeRequirement(challenge) : foreignDemand(reply, adapter)
}

/** What a vendor's reader makes of a reply; where it fails or asks for the impossible, an ordinary refusal. */
function foreignDemand(reply: Reply, adapter: AuthAdapter): Requirement | null {
  try {
    const requirement = adapter.readChallenge?.(reply) ?? null
    return requirement && toRequirement(requirement)
  } catch {
    return null
  }
}

async function bodyOf(response: ResponseLike): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (response.bodyUsed || !/\bjson\b/i.test(type)) return null
  try {
    return await response.clone().json()
  } catch {
    return null
  }
}
