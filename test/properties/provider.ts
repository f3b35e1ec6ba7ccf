import type { Authentication, Trip } from 'react-step-up'
import type { Random } from './random.js'

/** How a visit at the provider ends. */
export const ENDINGS = {
  proof: 60,
  ignores: 8,
  somebodyElse: 5,
  strange: 5,
  denies: 4,
  fails: 6,
  altered: 3,
  crossed: 3,
  unread: 3,
} as const
export type Ending = keyof typeof ENDINGS

const ERRORS = [
  ...['access_denied', 'login_required', 'interaction_required', 'server_error'],
  ...['temporarily_unavailable', 'unmet_authentication_requirements', 'invalid_request', 'strange'],
]

/** What a provider says that does not do what it should: milliseconds, nothing, the future, a text. */
const STRANGE_TIMES = [undefined, 0, -5, Number.NaN, 1e20, '1800000000', null] as const

/** The provider: knows who has signed in there, and gives tokens for codes, each once. */
export function createProvider(now: () => number, random: Random) {
  let session: Pick<Authentication, 'subject' | 'authTime' | 'acr'> | null = null
  const codes = new Map<string, Authentication | null>()
  /** Their tokens get lost on the way to the page. */
  const lost = new Set<string>()
  let made = 0

  function signIn(subject: string): void {
    const acr = random.pick(['mfa', 'mfa', 'pwd', 'hwk'])
    session = { subject, authTime: Math.floor(now()), acr }
  }

  function tokens(change: object = {}): Authentication | null {
    if (!session) return null
    const issuedAt = Math.floor(now())
    return { issuer: 'https://id.test', ...session, issuedAt, ...change }
  }

  /** A provider that does as it is told signs in again only where it has to. */
  function authenticate({ maxAge, prompt }: Pick<Trip, 'maxAge' | 'prompt'>): void {
    const age = session ? now() - Number(session.authTime) : Infinity
    if (prompt === 'login' || age > (maxAge ?? Infinity)) signIn(session?.subject ?? 'ada')
  }

  /** The query that leads back. */
  function answer(trip: Trip, state: string, other: string, ending: Ending): URLSearchParams {
    if (ending === 'denies') return new URLSearchParams({ error: 'access_denied', state })
    if (ending === 'fails') return new URLSearchParams({ error: random.pick(ERRORS), state })
    if (ending === 'somebodyElse') signIn(session?.subject === 'grace' ? 'ada' : 'grace')
    else if (ending !== 'ignores') authenticate(trip)
    const odd = { authTime: random.pick(STRANGE_TIMES) }
    const code = `code-${String(++made)}`
    codes.set(code, tokens(ending === 'strange' ? odd : {}))
    if (ending === 'unread') lost.add(code)
    const said =
      ending === 'altered' ? `${state.slice(0, -1)}X` : ending === 'crossed' ? other : state
    return new URLSearchParams({ code, state: said, iss: 'https://id.test' })
  }

  return {
    signIn,
    signOut: () => void (session = null),
    tokens,
    answer,
    /** @throws Error for a code that was spent. */
    redeem(code: string): Authentication | null {
      if (!codes.has(code)) throw new Error('invalid_grant')
      const granted = codes.get(code) ?? null
      codes.delete(code)
      if (lost.has(code)) throw new Error('The connection was lost')
      return granted
    },
  }
}

export type Provider = ReturnType<typeof createProvider>
