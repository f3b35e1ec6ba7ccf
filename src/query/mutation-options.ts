import type { MutationFunctionContext, UseMutationOptions } from '@tanstack/react-query'
import type { Action } from '../core/action.js'
import type { StepUpClient } from '../core/client.js'
import type { StepUpError } from '../core/errors.js'
import { isStepUpError } from '../core/errors.js'
import type { Retry } from './retry.js'
import { mayRetry } from './retry.js'
import { hasSecret } from './secrets.js'

/** Options of `useStepUpMutation`: those of `useMutation`, and a signal. */
export interface StepUpMutationOptions<Variables, Data, Context = unknown> extends Omit<
  UseMutationOptions<Data, Error, Variables, Context>,
  'mutationFn' | 'mutationKey'
> {
  /** Gives up what waits: it rejects with `aborted`, and a run is passed it. */
  readonly signal?: AbortSignal
}

/** One request of the person, over the retries of its mutation. */
interface Attempt {
  readonly requestId: string
  refused?: StepUpError
}
/** TanStack Query makes one context for all retries of a mutation. */
const attempts = new WeakMap<MutationFunctionContext, Attempt>()

/**
 * Options for `useMutation`, `mutationOptions` and `MutationObserver` that run an action through the
 * client: the mutation is pending while the person confirms, and ends in a `StepUpError` where they do
 * not. A `StepUpError` is never retried; a retry after another error keeps its `requestId`.
 *
 * @example
 * const mutation = useMutation(stepUpMutationOptions(stepUp, deleteProject))
 */
export function stepUpMutationOptions<Variables, Data, Context = unknown>(
  client: Pick<StepUpClient, 'requireFreshAuth'>,
  action: Action<Variables, Data>,
  { signal, retry, ...options }: StepUpMutationOptions<Variables, Data, Context> = {},
) {
  let inherited: Retry = 0
  return {
    // What was typed leaves the cache with the component that shows it.
    ...(hasSecret(action) && { gcTime: 0 }),
    ...options,
    mutationKey: action.mutationKey,
    async mutationFn(variables: Variables, context: MutationFunctionContext): Promise<Data> {
      inherited = retryOf(context)
      const attempt = attempts.get(context) ?? { requestId: randomId() }
      attempts.set(context, attempt)
      if (attempt.refused) throw attempt.refused
      const run = client.requireFreshAuth() as (...args: readonly unknown[]) => Promise<Data>
      try {
        return await run(action, variables, { signal, requestId: attempt.requestId })
      } catch (error) {
        // Options that are spread over these may bring a `retry` of their own.
        if (isStepUpError(error)) attempt.refused = error
        throw error
      }
    },
    retry: (count: number, error: Error) => mayRetry(retry ?? inherited, count, error),
  }
}

const retryOf = ({ client, mutationKey = [] }: MutationFunctionContext): Retry =>
  client.getMutationDefaults(mutationKey).retry ?? client.getDefaultOptions().mutations?.retry ?? 0

const randomId = () => crypto.getRandomValues(new BigUint64Array(2)).join('-')
