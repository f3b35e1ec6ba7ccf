import type { TripReturn } from './adapter.js'
import { defined } from './defined.js'

/** What a provider put into the address, in its query or its fragment; `null` where there is no `state`. */
export function readAnswer(url: URL): URLSearchParams | null {
  if (url.searchParams.has('state')) return url.searchParams
  const fragment = new URLSearchParams(url.hash.slice(1))
  return fragment.has('state') ? fragment : null
}

/** The `state` and the error of an answer. A parameter that comes twice makes it void (RFC 6749 3.1). */
export function readTripReturn(
  url: URL,
  ours: (state: string) => string = (state) => state,
): TripReturn | null {
  const answer = readAnswer(url)
  if (!answer || ['state', 'code', 'error', 'iss'].some((name) => answer.getAll(name)[1]))
    return null
  const code = answer.get('error')
  const description = answer.get('error_description') ?? undefined
  return defined({
    state: ours(answer.get('state') ?? ''),
    error: code === null ? undefined : defined({ code, description }),
  })
}
