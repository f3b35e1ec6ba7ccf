/** @throws TypeError for whatever is not written as an origin is. */
export function checkOrigins(origins: readonly string[]): readonly string[] {
  for (const origin of origins) {
    const found = attempt(() => new URL(origin).origin)
    const isWeb = found !== null && /^https?:/.test(found)
    if (isWeb && found === origin) continue
    const instead = isWeb ? found : 'https://api.example.com'
    throw new TypeError(
      `origins: "${origin}" is not an origin, so nothing would match it. Write "${instead}".`,
    )
  }
  return origins
}

export const originOf = (url: string): string => new URL(url).origin

/** Where a request goes; `null` where only fetch itself can tell, or refuse it. */
export function targetOf(input: RequestInfo | URL, page: URL | null): string | null {
  if (input instanceof Request) return input.url
  if (typeof input !== 'string' && !(input instanceof URL)) return null
  const absolute = attempt(() => new URL(input).href)
  if (absolute !== null || !page) return absolute
  // A browser knows the document's base; elsewhere a Request takes nothing relative.
  return attempt(() => new Request(input).url) ?? attempt(() => new URL(input, page).href)
}

function attempt(run: () => string): string | null {
  try {
    return run()
  } catch {
    return null
  }
}
