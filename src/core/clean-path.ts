const PARAMETERS = [
  'code',
  'state',
  'iss',
  'session_state',
  'error',
  'error_description',
  'error_uri',
]

/** The path of an address, without a provider's answer in it. */
export function cleanPath(url: URL): string {
  const clean = new URL(url)
  for (const name of PARAMETERS) clean.searchParams.delete(name)
  const inFragment = new URLSearchParams(clean.hash.slice(1)).has('state')
  // Two slashes would start the name of another host.
  return clean.pathname.replace(/^\/+/, '/') + clean.search + (inFragment ? '' : clean.hash)
}
