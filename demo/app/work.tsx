import { useMutationState, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useAuthentication } from 'react-step-up'
import { isCancelled } from 'react-step-up/query'
import { stepUp } from './step-up.js'

/** What is under way, also what came back from a trip, and how the last of it ended. */
export function Work() {
  useForgetting()
  const all = useMutationState({
    filters: { mutationKey: ['step-up'] },
    select: ({ options, state: { variables, status, error } }) => ({
      label: labelOf(options.mutationKey?.[1], variables),
      end: status === 'success' ? 'done' : isCancelled(error) ? 'given up' : 'not done',
      pending: status === 'pending',
    }),
  })
  const pending = all.filter((one) => one.pending)
  const last = all.findLast((one) => !one.pending)
  return (
    <div className="work">
      <p role="status" aria-label="Under way">
        {pending.length > 0 && `Working on: ${pending.map(({ label }) => label).join(', ')}`}
      </p>
      {pending.length === 0 && last && (
        <p data-end={last.end}>
          {last.label}: {last.end}
        </p>
      )}
    </div>
  )
}

/** What somebody did is nothing for who comes after them in the same page. */
function useForgetting(): void {
  const queryClient = useQueryClient()
  const subject = useAuthentication()?.subject
  useEffect(() => () => queryClient.getMutationCache().clear(), [queryClient, subject])
}

const labelOf = (id: unknown, variables: unknown) =>
  stepUp.actions.find((action) => action.id === id)?.describe(variables as never) ?? ''
