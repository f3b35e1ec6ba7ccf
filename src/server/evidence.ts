import type { JWTPayload } from 'jose'
import type { Authentication } from '../core/authentication.js'
import { authenticationFromClaims } from '../core/claims.js'
import { createTokenVerifier } from './access-token.js'
import { readBearer } from './authorization.js'
import { GuardError, SignedOutError, VerificationUnavailableError } from './errors.js'
import { createKeySource } from './keys.js'
import {
  checkSessionOptions,
  checkTokenOptions,
  type checkOptions,
  type FreshAuthGuardOptions,
  type GuardedRequest,
} from './options.js'
import { readSession } from './session.js'

/** Who sent a request, by evidence that was verified. */
export interface Evidence {
  readonly authentication: Authentication
  readonly claims: JWTPayload
}

/** How a guard finds out who sent a request. @throws TypeError as `createFreshAuthGuard` does. */
export function createEvidence(
  options: FreshAuthGuardOptions,
  { clockTolerance, now }: ReturnType<typeof checkOptions>,
): (request: GuardedRequest) => Promise<Evidence> {
  if (options.authenticate !== undefined) {
    const authenticate = checkSessionOptions(options)
    return async (request) => {
      const authentication = await readSession(authenticate, request).catch((cause: unknown) => {
        if (cause instanceof GuardError) throw cause
        // The answer is a bare 503, and `cause` is often read by nobody.
        console.error('react-step-up: `authenticate` failed, and the request was refused.', cause)
        throw new VerificationUnavailableError('`authenticate` failed', { cause })
      })
      if (!authentication) throw new SignedOutError()
      return { authentication, claims: {} }
    }
  }
  const rules = checkTokenOptions(options)
  const keys = createKeySource(rules.issuer, rules.timeout, rules.jwks)
  const verifyToken = createTokenVerifier(
    {
      issuer: rules.issuer,
      audience: rules.audience,
      algorithms: rules.algorithms,
      typ: 'at+jwt',
      clockTolerance,
    },
    keys,
    now,
  )
  return async ({ headers }) => {
    const claims = await verifyToken(readBearer(headers.get('Authorization')))
    return { authentication: authenticationFromClaims(claims), claims }
  }
}
