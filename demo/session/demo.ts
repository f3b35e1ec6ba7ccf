import { Router } from 'express'
import { secondsOf } from '../idp/age.js'
import { outboxPage } from '../idp/outbox.js'
import type { State } from './state.js'

/** What a demo and its tests may do with time, and what a mailbox would show. */
export function demoRoutes({ clock, outbox, sessions }: State) {
  const router = Router()

  /** Moves the sign-in of this browser's session into the past. */
  router.post('/age', (req, res) => {
    const seconds = secondsOf(req.body)
    const session = sessions.of(req.get('Cookie'))
    if (seconds === undefined) {
      res.status(400).json({ error: 'seconds_must_be_a_positive_integer' })
    } else if (!session) {
      res.status(401).json({ error: 'no_session' })
    } else {
      session.authTime -= seconds
      res.json({ auth_time: session.authTime })
    }
  })

  /** Sets the backend's clock forward. */
  router.post('/clock', (req, res) => {
    const seconds = secondsOf(req.body)
    if (seconds === undefined) {
      res.status(400).json({ error: 'seconds_must_be_a_positive_integer' })
      return
    }
    clock.pass(seconds)
    res.json({ now: Math.floor(clock.now()) })
  })

  router.get('/outbox', (_req, res) => {
    res.type('html').send(outboxPage(outbox, 'Acme Console').markup)
  })
  return router
}
