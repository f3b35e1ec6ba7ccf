// What callers may write, and what they may not. A program of its own: an app registers one table of
// policies, and the demo has registered another.
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import {
  createStepUpClient,
  defineAction,
  definePolicies,
  FreshAuthGate,
  isStepUpError,
  StepUpProvider,
  useAuthentication,
  useFreshness,
  useRequireFreshAuth,
  useResumed,
  useStepUp,
} from 'react-step-up'
import type { Action, AuthAdapter, Outcome, RequireFreshAuth, StepUpState } from 'react-step-up'

export const policies = definePolicies({
  'billing.update': 300,
  'account.delete': { maxAge: 60, acrValues: ['urn:mfa'] },
})
declare module 'react-step-up' {
  interface Register {
    policies: typeof policies
  }
}

const deleteProject = defineAction({
  id: 'project.delete',
  requirement: 'account.delete',
  schema: v.object({ id: v.string() }),
  run: async ({ id }, { signal, requestId, resumed }) => ({
    deleted: id,
    aborted: signal.aborted,
    requestId,
    resumed,
  }),
  describe: ({ id }) => `Delete ${id}`,
})
interface Deleted {
  deleted: string
  aborted: boolean
  requestId: string
  resumed: boolean
}
expectTypeOf(deleteProject).toEqualTypeOf<Action<{ id: string }, Deleted>>()

const transfer = defineAction({
  id: 'transfer',
  requirement: ({ amount }) => (amount > 100 ? 60 : null),
  schema: z.object({ amount: z.coerce.number<string>() }),
  run: ({ amount }) => Promise.resolve(amount.toFixed()),
  describe: () => '',
})
expectTypeOf(transfer).toEqualTypeOf<Action<{ amount: string }, string>>()

const bare = defineAction({ id: 'x', requirement: 300, run: async () => 7, describe: () => 'x' })
expectTypeOf(bare).toEqualTypeOf<Action<void, number>>()

const changePassword = defineAction({
  id: 'password.change',
  requirement: 300,
  secret: ['password'],
  schema: v.object({ user: v.string(), password: v.string() }),
  run: () => undefined,
  describe: ({ user }) => user,
})

// @ts-expect-error unknown policy
defineAction({ id: 'x', requirement: 'nope', run: async () => 7, describe: () => 'x' })
// @ts-expect-error empty requirement
defineAction({ id: 'x', requirement: {}, run: async () => 7, describe: () => 'x' })
// @ts-expect-error no level at all
defineAction({ id: 'x', requirement: { acrValues: [] }, run: async () => 7, describe: () => 'x' })
defineAction({
  id: 'x',
  requirement: 300,
  // @ts-expect-error a secret that is no variable
  secret: ['pasword'],
  schema: v.object({ password: v.string() }),
  run: () => undefined,
  describe: () => '',
})
// @ts-expect-error an action is described
defineAction({ id: 'x', requirement: 300, run: async () => 7 })

export const stepUp = createStepUpClient({
  adapter: {} as AuthAdapter,
  policies,
  actions: [deleteProject, transfer, bare, changePassword],
})
// @ts-expect-error a look-alike, not made by defineAction
createStepUpClient({ adapter: {} as AuthAdapter, actions: [{ id: 'x' }] })

export function useCalls() {
  const requireFreshAuth = useRequireFreshAuth(300)
  useRequireFreshAuth()
  useRequireFreshAuth('billing.update')
  useRequireFreshAuth({ maxAge: 300, acrValues: ['a'] })
  // @ts-expect-error wrong policy
  useRequireFreshAuth('billing.updat')

  const resumed = (outcome: Outcome<Deleted>, variables: { id: string }) => {
    if ('data' in outcome) expectTypeOf(outcome.data.deleted + variables.id).toBeString()
    else expectTypeOf(outcome.error).toEqualTypeOf<unknown>()
  }
  useResumed(deleteProject, resumed)
  useResumed(deleteProject, (outcome, variables) => {
    expectTypeOf(outcome).toEqualTypeOf<Outcome<Deleted>>()
    expectTypeOf(variables).toEqualTypeOf<{ id: string }>()
  })

  const freshness = useFreshness('billing.update')
  expectTypeOf(freshness.fresh).toEqualTypeOf<boolean>()
  const known = freshness.reason === 'stale' || freshness.reason === null
  // @ts-expect-error no such reason
  const unknown = freshness.reason === 'old'
  // @ts-expect-error unknown policy
  useFreshness('nope')

  const authTime = useAuthentication()?.authTime
  expectTypeOf(authTime).toEqualTypeOf<number | undefined>()

  const { state, submit, leave } = useStepUp()
  void submit({ password: 'x' })
  leave('tab')
  leave('popup')
  // @ts-expect-error neither a tab nor a window
  leave('frame')
  return { requireFreshAuth, known, unknown, label: label(state) }
}

export async function call(requireFreshAuth: RequireFreshAuth) {
  expectTypeOf(requireFreshAuth()).toEqualTypeOf<Promise<void>>()
  const later = await requireFreshAuth(async () => 5)
  expectTypeOf(later).toEqualTypeOf<number>()
  const now = await requireFreshAuth(() => 'sync', { signal: AbortSignal.timeout(1) })
  expectTypeOf(now).toEqualTypeOf<string>()
  const response = await requireFreshAuth(async ({ signal }) => fetch('/', { signal }))
  expectTypeOf(response).toEqualTypeOf<Response>()
  const deleted = await requireFreshAuth(deleteProject, { id: 'a' })
  expectTypeOf(deleted).toEqualTypeOf<Deleted>()
  const seven = await requireFreshAuth(bare)
  expectTypeOf(seven).toEqualTypeOf<number>()
  const given = await requireFreshAuth(bare, undefined, { signal: AbortSignal.timeout(1) })
  expectTypeOf(given).toEqualTypeOf<number>()
  const sent = await requireFreshAuth(transfer, { amount: '3' })
  expectTypeOf(sent).toEqualTypeOf<string>()
  // @ts-expect-error variables missing
  void requireFreshAuth(deleteProject)
  // @ts-expect-error wrong variables
  void requireFreshAuth(deleteProject, { id: 3 })
  // @ts-expect-error what the schema takes, not what it gives
  void requireFreshAuth(transfer, { amount: 3 })
  // @ts-expect-error no action, no function
  void requireFreshAuth('project.delete')
  // Compiles as an event handler, so it must throw a TypeError at run time: it would get the event.
  const click: (event: MouseEvent) => void = requireFreshAuth
  return click
}

export function Page() {
  return (
    <StepUpProvider client={stepUp}>
      <FreshAuthGate
        requirement="billing.update"
        fallback={({ reason, verify }) => <button onClick={verify}>{reason}</button>}
      >
        secret
      </FreshAuthGate>
      {/* @ts-expect-error unknown policy */}
      <FreshAuthGate requirement="nope" fallback={() => null}>
        secret
      </FreshAuthGate>
    </StepUpProvider>
  )
}

export function label(state: StepUpState): string {
  switch (state.status) {
    case 'idle':
      return ''
    case 'prompting':
      return (
        state.waiting[0].label ??
        state.methods
          .map((method) => (method.type === 'code' ? method.channel : method.type))
          .join()
      )
    case 'verifying':
    case 'leaving':
      return state.method.id
    case 'returning':
    case 'confirming':
    case 'resuming':
    case 'resumed':
      return state.returnTo
    case 'failed':
      return state.error.code
    default:
      return state satisfies never
  }
}

export function told(error: unknown): string {
  if (!isStepUpError(error)) return ''
  switch (error.code) {
    case 'cancelled':
      return error.reason ?? ''
    case 'locked':
      return String(error.retryAfter)
    // @ts-expect-error no such code
    case 'unknown_code':
      return ''
    default:
      return error.code
  }
}
