import type { QueryClient } from '@tanstack/react-query'

/** The options that a component on the page has for an action. */
export interface Mounted {
  readonly queryClient: QueryClient
  readonly id: string
  readonly options: object
}

const mounted = new Set<Mounted>()

/** Returns how to leave. */
export function mount(entry: Mounted): () => void {
  mounted.add(entry)
  return () => void mounted.delete(entry)
}

/** Those of the component that came last; none where none is there. */
export const mountedOptions = (queryClient: QueryClient, id: string): object | undefined =>
  [...mounted].filter((one) => one.queryClient === queryClient && one.id === id).at(-1)?.options
