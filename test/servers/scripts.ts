// What providers really do, as scripts.
import type { Twist } from './http.js'
import type { Provider, Tokens } from './provider.js'
import { reclaim, refusal } from './provider.js'

type Authorize = Twist<URLSearchParams, URLSearchParams>
type Token = Twist<URLSearchParams, Tokens>

/** As if these parameters had not been sent. */
export const ignoring =
  (...names: readonly string[]): Authorize =>
  (asked, honest) => {
    const heard = new URLSearchParams(asked)
    for (const name of names) heard.delete(name)
    return honest(heard)
  }

/** Sends the person back with an error instead of a code. */
export const refusing =
  (error: string, description?: string): Authorize =>
  (asked) =>
    refusal(asked, error, description)

/** Only these requests are refused. */
export const refusingMaxAgeZero: Authorize = (asked, honest) =>
  asked.get('max_age') === '0' ? refusal(asked, 'invalid_request') : honest(asked)

/** The answer with other parameters; `null` leaves one out. */
export const answering =
  (change: Readonly<Record<string, string | null>>): Authorize =>
  async (asked, honest) => {
    const answer = new URLSearchParams(await honest(asked))
    for (const [name, value] of Object.entries(change)) {
      if (value === null) answer.delete(name)
      else answer.set(name, value)
    }
    return answer
  }

/** An ID token with other claims; `undefined` leaves one out. */
export const claiming =
  (provider: Pick<Provider, 'sign'>, change: Readonly<Record<string, unknown>>): Token =>
  async (asked, honest) =>
    reclaim(provider, await honest(asked), change)

/** Tokens with something left out. */
export const without =
  (...names: readonly (keyof Tokens)[]): Token =>
  async (asked, honest) => {
    const tokens = Object.entries(await honest(asked))
    return Object.fromEntries(
      tokens.filter(([name]) => !(names as readonly string[]).includes(name)),
    ) as unknown as Tokens
  }
