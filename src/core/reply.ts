import type { AuthAdapter, Reply } from './adapter.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import { challengeRequirement } from './challenge.js'
import { challengeIn, refusalIn } from './challenge-from.js'
import type { Context } from './context.js'
import { readStream } from './fetch-read.js'
import { limited } from './limit.js'
import { wrongAccount } from './call.js'
import { askedAgain } from './refusals.js'
import type { Requirement } from './requirement.js'
import { toRequirement } from './requirement.js'

/** What the server asks for, seen from this page. */
export interface Demand {
  readonly requirement: Requirement
  /** A proof came while the request was under way: it answers this challenge too. */
  readonly answered: boolean
  /** This page thought it met: only a newer authentication is an answer. */
  readonly advance: boolean
}

/** The request that was challenged. */
export interface Sent {
  /** Who was signed in when it was sent; `null`: nobody, or that was not known yet. */
  readonly sentAs: Authentication | null
  /** It has had its step-up already. */
  readonly challenged: boolean
}

// A challenge is some hundred bytes.
const LONGEST_BODY = 65_536

/**
 * What the server demands in what a run gave back or threw; `null` where there is no challenge in it.
 * Leaves the caller's Response unread.
 *
 * @throws StepUpError `wrong_account`, `still_stale`
 */
export async function readDemand(
  value: unknown,
  { sentAs, challenged }: Sent,
  context: Context,
  signal = new AbortController().signal,
): Promise<Demand | null> {
  const requirement = await requirementIn(value, context, signal).catch(() => null)
  if (!requirement) return null
  const { session } = context
  await session.ready()
  const now = session.authentication()
  // Sent again it would be done in another person's name.
  if (sentAs && now && !samePerson(sentAs, now)) throw wrongAccount()
  if (challenged) throw askedAgain()
  const met = session.unmet(requirement) === null
  const answered = met && sentAs !== null && sentAs.authTime !== now?.authTime
  return { requirement, answered, advance: met && requirement.maxAge !== undefined }
}

async function requirementIn(
  value: unknown,
  { adapter, environment, limits }: Context,
  signal: AbortSignal,
): Promise<Requirement | null> {
  const refusal = refusalIn(value)
  const header = refusal?.headers.get('WWW-Authenticate') ?? null
  const plain = challengeIn(value, refusal)
  if (plain) return challengeRequirement(plain)
  if (!refusal) return null
  if (header !== null && !adapter.readChallenge) return null
  const { unread } = refusal
  const body = unread
    ? // A body that never ends is one that says nothing.
      await limited(environment.clock, limits.network, signal, (inner) => bodyOf(unread, inner))
    : refusal.body
  const reply: Reply = { status: refusal.status, headers: refusal.headers, body }
  const challenge = unread && challengeIn(null, { ...reply, unread: null })
  return challenge ? challengeRequirement(challenge) : foreignDemand(reply, adapter)
}

/** What a vendor's reader makes of a reply; where it fails or asks for the impossible, an ordinary refusal. */
function foreignDemand(reply: Reply, adapter: AuthAdapter): Requirement | null {
  const requirement = adapter.readChallenge?.(reply) ?? null
  return requirement && toRequirement(requirement)
}

async function bodyOf(response: Response, signal: AbortSignal): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (response.bodyUsed || !/\bjson\b/i.test(type)) return null
  const copy = response.clone()
  try {
    // Some polyfills know no streams; what they have is in memory already.
    const { body } = copy as { readonly body?: Response['body'] }
    const read = body ? await readStream(body, LONGEST_BODY, signal) : copy
    return read && (JSON.parse(await read.text()) as unknown)
  } catch {
    return null
  }
}
