// What docs/query.md shows for requests that nobody has wrapped.
import type { MutationOptions } from '@tanstack/react-query'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { challengeFrom, challengeRequirement } from 'react-step-up'
import type { StepUpClient } from 'react-step-up'

export function createQueryClient(stepUp: StepUpClient): QueryClient {
  /** Runs it; where the API asks for a proof, gets it and runs it once more. */
  async function answering<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      const challenge = challengeFrom(error)
      if (!challenge) throw error
      return stepUp.requireFreshAuth(challengeRequirement(challenge))(run)
    }
  }

  const answered = new WeakSet<object>()
  class AnsweringClient extends QueryClient {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as TanStack Query declares it
    override defaultMutationOptions<T extends MutationOptions<any, any, any, any>>(options?: T): T {
      const all = super.defaultMutationOptions(options)
      const { mutationFn } = all
      if (!mutationFn || answered.has(mutationFn)) return all
      const guarded: typeof mutationFn = (...args) => answering(() => mutationFn(...args))
      answered.add(guarded)
      return { ...all, mutationFn: guarded }
    }
  }

  const asking = new WeakSet<object>()
  return new AnsweringClient({
    defaultOptions: { queries: { retry: (count, error) => count < 3 && !challengeFrom(error) } },
    queryCache: new QueryCache({
      onError(error, query) {
        const challenge = challengeFrom(error)
        if (!challenge || asking.has(query) || query.meta?.asks === false) return
        asking.add(query)
        stepUp
          .requireFreshAuth(challengeRequirement(challenge))(() => query.fetch())
          .catch(() => undefined)
          .finally(() => asking.delete(query))
      },
    }),
  })
}
