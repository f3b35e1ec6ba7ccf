import express, { Router, type RequestHandler } from 'express'
import type { SessionRequest } from 'supertokens-node/framework/express'
import { verifySession } from 'supertokens-node/recipe/session/framework/express'
import { secondsOf } from '../idp/age.js'
import type { Outbox } from '../idp/outbox.js'
import { clockAndOutbox } from '../session/clock-and-outbox.js'
import type { Clock } from '../session/clock.js'

/** What a demo and its tests may do with time, and what a mailbox would show. */
export function demoRoutes(state: { clock: Clock; outbox: Outbox }) {
  const router = Router()
  router.use(express.json({ limit: '1kb' }))

  /** Moves the sign-in of this session into the past. */
  router.post('/age', verifySession() as RequestHandler, async (req: SessionRequest, res) => {
    const seconds = secondsOf(req.body)
    if (seconds === undefined || !req.session) {
      res.status(400).json({ error: 'seconds_must_be_a_positive_integer' })
      return
    }
    const { auth_time = Math.floor(Date.now() / 1000) } = req.session.getAccessTokenPayload() as {
      auth_time?: number
    }
    await req.session.mergeIntoAccessTokenPayload({ auth_time: auth_time - seconds })
    res.json({ auth_time: auth_time - seconds })
  })

  // That of codes and tries; not that of sign-ins.
  router.use(clockAndOutbox(state))
  return router
}
