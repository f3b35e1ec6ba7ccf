import type { TripReturn } from './adapter.js'

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
  if (!answer || PARAMETERS.some((name) => answer.getAll(name).length > 1)) return null
  const code = answer.get('error')
  const description = answer.get('error_description')
  return {
    state: ours(answer.get('state') ?? ''),
    ...(code !== null && {
      error: { code, ...(description !== null && { description }) },
    }),
  }
}

/** The path of an address, without a provider's answer in it. */
export function cleanPath(url: URL): string {
  const clean = new URL(url)
  for (const name of PARAMETERS) clean.searchParams.delete(name)
  const inFragment = new URLSearchParams(clean.hash.slice(1)).has('state')
  // Two slashes would start the name of another host.
  return clean.pathname.replace(/^\/+/, '/') + clean.search + (inFragment ? '' : clean.hash)
}

const PARAMETERS = [
  'code',
  'state',
  'iss',
  'session_state',
  'error',
  'error_description',
  'error_uri',
]
