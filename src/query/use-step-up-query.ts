import type { DefaultError, QueryKey, UseQueryOptions, UseQueryResult } from '@tanstack/react-query'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { samePerson } from '../core/authentication.js'
import type { StepUpError } from '../core/errors.js'
import type { RequirementInput } from '../core/requirement.js'
import type { Unfresh } from '../core/session.js'
import { useClient } from '../react/step-up-provider.js'
import { useFreshness } from '../react/use-freshness.js'
import { useStable } from '../react/use-stable.js'
import { useVerify } from '../react/use-verify.js'
import { mayRetry } from './retry.js'
import { keepSecret, protect } from './dehydrate.js'

/** Options of `useStepUpQuery`: those of `useQuery` that cannot bring a secret back. */
export interface StepUpQueryOptions<
  QueryData,
  Failure extends Error,
  Data,
  Key extends QueryKey,
> extends Omit<
  UseQueryOptions<QueryData, Failure, Data, Key>,
  'gcTime' | 'initialData' | 'initialDataUpdatedAt' | 'persister' | 'placeholderData' | 'subscribed'
> {
  readonly requirement: RequirementInput
}

/** What `useStepUpQuery` gives. */
export interface StepUpQueryResult<Data, Failure extends Error> {
  readonly query: UseQueryResult<Data, Failure>
  readonly fresh: boolean
  /** Why it is not fresh. */
  readonly reason: Unfresh | null
  /** Asks for the proof, for a button, and then for the data. */
  readonly verify: () => Promise<void>
  /** Why verifying failed, if it did; `null` after a cancel. */
  readonly error: StepUpError | null
}

/**
 * `useQuery` for what only a fresh authentication may see. It never asks by itself: it runs while the
 * requirement is met, and when that lapses, or somebody else is signed in, its data is gone from the
 * cache. It is never dehydrated or persisted. Use one requirement per key; `maxAge: 0` never opens it.
 *
 * @example
 * const { query, fresh, verify } = useStepUpQuery({ queryKey: ['key', id], queryFn, requirement: 120 })
 */
export function useStepUpQuery<
  QueryData = unknown,
  Failure extends Error = DefaultError,
  Data = QueryData,
  Key extends QueryKey = QueryKey,
>({
  requirement,
  ...given
}: StepUpQueryOptions<QueryData, Failure, Data, Key>): StepUpQueryResult<Data, Failure> {
  const client = useClient('useStepUpQuery')
  const queryClient = useQueryClient()
  const stable = useStable(requirement)
  const { fresh, reason } = useFreshness(stable)
  const cache = queryClient.getQueryCache()
  const { enabled = true, retry = 3, queryHash } = queryClient.defaultQueryOptions(given)
  const options: UseQueryOptions<QueryData, Failure, Data, Key> = {
    ...given,
    enabled: fresh ? enabled : false,
    retry: (count, error) => mayRetry(retry, count, error),
    ...WITHOUT_A_TRACE,
  }

  useEffect(() => {
    protect(queryClient)
    keepSecret(queryHash)
    const forget = () => {
      const query = cache.get(queryHash)
      if (query?.state.data !== undefined || query?.state.fetchStatus === 'fetching') query.reset()
    }
    // Nobody has watched over what was there before the first of these, or is after the last.
    if (count(queryHash, 1) === 1 && cache.get(queryHash)?.state.data !== undefined) forget()
    let person = client.getAuthentication()
    const look = () => {
      const now = client.getAuthentication()
      const other = person && now && !samePerson(person, now)
      person = now ?? person
      if (!client.getFreshness(stable).fresh) forget()
      else if (other) {
        void queryClient.resetQueries({ predicate: (query) => query.queryHash === queryHash })
      }
    }
    look()
    const stops = [
      client.subscribeFreshness(stable, look),
      client.subscribeAuthentication(look),
      cache.subscribe(({ query }) => {
        if (query.queryHash === queryHash) look()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      count(queryHash, -1)
      // StrictMode is back at once.
      queueMicrotask(() => {
        const query = cache.get(queryHash)
        if (count(queryHash, 0) > 0 || !query) return
        query.reset()
        if (query.getObserversCount() === 0) cache.remove(query)
      })
    }
  }, [cache, client, queryClient, queryHash, stable])

  const query = useQuery(options)
  const { refetch } = query
  // In the call, so that a refusal of the API is answered like any other.
  const reveal = useCallback(async () => {
    const { data, error } = cache.get(queryHash)?.state ?? {}
    // Becoming fresh may have brought it already, and nobody reveals it twice for one press.
    if (error || data === undefined) await refetch({ throwOnError: true, cancelRefetch: false })
  }, [cache, queryHash, refetch])
  const { verify, error } = useVerify(stable, reveal)
  // A timer that is late must not show what has lapsed, nor a `select` what it made of it.
  const shown = fresh && cache.get(queryHash)?.state.data !== undefined
  return { query: shown ? query : withoutData(query), fresh, reason, verify, error }
}

/** How many components have it on the page. */
const mounted = new Map<string, number>()
function count(queryHash: string, change: number): number {
  const now = (mounted.get(queryHash) ?? 0) + change
  mounted.set(queryHash, now)
  return now
}

/** Also where the app's defaults would keep or bring back what was there. */
const WITHOUT_A_TRACE: object = {
  gcTime: 0,
  initialData: undefined,
  persister: undefined,
  placeholderData: undefined,
}

function withoutData<Data, Failure>(
  query: UseQueryResult<Data, Failure>,
): UseQueryResult<Data, Failure> {
  if (query.data === undefined) return query
  const pending = { data: undefined, status: 'pending', isPending: true, isSuccess: false }
  return { ...query, ...pending } as UseQueryResult<Data, Failure>
}
