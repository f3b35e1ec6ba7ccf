import express, { type ErrorRequestHandler, type Router } from 'express'
import {
  createFreshAuthGuard,
  createMemorySingleUse,
  type FreshAuthGuard,
  type SessionGuardOptions,
  type TokenGuardOptions,
} from 'react-step-up/server'
import { policies } from '../policies.js'
import { AuditLog, evidence } from './audit.js'
import { isSignal } from './risk.js'
import { resources } from './routes.js'

/** What the guard goes by: access tokens of a provider, or a session of the app's own. */
export type Evidence =
  Pick<TokenGuardOptions, 'issuer' | 'audience'> | Pick<SessionGuardOptions, 'authenticate' | 'now'>

/** What the guard of the console goes by, whatever its evidence. */
type Rules = Pick<SessionGuardOptions, 'policies' | 'singleUse' | 'onDecision'>

export interface GuardedApi {
  readonly router: Router
  readonly guard: FreshAuthGuard
  readonly audit: AuditLog
}

/** The console's API, the same for every kind of evidence, or for a guard of its own. `onReset`: what else begins anew. */
export function createApi(
  given: Evidence | ((rules: Rules) => FreshAuthGuard),
  onReset: () => void = () => undefined,
): GuardedApi {
  const audit = new AuditLog()
  const rules: Rules = {
    policies,
    singleUse: createMemorySingleUse('now' in given ? given.now : undefined),
    onDecision({ allowed, requirement, policy, reason, authentication, at }) {
      audit.add(
        {
          kind: 'decision',
          // Without a policy's name it is the limit that one of the demo's switches has set.
          action: policy ?? 'project.delete',
          allowed,
          requirement,
          ...(reason !== undefined && { reason }),
          ...(authentication && { authentication: evidence(authentication) }),
        },
        new Date(at * 1000).toISOString(),
      )
    },
  }
  const guard =
    typeof given === 'function' ? given(rules) : createFreshAuthGuard({ ...given, ...rules })
  const acme = resources(guard, audit)

  const router = express.Router()
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.use(express.json({ limit: '10kb' }))
  router.get('/audit', audit.list)
  router.get('/audit/stream', audit.stream)
  router.post('/demo/reset', (_req, res) => {
    acme.reset()
    audit.clear()
    onReset()
    res.status(204).end()
  })
  router.post('/demo/strict', (req, res) => {
    const { seconds } = (req.body ?? {}) as { seconds?: unknown }
    try {
      acme.limitDeletion(seconds as number)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      res.status(400).json({ error: 'invalid_seconds', error_description: error.message })
      return
    }
    res.json({ maxAge: seconds })
  })
  router.post('/demo/risk', (req, res) => {
    const { signal } = (req.body ?? {}) as { signal?: unknown }
    if (isSignal(signal)) acme.risk.note(signal)
    res.status(isSignal(signal) ? 204 : 400).end()
  })
  router.get('/demo/deletions', (_req, res) => {
    res.json({ deletions: acme.deletions() })
  })
  router.use(acme.router)
  router.use((_req, res) => {
    res.status(404).json({ error: 'not_found' })
  })
  router.use(onError)
  return { router, guard, audit }
}

export const onError: ErrorRequestHandler = (error: { status?: number }, _req, res, next) => {
  if (res.headersSent) {
    next(error)
    return
  }
  const status = error.status ?? 500
  if (status >= 500) console.error('The API failed', error)
  res.status(status).json({ error: status >= 500 ? 'server_error' : 'invalid_request' })
}
