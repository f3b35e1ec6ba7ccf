import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { Router, type Request } from 'express'
import type { FreshAuthGuard } from 'react-step-up/server'
import { anyAuth, authenticationOf, freshAuth } from 'react-step-up/server/express'
import { evidence, type AuditLog } from '../api/audit.js'
import { findPerson } from './people.js'
import type { State } from './state.js'

/** A person's passkeys: what they confirm with from then on, so a new one takes a fresh sign-in. */
export function passkeyRoutes(
  { challenges, origin, passkeys }: State,
  guard: FreshAuthGuard,
  audit: AuditLog,
) {
  const router = Router()
  const rpID = new URL(origin).hostname

  router.get('/passkeys', anyAuth(guard), (_req, res) => {
    const { subject } = authenticationOf(res)
    const count = passkeys.get(subject)?.length ?? 0
    res.json({ count, missing: count === 0 && findPerson(subject)?.method === 'passkey' })
  })

  router.post('/passkeys/options', freshAuth(guard, 'passkey.add'), async (_req, res) => {
    const { subject, sessionId = '', account } = authenticationOf(res)
    const options = await generateRegistrationOptions({
      ...{ rpName: 'Acme Console', rpID },
      userID: new TextEncoder().encode(subject),
      userName: account?.loginHint ?? subject,
      userDisplayName: account?.name ?? subject,
      excludeCredentials: (passkeys.get(subject) ?? []).map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    })
    challenges.set(sessionId, options.challenge)
    res.json(options)
  })

  router.post('/passkeys', freshAuth(guard, 'passkey.add'), async (req: Request, res) => {
    const authentication = authenticationOf(res)
    const { subject, sessionId = '' } = authentication
    const expectedChallenge = challenges.take(sessionId)
    const result =
      expectedChallenge === undefined
        ? undefined
        : await verifyRegistrationResponse({
            response: req.body as RegistrationResponseJSON,
            ...{ expectedChallenge, expectedOrigin: origin, expectedRPID: rpID },
            requireUserVerification: true,
            // It throws for whatever is wrong with the answer.
          }).catch(() => undefined)
    if (!result?.verified) {
      res.status(400).json({ error: 'invalid_passkey' })
      return
    }
    passkeys.set(subject, [...(passkeys.get(subject) ?? []), result.registrationInfo.credential])
    audit.add({
      ...{ kind: 'action', action: 'passkey.add', summary: 'Added a passkey' },
      authentication: evidence(authentication),
    })
    res.status(201).json({ count: passkeys.get(subject)?.length })
  })
  return router
}
