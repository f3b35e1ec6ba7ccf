// What TypeScript infers of react-step-up/query, and what it must refuse.
import type { UseMutationResult } from '@tanstack/react-query'
import { mutationOptions, MutationObserver, QueryClient, useMutation } from '@tanstack/react-query'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { createStepUpClient, defineAction } from 'react-step-up'
import type { AuthAdapter, StepUpError } from 'react-step-up'
import {
  connectQuery,
  shouldDehydrateMutation,
  shouldDehydrateQuery,
  stepUpMutationOptions,
  useStepUpMutation,
  useStepUpQuery,
} from 'react-step-up/query'
import { policies } from './usage.test-d.js'

const remove = defineAction({
  id: 'project.delete',
  requirement: 300,
  schema: v.object({ id: v.string() }),
  run: async ({ id }) => ({ deleted: id }),
  describe: ({ id }) => `Delete ${id}`,
})
const ping = defineAction({ id: 'ping', requirement: 300, run: () => 7, describe: () => 'Ping' })
const adapter = null! as AuthAdapter
const client = createStepUpClient({ adapter, policies, actions: [remove, ping] })
const queryClient = new QueryClient({
  defaultOptions: { dehydrate: { shouldDehydrateMutation, shouldDehydrateQuery } },
})
connectQuery(client, queryClient)

export function Mutations() {
  const plain = useStepUpMutation(remove)
  expectTypeOf(plain).toEqualTypeOf<UseMutationResult<{ deleted: string }, Error, { id: string }>>()
  plain.mutate({ id: 'apollo' })
  // @ts-expect-error no variables
  plain.mutate()
  // @ts-expect-error other variables
  plain.mutate({ id: 3 })

  useStepUpMutation(remove, {
    onMutate: ({ id }) => ({ before: [id] }),
    onError: (error, { id }, context) => {
      expectTypeOf(error).toEqualTypeOf<Error>()
      expectTypeOf(context).toEqualTypeOf<{ before: string[] } | undefined>()
      return id
    },
    onSuccess: ({ deleted }, { id }) => [deleted, id],
    retry: 2,
    signal: AbortSignal.timeout(1),
  })
  // @ts-expect-error the action is the function
  useStepUpMutation(remove, { mutationFn: () => Promise.resolve() })
  // @ts-expect-error no action of any kind
  useStepUpMutation(() => 7)

  const { mutate, data } = useStepUpMutation(ping)
  mutate()
  expectTypeOf(data).toEqualTypeOf<number | undefined>()

  const options = stepUpMutationOptions(client, remove, { onSuccess: ({ deleted }) => deleted })
  const same = useMutation(options)
  expectTypeOf(same.data).toEqualTypeOf<{ deleted: string } | undefined>()
  same.mutate({ id: 'apollo' })
  useMutation(mutationOptions(options)).mutate({ id: 'apollo' })
  useMutation({ ...options, onSuccess: (result) => result.deleted }).mutate({ id: 'apollo' })
  void new MutationObserver(queryClient, options).mutate({ id: 'apollo' })
}

export function Queries() {
  const { query, fresh, reason, verify, error } = useStepUpQuery({
    queryKey: ['key', 'ci'] as const,
    queryFn: async ({ queryKey: [, id], signal }) => ({ key: id, aborted: signal.aborted }),
    requirement: 120,
  })
  expectTypeOf(query.data).toEqualTypeOf<{ key: 'ci'; aborted: boolean } | undefined>()
  expectTypeOf(fresh).toEqualTypeOf<boolean>()
  expectTypeOf(error).toEqualTypeOf<StepUpError | null>()
  expectTypeOf(verify).toEqualTypeOf<() => Promise<void>>()
  if (query.isSuccess) void query.data.key.toUpperCase()
  switch (reason) {
    case null:
    case 'loading':
    case 'unknown':
    case 'signed_out':
    case 'stale':
    case 'no_auth_time':
    case 'acr':
      break
    default:
      reason satisfies never
  }
  const selected = useStepUpQuery({
    queryKey: ['key'],
    queryFn: async () => ({ key: 'x' }),
    select: ({ key }) => key.length,
    requirement: { maxAge: 60, acrValues: ['mfa'] },
  })
  expectTypeOf(selected.query.data).toEqualTypeOf<number | undefined>()
  const queryFn = async () => 'x'
  useStepUpQuery({ queryKey: ['key'], queryFn, requirement: 'billing.update' })
  // @ts-expect-error no such policy
  useStepUpQuery({ queryKey: ['key'], queryFn, requirement: 'billing.updat' })
  // @ts-expect-error no requirement
  useStepUpQuery({ queryKey: ['key'], queryFn })
  // @ts-expect-error a requirement of nothing
  useStepUpQuery({ queryKey: ['key'], queryFn, requirement: {} })
  // @ts-expect-error what is kept cannot lapse
  useStepUpQuery({ queryKey: ['key'], queryFn, requirement: 60, gcTime: 1000 })
  // @ts-expect-error nor what is there before it is asked for
  useStepUpQuery({ queryKey: ['key'], queryFn, requirement: 60, initialData: 'x' })
}
