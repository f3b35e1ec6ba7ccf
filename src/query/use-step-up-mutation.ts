import type { UseMutationResult } from '@tanstack/react-query'
import { useMutation } from '@tanstack/react-query'
import type { Action } from '../core/action.js'
import { useClient } from '../react/step-up-provider.js'
import type { StepUpMutationOptions } from './mutation-options.js'
import { stepUpMutationOptions } from './mutation-options.js'

/**
 * `useMutation` for an action: pending while the person confirms; a cancel rejects with the code
 * `cancelled` and runs `onError`, so that optimistic updates roll back.
 *
 * @example
 * const { mutate, isPending } = useStepUpMutation(deleteProject, { onSuccess: refresh })
 */
export const useStepUpMutation = <Variables, Data, Context = unknown>(
  action: Action<Variables, Data>,
  options?: StepUpMutationOptions<Variables, Data, Context>,
): UseMutationResult<Data, Error, Variables, Context> =>
  useMutation<Data, Error, Variables, Context>(
    stepUpMutationOptions(useClient('useStepUpMutation'), action, options),
  )
