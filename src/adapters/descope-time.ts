import type { Claims } from '../core/claims.js'

/** `null`: its step-up took place before anybody here looked. */
type Seen = readonly [issuer: unknown, subject: unknown, at: number | null]

/** In the storage of all tabs, as the tokens are: what one of them saw proved, all can go by. */
const KEY = 'react-step-up.descope'
let kept: Seen | null = null

function load(): Seen | null {
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Seen | null
  } catch {
    // This page remembers by itself.
  }
  return kept
}

function save(seen: Seen): void {
  kept = seen
  try {
    localStorage.setItem(KEY, JSON.stringify(seen))
  } catch {
    // As above.
  }
}

/** These are what a step-up was answered with: it took place when they were made. */
export function rememberStepUp({ iss, sub, iat, su }: Claims): void {
  if (su === true) save([iss, sub, Number(iat)])
}

/**
 * When the person stepped up, in seconds on Descope's clock: `undefined` where they did not, or nobody
 * here saw when. The token does not say, and a refresh makes one with a later `iat`: the first counts,
 * until a step-up of our own.
 *
 * @param begins the token before this one, for the same person, was not stepped up
 */
export function stepUpTimeOf({ iss, sub, iat, su }: Claims, begins = false): number | undefined {
  if (su !== true) return undefined
  const seen = load()
  const known = seen?.[0] === iss && seen?.[1] === sub ? seen : null
  const at = known ? known[2] : begins ? Number(iat) : null
  if (!known) save([iss, sub, at])
  return at === null ? undefined : Math.min(at, Number(iat))
}
