import type { Mutation, Query } from '@tanstack/react-query'
import { defaultShouldDehydrateMutation, defaultShouldDehydrateQuery } from '@tanstack/react-query'
import type { AnyAction } from '../core/action.js'
import { definitionOf } from '../core/action.js'

/**
 * Hashes of queries and ids of actions. By name, since a query that was removed and comes back is
 * another object.
 */
const secrets = new Set<unknown>()

/** From now on no query of this key is written anywhere. */
export function keepSecret(queryHash: string): void {
  secrets.add(queryHash)
}

/** Whether an action has variables that must not be stored; from now on none of its mutations is. */
export function hasSecret(action: Pick<AnyAction, 'id'>): boolean {
  const secret = Boolean(definitionOf(action)?.secret?.length)
  if (secret) secrets.add(action.id)
  return secret
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
 * What may be dehydrated or persisted: as `own` says, less actions that have `secret` variables.
 *
 * @param own by default that of TanStack Query
 * @example
 * persistOptions={{ persister, dehydrateOptions: { shouldDehydrateQuery, shouldDehydrateMutation } }}
 */
export const shouldDehydrateMutation = (
  mutation: Mutation,
  own = defaultShouldDehydrateMutation,
): boolean => own(mutation) && !secrets.has(mutation.options.mutationKey?.[1])
