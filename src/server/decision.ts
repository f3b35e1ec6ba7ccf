import type { Authentication } from '../core/authentication.js'
import type { Challenge } from '../core/challenge.js'
import type { Requirement } from '../core/requirement.js'
import type { RefusalReason, StepUpReason } from './errors.js'

/** What the guard decided, for the audit log. It never holds the token. */
export interface Decision {
  readonly allowed: boolean
  /** `null`: none, or it was not decided yet (a function decides once it is known who asks). */
  readonly requirement: Requirement | null
  /** The policy's name, where the requirement was given by name. */
  readonly policy?: string
  /** Whose request it was. Where allowed: the re-authentication (issuer, subject, sessionId, authTime) that met the requirement. */
  readonly authentication?: Authentication
  /** Where refused. */
  readonly reason?: RefusalReason
  /** Seconds since the epoch, the guard's clock. */
  readonly at: number
}

const otherEvidence = (claim: string): string =>
  `The access token carries no usable ${claim}, so nothing shows how the person authenticated. ` +
  'Evidence that would: token introspection, or an ID token bound to this access token by sub and at_hash'

const unknownInSession = (member: string): string =>
  `The session has no usable ${member}, so nothing shows how the person authenticated`

/** The demand that answers an unmet requirement (RFC 9470 3). */
export function challengeFor(
  requirement: Requirement,
  reason: StepUpReason,
  { acr }: Authentication,
  source: 'access token' | 'session',
): Challenge {
  const token = source === 'access token'
  const noAcr = token ? otherEvidence('acr') : unknownInSession('acr')
  const descriptions = {
    stale: 'More recent authentication is required',
    no_auth_time: token ? otherEvidence('auth_time') : unknownInSession('authTime'),
    acr: acr === undefined ? noAcr : 'A different authentication level is required',
    used: 'This authentication was used before, and this action takes one of its own',
    impersonated: 'Whoever acts for another person cannot prove to be that person',
  }
  return { scheme: 'Bearer', ...requirement, description: descriptions[reason] }
}
