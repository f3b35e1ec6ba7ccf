import { Router } from 'express'
import { secondsOf } from '../idp/age.js'
import { outboxPage, type Outbox } from '../idp/outbox.js'
import type { Clock } from './clock.js'

/** What a demo and its tests may do with the backend's clock, and what a mailbox would show. */
export function clockAndOutbox({ clock, outbox }: { clock: Clock; outbox: Outbox }) {
  const router = Router()

  /** Sets the clock forward. */
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
