import type { MutationFunctionContext, UseMutationOptions } from '@tanstack/react-query'
import type { Action } from '../core/action.js'
import { definitionOf } from '../core/action.js'
import type { Authentication } from '../core/authentication.js'
import { samePerson } from '../core/authentication.js'
import { wrongAccount } from '../core/call.js'
import type { StepUpClient } from '../core/client.js'
import type { StepUpError } from '../core/errors.js'
import { isStepUpError } from '../core/errors.js'
import type { Retry } from './retry.js'
import { mayRetry } from './retry.js'

/** Options of `useStepUpMutation`: those of `useMutation`, and a signal. */
export interface StepUpMutationOptions<Variables, Data, Context = unknown> extends Omit<
  UseMutationOptions<Data, Error, Variables, Context>,
  'mutationFn' | 'mutationKey'
> {
  /** Gives up what waits: it rejects with `aborted`, and a run is passed it. */
  readonly signal?: AbortSignal | undefined
}

type Whole<Variables, Data, Context> = UseMutationOptions<Data, Error, Variables, Context>
type MutationOptions<Variables, Data, Context> = Whole<Variables, Data, Context> &
  Required<Pick<Whole<Variables, Data, Context>, 'mutationFn' | 'mutationKey'>>

/** What of the client is used. */
type Client = Pick<StepUpClient, 'getAuthentication' | 'requireFreshAuth'>

/** One request of the person, over the retries of its mutation, and while it waits for a network. */
interface Attempt {
  readonly requestId: string
  asker: Authentication | null
  refused?: StepUpError
}
/** TanStack Query makes one context for all that a mutation calls. */
const attempts = new WeakMap<MutationFunctionContext, Attempt>()

function attemptOf(client: Client, context: MutationFunctionContext): Attempt {
  const attempt = attempts.get(context) ?? {
    requestId: crypto.getRandomValues(new BigUint64Array(2)).join('-'),
    asker: client.getAuthentication(),
  }
  attempts.set(context, attempt)
  return attempt
}

/**
 * Options for `useMutation`, `mutationOptions` and `MutationObserver` that run an action through the
 * client: the mutation is pending while the person confirms, and ends in a `StepUpError` where they do
 * not. A `StepUpError` is never retried; a retry after another error keeps its `requestId`.
 *
 * @example
 * const mutation = useMutation(stepUpMutationOptions(stepUp, deleteProject))
 */
export function stepUpMutationOptions<Variables, Data, Context = unknown>(
  client: Client,
  action: Action<Variables, Data>,
  { signal, retry, onMutate, ...options }: StepUpMutationOptions<Variables, Data, Context> = {},
): MutationOptions<Variables, Data, Context> {
  let inherited: Retry = 0
  return {
    // What was typed leaves the cache soon after the component that shows it.
    ...(definitionOf(action)?.secret && { gcTime: 1000 }),
    ...options,
    mutationKey: action.mutationKey,
    onMutate(variables: Variables, context: MutationFunctionContext) {
      attemptOf(client, context)
      const own = onMutate ?? (defaultsOf(context).onMutate as typeof onMutate)
      return own?.(variables, context) as Context | Promise<Context>
    },
    async mutationFn(variables: Variables, context: MutationFunctionContext): Promise<Data> {
      inherited = defaultsOf(context).retry ?? 0
      const attempt = attemptOf(client, context)
      // Options that are spread over these may bring a `retry` of their own.
      if (attempt.refused) throw attempt.refused
      const now = client.getAuthentication()
      attempt.asker ??= now
      const run = client.requireFreshAuth() as (...args: readonly unknown[]) => Promise<Data>
      try {
        if (attempt.asker && now && !samePerson(attempt.asker, now)) throw wrongAccount()
        return await run(action, variables, { signal, requestId: attempt.requestId })
      } catch (error) {
        if (isStepUpError(error)) attempt.refused = error
        throw error
      }
    },
    retry: (count: number, error: Error) => mayRetry(retry ?? inherited, count, error),
  }
}

/** What the app has for all mutations, or for this one. */
const defaultsOf = ({ client, mutationKey = [] }: MutationFunctionContext) => ({
  ...client.getDefaultOptions().mutations,
  ...client.getMutationDefaults(mutationKey),
})
