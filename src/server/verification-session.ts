import type { Authentication } from '../core/authentication.js'
import { readSession } from './session.js'
import { Refused } from './verification-answer.js'
import type { CheckedVerification } from './verification-options.js'

/** Who confirms. Nothing of it comes from the body or the address of the request. */
export interface Session {
  readonly request: Request
  readonly authentication: Authentication
  /** What codes, challenges and first steps are bound to. */
  readonly binding: readonly [issuer: string, subject: string, sessionId: string]
}

/** @throws Refused where nobody is signed in; TypeError where the session has no id. */
export async function sessionOf(
  { authenticate }: CheckedVerification,
  request: Request,
): Promise<Session> {
  const authentication = await readSession(authenticate, request)
  if (!authentication) throw new Refused('signed_out')
  const { issuer, subject, sessionId } = authentication
  if (sessionId === undefined) {
    throw new TypeError(
      '`authenticate` gave no `sessionId`: codes are bound to a session. Give its id, or a hash of it.',
    )
  }
  return { request, authentication, binding: [issuer, subject, sessionId] }
}
