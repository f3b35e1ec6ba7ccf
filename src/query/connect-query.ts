import type { QueryClient } from '@tanstack/react-query'
import { MutationObserver } from '@tanstack/react-query'
import type { StepUpClient } from '../core/client.js'
import { protect } from './dehydrate.js'
import { stepUpMutationOptions } from './mutation-options.js'
import { mayRetry } from './retry.js'

/**
 * Joins the two clients, once, where both are made and before other defaults: the actions are mutations
 * by their `mutationKey` alone; what comes back from a trip runs as a mutation that `useMutationState`
 * shows, with the callbacks of `setMutationDefaults`; no secret and no action is dehydrated.
 *
 * @example
 * connectQuery(stepUp, queryClient)
 */
export function connectQuery(client: StepUpClient, queryClient: QueryClient): void {
  // For all at once, so that an app's own defaults for one of them keep the rest.
  queryClient.setMutationDefaults(['step-up'], {
    mutationFn(variables: unknown, context) {
      const id = context.mutationKey?.[1]
      const action = client.actions.find((action) => action.id === id)
      if (!action) return Promise.reject(new TypeError(`"${String(id)}" is not among \`actions\`.`))
      return stepUpMutationOptions(client, action).mutationFn(variables as never, context)
    },
    retry: (count, error) =>
      mayRetry(queryClient.getDefaultOptions().mutations?.retry ?? 0, count, error),
  })

  client.resumeThrough(
    (id, variables, run) =>
      new Promise((resolve, reject) => {
        const observer = new MutationObserver<unknown, Error, unknown>(queryClient, {
          mutationKey: ['step-up', id],
          mutationFn() {
            // How it ended is not for callbacks to say, which may fail or never end.
            const ran = run()
            ran.then(resolve, reject)
            return ran
          },
          // It was confirmed here and now: it waits for no network and for no other, and runs once.
          networkMode: 'always',
          scope: undefined as never,
          retry: false,
        })
        observer
          .mutate(variables)
          .catch(reject)
          .finally(() => {
            observer.reset()
          })
      }),
  )

  protect(queryClient)
}
