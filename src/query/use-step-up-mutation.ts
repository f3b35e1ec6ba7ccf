import type { UseMutationResult } from '@tanstack/react-query'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Action } from '../core/action.js'
import { useClient } from '../react/step-up-provider.js'
import type { StepUpMutationOptions } from './mutation-options.js'
import { stepUpMutationOptions } from './mutation-options.js'
import { mount } from './mounted.js'

/**
 * `useMutation` for an action: pending while the person confirms; a cancel rejects with the code
 * `cancelled` and runs `onError`, so that optimistic updates roll back. With `connectQuery`, what comes
 * back from a trip runs with these options too, so let callbacks go by their `variables`.
 *
 * @example
 * const { mutate, isPending } = useStepUpMutation(deleteProject, { onSuccess: refresh })
 */
export function useStepUpMutation<Variables, Data, Context = unknown>(
  action: Action<Variables, Data>,
  options: StepUpMutationOptions<Variables, Data, Context> = {},
): UseMutationResult<Data, Error, Variables, Context> {
  const client = useClient('useStepUpMutation')
  const queryClient = useQueryClient()
  const all = stepUpMutationOptions(client, action, options)
  useEffect(() => mount({ queryClient, id: action.id, options: all }))
  return useMutation<Data, Error, Variables, Context>(all)
}
