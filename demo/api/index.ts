import express, { type ErrorRequestHandler } from 'express'
import { createFreshAuthGuard, createMemorySingleUse } from 'react-step-up/server'
import { listenOnLoopback } from '../loopback.js'
import type { ReauthenticatedEvent } from '../idp/reauthentication.js'
import { policies } from '../policies.js'
import { AuditLog, evidence } from './audit.js'
import { allowOrigin, refuseOtherOrigins } from './cors.js'
import { resources } from './routes.js'

export type { AuditEntry } from './audit.js'

export interface ApiOptions {
  /** 0 takes any free port. */
  port: number
  /** Where the console is served, e.g. `http://localhost:4400`. */
  appOrigin: string
  issuer: string
  /** `aud` of the access tokens. */
  audience: string
}

export interface Api {
  readonly origin: string
  /** Takes the provider's news of a re-authentication into the audit log. */
  record(event: ReauthenticatedEvent): void
  close(): Promise<void>
}

/** Starts the demo's API on `http://localhost:<port>`, reachable from here only. */
export async function startApi({ port, appOrigin, issuer, audience }: ApiOptions): Promise<Api> {
  const audit = new AuditLog()
  const guard = createFreshAuthGuard({
    issuer,
    audience,
    policies,
    singleUse: createMemorySingleUse(),
    onDecision({ allowed, requirement, policy, reason, authentication, at }) {
      audit.add(
        {
          kind: 'decision',
          // Without a policy's name it is the limit that /demo/strict has set.
          action: policy ?? 'project.delete',
          allowed,
          requirement,
          ...(reason !== undefined && { reason }),
          ...(authentication && { authentication: evidence(authentication) }),
        },
        new Date(at * 1000).toISOString(),
      )
    },
  })
  const acme = resources(guard, audit)

  const demo = express.Router()
  demo.use(refuseOtherOrigins(appOrigin))
  demo.post('/reset', (_req, res) => {
    acme.reset()
    audit.clear()
    res.status(204).end()
  })
  demo.post('/strict', (req, res) => {
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
  demo.get('/deletions', (_req, res) => {
    res.json({ deletions: acme.deletions() })
  })

  const onError: ErrorRequestHandler = (error: { status?: number }, _req, res, next) => {
    if (res.headersSent) {
      next(error)
      return
    }
    const status = error.status ?? 500
    if (status >= 500) console.error('The API failed', error)
    res.status(status).json({ error: status >= 500 ? 'server_error' : 'invalid_request' })
  }

  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(allowOrigin(appOrigin), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  app.use(express.json({ limit: '10kb' }))
  app.get('/audit', audit.list)
  app.get('/audit/stream', audit.stream)
  app.use('/demo', demo)
  app.use(acme.router)
  app.use((_req, res) => {
    res.status(404).json({ error: 'not_found' })
  })
  app.use(onError)

  const listening = await listenOnLoopback(app, port)
  return {
    origin: `http://localhost:${listening.port}`,
    record({ userId, sessionId, method, authTime, at }) {
      audit.add({ kind: 'reauthentication', userId, sessionId, method, authTime }, at)
    },
    close: () => listening.close(),
  }
}
