import {
  MutationCache,
  QueryClient,
  QueryClientProvider,
  useMutationState,
} from '@tanstack/react-query'
import type { DefaultOptions } from '@tanstack/react-query'
import { persistQueryClientSave } from '@tanstack/react-query-persist-client'
import { cleanup, configure } from '@testing-library/react'
import type { ReactNode } from 'react'
import { StrictMode } from 'react'
import { afterEach, beforeEach, vi } from 'vitest'
import * as v from 'valibot'
import type { RunContext, StepUpClient } from 'react-step-up'
import { createStepUpClient, defineAction, formatChallenge, StepUpProvider } from 'react-step-up'
import { connectQuery } from 'react-step-up/query'
import {
  completeStepUp,
  createFakeAdapter,
  createFakeClock,
  createFakeEnvironment,
} from 'react-step-up/testing'
import type { FakeEnvironment } from 'react-step-up/testing'
import { until } from '../patience.js'

configure({ asyncUtilTimeout: 10_000 })
afterEach(cleanup)

// What is waited for is what can be seen, and not React.
beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false })
})

export const challenged = (): Response =>
  new Response(null, {
    status: 401,
    headers: { 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', maxAge: 60 }) },
  })

/** Somebody signed in an hour ago, with a list of projects, in an app with TanStack Query. */
export function setUp({ mutations = {}, queries = {} }: DefaultOptions = {}) {
  const clock = createFakeClock()
  const environment = createFakeEnvironment({ clock, url: 'https://app.test/projects' })
  const adapter = createFakeAdapter({ clock })
  adapter.offered = [adapter.password]
  adapter.age(3600)
  const run = vi.fn<(variables: { id: string }, context: RunContext) => unknown>(({ id }) => ({
    deleted: id,
  }))
  const deleteProject = defineAction({
    id: 'project.delete',
    requirement: 300,
    schema: v.object({ id: v.string() }),
    run: async (variables, context) => (await run(variables, context)) as { deleted: string },
    describe: ({ id }) => `Delete ${id}`,
  })
  const changePin = defineAction({
    id: 'pin.change',
    requirement: 300,
    schema: v.object({ pin: v.string() }),
    secret: ['pin'],
    run: async () => 'changed',
    describe: () => 'Change the PIN',
  })

  /** What is loaded with a page: both clients, and whoever uses them. */
  function open(page: FakeEnvironment = environment) {
    const client = createStepUpClient({
      adapter,
      actions: [deleteProject, changePin],
      environment: page,
    })
    const errors = vi.fn<(error: Error) => void>()
    const queryClient = new QueryClient({
      defaultOptions: { mutations, queries },
      mutationCache: new MutationCache({ onError: (error) => errors(error) }),
    })
    const connect = () => connectQuery(client, queryClient)
    connect()
    return { client, queryClient, connect, errors, wrapper: around(client, queryClient) }
  }

  return {
    adapter,
    clock,
    environment,
    deleteProject,
    changePin,
    run,
    open,
    ...open(),
    /** A call leaves the page, the person proves it, and the next page is loaded. */
    async comeBack() {
      adapter.offered = [adapter.trip]
      const before = open()
      const stop = before.client.start()
      before.client
        .requireFreshAuth()(deleteProject, { id: 'apollo' })
        .catch(() => undefined)
      await completeStepUp(before.client)
      stop()
      clock.advance(5)
      adapter.signInAtProvider()
      return open(environment.reload(adapter.returnUrl()))
    },
  }
}

export const around = (client: StepUpClient, queryClient: QueryClient) =>
  function Wrapper({ children }: { readonly children?: ReactNode }) {
    return (
      <StrictMode>
        <StepUpProvider client={client}>
          <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
        </StepUpProvider>
      </StrictMode>
    )
  }

/** What any other part of the app sees of the mutations of an action. */
export function Log({ action }: { readonly action: { readonly mutationKey: readonly unknown[] } }) {
  const states = useMutationState({
    filters: { mutationKey: action.mutationKey },
    select: ({ state: { status, variables } }) => `${status} ${JSON.stringify(variables)}`,
  })
  return <output aria-label="Mutations">{states.join(', ')}</output>
}

/** Where the person is asked; resolves when they are. */
export const asked = (client: StepUpClient) => until(() => client.getState().status === 'prompting')

/** What a persister is given to write. */
export async function written(
  queryClient: QueryClient,
  dehydrateOptions?: object,
): Promise<string> {
  const persistClient = vi.fn()
  await persistQueryClientSave({
    // The persister brings a copy of TanStack Query of its own, so only the types differ.
    queryClient: queryClient as never,
    persister: { persistClient, restoreClient: () => undefined, removeClient: () => undefined },
    ...(dehydrateOptions && { dehydrateOptions }),
  })
  return JSON.stringify(persistClient.mock.calls)
}
