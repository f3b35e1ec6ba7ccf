// What the stories of TanStack Query share: its real client on each page, and what its caches know.
import {
  onlineManager,
  QueryClient,
  QueryClientProvider,
  useMutationState,
} from '@tanstack/react-query'
import { useSyncExternalStore, type ReactNode } from 'react'
import type { Action } from 'react-step-up'
import { connectQuery, isCancelled } from 'react-step-up/query'
import type { TestStepUp } from 'react-step-up/testing'

type SetDefaults = (queryClient: QueryClient) => void
const none = () => undefined
const queryClients = new WeakMap<TestStepUp, QueryClient>()

/** Each page has one of its own: what was in memory does not survive a trip. */
export function queryClientOf(page: TestStepUp, setDefaults: SetDefaults = none): QueryClient {
  const known = queryClients.get(page)
  if (known) return known
  const queryClient = new QueryClient()
  connectQuery(page.client, queryClient)
  setDefaults(queryClient)
  queryClients.set(page, queryClient)
  return queryClient
}

interface WithQueriesProps {
  readonly page: TestStepUp
  /** What happens whoever has called. */
  readonly setDefaults?: SetDefaults
  readonly children: ReactNode
}

export const WithQueries = ({ page, setDefaults, children }: WithQueriesProps) => (
  <QueryClientProvider client={queryClientOf(page, setDefaults)}>{children}</QueryClientProvider>
)

/** What any other part of the app sees of the mutations of an action. */
export function Work<Variables>({ action }: { readonly action: Action<Variables, unknown> }) {
  const works = useMutationState({
    filters: { mutationKey: action.mutationKey },
    select: ({ state: { variables, status, isPaused, error } }) => {
      const pending = isPaused ? 'waits for the network' : 'under way'
      const failed = isCancelled(error) ? 'given up' : 'failed'
      const ends = { idle: 'not begun', pending, success: 'done', error: failed }
      return `${action.describe(variables as Variables)}: ${ends[status]}`
    },
  })
  return <output aria-label="Mutations">{works.join(', ') || 'No mutations yet'}</output>
}

/** For all pages at once, as a network is. */
export function Network() {
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  )
  return (
    <button type="button" onClick={() => onlineManager.setOnline(!online)}>
      {online ? 'Go offline' : 'Go online'}
    </button>
  )
}
