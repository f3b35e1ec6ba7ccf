import { Router } from 'express'
import { createMemoryAttempts } from 'react-step-up/server'
import { findPersonByEmail } from './people.js'
import type { State } from './state.js'

/** Sign-ins that may be begun for one address, within seconds: each of them can have a code mailed. */
const most = 20
const window = 900

/** The beginning of a session and its end; between them, the verification handler is mounted. */
export function signInRoutes({ clock, sessions, signIns }: State) {
  const router = Router()
  const begun = createMemoryAttempts(clock.now)

  router.post('/sign-in', async (req, res) => {
    const { email } = (req.body ?? {}) as { email?: unknown }
    if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email.trim())) {
      res.status(400).json({ error: 'invalid_email' })
      return
    }
    const address = email.trim().toLowerCase()
    const { count, endsIn } = await begun.count(address, window)
    if (count > most) {
      const retryAfter = Math.ceil(endsIn)
      res.status(429).set('Retry-After', String(retryAfter)).json({ error: 'locked', retryAfter })
      return
    }
    const userId = findPersonByEmail(address)?.id
    signIns.end(req.get('Cookie'))
    res.append('Set-Cookie', signIns.begin({ email: address, userId }))
    res.status(204).end()
  })

  router.post('/sign-out', (req, res) => {
    res.append('Set-Cookie', sessions.end(req.get('Cookie')))
    res.status(204).end()
  })
  return router
}
