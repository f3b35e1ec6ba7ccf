/** One challenge of a `WWW-Authenticate` value; scheme and parameter names in lower case. */
export interface AuthChallenge {
  readonly scheme: string
  readonly params: ReadonlyMap<string, string>
}

// Every pattern is a single class, so a match costs its own length and cannot backtrack.
const TOKEN = /[!#$%&'*+.^_`|~\w-]+/y
const TOKEN68 = /[\w.~+/-]+/y
const PADDING = /=+/y
const SPACE = /[ \t]+/y
const SEPARATORS = /[ \t,]+/y
// Wider than RFC 9110's token: servers send `acr_values=urn:mfa` and URLs without quotes.
const UNQUOTED = /[!#-+\--[\]-~]+/y
const QUOTED_TEXT = /[\t -!#-[\]-~\u0080-\uffff]+/y
const QUOTED_PAIR = /[\t -~\u0080-\uffff]/y

/**
 * Reads RFC 9110 11.6.1 in linear time. `null` where any part of the value is malformed: what is
 * read after a fault might be a parameter of somebody else's challenge.
 */
export function parseWwwAuthenticate(header: string): readonly AuthChallenge[] | null {
  const challenges: AuthChallenge[] = []
  let at = 0

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const match = pattern.exec(header)?.[0] ?? ''
    at += match.length
    return match
  }
  const atBoundary = (): boolean => {
    take(SPACE)
    return at === header.length || header[at] === ','
  }
  const quoted = (): string | null => {
    at += 1
    for (let text = ''; ;) {
      text += take(QUOTED_TEXT)
      const end = header[at]
      at += 1
      if (end === '"') return text
      const escaped = end === '\\' ? take(QUOTED_PAIR) : ''
      if (escaped === '') return null
      text += escaped
    }
  }
  const parameter = (params: Map<string, string>): boolean => {
    const name = take(TOKEN).toLowerCase()
    take(SPACE)
    if (name === '' || header[at] !== '=' || params.has(name)) return false
    at += 1
    take(SPACE)
    const value = header[at] === '"' ? quoted() : take(UNQUOTED) || null
    if (value === null) return false
    params.set(name, value)
    return atBoundary()
  }
  const token68 = (): boolean => {
    const start = at
    const text = take(TOKEN68)
    take(PADDING)
    if (text !== '' && atBoundary()) return true
    at = start
    return false
  }

  // Parameters of the challenge being read; `null` while there is none that may have any.
  let params: Map<string, string> | null = null
  for (;;) {
    take(SEPARATORS)
    if (at === header.length) return challenges
    const start = at
    const scheme = take(TOKEN).toLowerCase()
    const spaced = take(SPACE) !== ''
    if (header[at] === '=') {
      at = start
    } else {
      if (scheme === '') return null
      params = new Map()
      challenges.push({ scheme, params })
      if (atBoundary() || (spaced && token68())) {
        params = null
        continue
      }
    }
    if (params === null || !parameter(params)) return null
  }
}

/** An RFC 9110 5.6.4 quoted-string; `text` holds printable ASCII only. */
export const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`
