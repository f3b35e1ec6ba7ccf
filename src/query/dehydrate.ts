import type { Mutation, Query, QueryClient } from '@tanstack/react-query'
import { defaultShouldDehydrateMutation, defaultShouldDehydrateQuery } from '@tanstack/react-query'

// By hash, since a query that was removed and comes back is another object.
const secrets = new Set<string>()

/** From now on no query of this key is written anywhere. */
export function keepSecret(queryHash: string): void {
  secrets.add(queryHash)
}

/**
 * What may be dehydrated or persisted: as `own` says, less what `useStepUpQuery` reveals. After
 * `connectQuery` it is so by default; pass it where you pass `dehydrateOptions` yourself.
 *
 * @param own by default that of TanStack Query
 * @example
 * persistOptions={{ persister, dehydrateOptions: { shouldDehydrateQuery, shouldDehydrateMutation } }}
 */
export const shouldDehydrateQuery = (query: Query, own = defaultShouldDehydrateQuery): boolean =>
  own(query) && !secrets.has(query.queryHash)

/**
 * What may be dehydrated or persisted: as `own` says, less actions. Brought back from there, one could
 * run for somebody else, or a second time beside what a trip brings back.
 *
 * @param own by default that of TanStack Query
 * @example
 * persistOptions={{ persister, dehydrateOptions: { shouldDehydrateQuery, shouldDehydrateMutation } }}
 */
export const shouldDehydrateMutation = (
  mutation: Mutation,
  own = defaultShouldDehydrateMutation,
): boolean => own(mutation) && mutation.options.mutationKey?.[0] !== 'step-up'

const protecting = new WeakSet<object>()

/** Makes both the default, around what the app has. */
export function protect(queryClient: QueryClient): void {
  const { dehydrate = {}, ...others } = queryClient.getDefaultOptions()
  if (protecting.has(dehydrate)) return
  const both = {
    ...dehydrate,
    shouldDehydrateMutation: (mutation: Mutation) =>
      shouldDehydrateMutation(mutation, dehydrate.shouldDehydrateMutation),
    shouldDehydrateQuery: (query: Query) =>
      shouldDehydrateQuery(query, dehydrate.shouldDehydrateQuery),
  }
  protecting.add(both)
  queryClient.setDefaultOptions({ ...others, dehydrate: both })
}
