/** Something that may hold what a server answered, as HTTP and GraphQL clients keep it. */
export interface Place {
  readonly status?: unknown
  readonly errors?: unknown
  readonly graphQLErrors?: unknown
}

const INNER = ['response', 'error', 'networkError'] as const

/** The value, and what clients keep inside of it: axios, ky and ofetch a `response`, urql and Apollo an `error`. */
export function placesIn(value: unknown, depth = 2): readonly Place[] {
  if (typeof value !== 'object' || value === null) return []
  if (depth === 0) return [value]
  const inner = (name: (typeof INNER)[number]) =>
    placesIn((value as Record<string, unknown>)[name], depth - 1)
  return [value, ...INNER.flatMap(inner)]
}

const judged = new WeakSet<object>()

/** This Response is the caller's: whether it is challenged has been decided already. */
export function setJudged(response: Response): void {
  judged.add(response)
}

/** Whether what a run gave back or threw may hold a challenge: a refusal, or errors of GraphQL. */
export function mayBeChallenged(value: unknown): boolean {
  try {
    const places = placesIn(value)
    if (places.some((place) => judged.has(place))) return false
    return places.some(
      ({ status, errors, graphQLErrors }) =>
        status === 401 || status === 403 || [errors, graphQLErrors].some(Array.isArray),
    )
  } catch {
    // A window of another origin lets nobody look.
    return false
  }
}
