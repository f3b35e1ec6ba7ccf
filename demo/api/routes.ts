import { Router, type Response } from 'express'
import type { FreshAuthGuard, RequirementInput } from 'react-step-up/server'
import { anyAuth, authenticationOf, freshAuth } from 'react-step-up/server/express'
import { evidence, type AuditLog } from './audit.js'
import { mask, newKey, seed } from './data.js'
import { Idempotency, type Answer } from './idempotency.js'
import { payoutRoutes } from './payouts.js'
import { Risk } from './risk.js'

const notFound: Answer = { status: 404, body: { error: 'not_found' } }

/** The console's resources. Reading takes a token; what would hurt takes a fresh authentication. */
export function resources(guard: FreshAuthGuard, audit: AuditLog) {
  const router = Router()
  const idempotency = new Idempotency()
  let data = seed()
  const risk = new Risk()
  let limit: RequirementInput = 'project.delete'

  const done = (res: Response, action: string, summary: string): void => {
    audit.add({ kind: 'action', action, summary, authentication: evidence(authenticationOf(res)) })
  }
  const shown = () => data.apiKeys.map(({ id, name, key }) => ({ id, name, masked: mask(key) }))

  router.get('/projects', anyAuth(guard), (_req, res) => {
    res.json({ projects: data.projects })
  })
  router.delete(
    '/projects/:id',
    // What the console asks by is a hint; this decides, for each request.
    freshAuth(guard, () => risk.requirement(limit)),
    idempotency.once((req, res) => {
      const project = data.projects.find(({ id }) => id === req.params.id)
      if (!project) return notFound
      data.projects = data.projects.filter((other) => other !== project)
      data.deletions.push(project.id)
      risk.settle()
      done(res, 'project.delete', `Deleted project ${project.name}`)
      return { body: { deleted: project } }
    }),
  )

  router.get('/api-keys', anyAuth(guard), (_req, res) => {
    res.json({ apiKeys: shown() })
  })
  router.post('/api-keys/:id/reveal', freshAuth(guard, 'api-key.reveal'), (req, res) => {
    const apiKey = data.apiKeys.find(({ id }) => id === req.params.id)
    if (!apiKey) {
      res.status(404).json(notFound.body)
      return
    }
    done(res, 'api-key.reveal', `Revealed API key ${apiKey.name}`)
    res.json({ id: apiKey.id, key: apiKey.key })
  })
  router.post(
    '/api-keys/:id/rotate',
    freshAuth(guard, 'api-key.rotate'),
    idempotency.once((req, res) => {
      const apiKey = data.apiKeys.find(({ id }) => id === req.params.id)
      if (!apiKey) return notFound
      apiKey.key = newKey()
      done(res, 'api-key.rotate', `Rotated API key ${apiKey.name}`)
      return { body: { id: apiKey.id, key: apiKey.key } }
    }),
  )

  router.get('/billing', anyAuth(guard), (_req, res) => {
    res.json({ billing: data.billing })
  })
  router.put('/billing', freshAuth(guard, 'billing.update'), (req, res) => {
    const { email, plan } = (req.body ?? {}) as { email?: unknown; plan?: unknown }
    if (typeof email !== 'string' || !['Free', 'Team', 'Enterprise'].includes(String(plan))) {
      res.status(400).json({ error: 'invalid_billing' })
      return
    }
    data.billing = { ...data.billing, email, plan: String(plan) }
    done(res, 'billing.update', `Set billing to ${String(plan)}, ${email}`)
    res.json({ billing: data.billing })
  })
  router.put('/billing/card', freshAuth(guard, 'billing.update'), (req, res) => {
    const { number } = (req.body ?? {}) as { number?: unknown }
    if (typeof number !== 'string' || !/^\d{12,19}$/.test(number)) {
      res.status(400).json({ error: 'invalid_card' })
      return
    }
    data.billing = { ...data.billing, card: `•••• ${number.slice(-4)}` }
    done(res, 'billing.update', `Changed the card to ${data.billing.card}`)
    res.json({ billing: data.billing })
  })

  router.use(payoutRoutes({ guard, idempotency, data: () => data.payouts, done }))

  return {
    router,
    reset() {
      data = seed()
      limit = 'project.delete'
      risk.settle()
      idempotency.clear()
    },
    deletions: () => data.deletions,
    /** Deletes projects only for authentications this young. Throws a TypeError for a strange age. */
    limitDeletion(seconds: number) {
      guard.for(seconds)
      limit = seconds
    },
    risk,
  }
}
