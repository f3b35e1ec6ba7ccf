import type { HttpResponseResolver } from 'msw'
import type { Challenge } from '../core/challenge.js'
import type { RequirementInput } from '../core/requirement.js'
import { GuardError, StepUpRequiredError } from '../server/errors.js'
import type { FreshAuthGuard } from '../server/guard.js'

/**
 * A resolver that answers with a step-up challenge (RFC 9470 3), in the header and as JSON: to every
 * request, or with `{ once: true }` to the first.
 *
 * @param demand what is demanded; seconds for `maxAge`
 * @throws TypeError for a demand that cannot be written
 * @example
 * server.use(http.delete('/projects/:id', challenge({ maxAge: 300 }), { once: true }))
 */
export function challenge(demand: Omit<Challenge, 'scheme'>): HttpResponseResolver {
  const error = new StepUpRequiredError({ scheme: 'Bearer', ...demand })
  return () => error.response
}

/**
 * A resolver that lets the real guard judge: a request that passes goes on to the handler after this
 * one, every other is answered as the guard answers it.
 *
 * @throws TypeError for a requirement that cannot be judged (see `FreshAuthGuard.for`)
 * @example
 * const guard = createFreshAuthGuard(await createTestIssuer())
 * server.use(http.delete('/projects/:id', freshAuth(guard, 300)), http.delete('/projects/:id', remove))
 */
export function freshAuth(
  guard: FreshAuthGuard,
  requirement: RequirementInput,
): HttpResponseResolver {
  const check = guard.for(requirement)
  return async ({ request }) => {
    try {
      await check(request)
      return undefined
    } catch (error) {
      if (error instanceof GuardError) return error.response
      throw error
    }
  }
}
