import { secondsOf } from '../idp/age.js'
import { clockAndOutbox } from './clock-and-outbox.js'
import type { State } from './state.js'

/** What a demo and its tests may do with time, and what a mailbox would show. */
export function demoRoutes(state: State) {
  const router = clockAndOutbox(state)

  /** Moves the sign-in of this browser's session into the past. */
  router.post('/age', (req, res) => {
    const seconds = secondsOf(req.body)
    const session = state.sessions.of(req.get('Cookie'))
    if (seconds === undefined) {
      res.status(400).json({ error: 'seconds_must_be_a_positive_integer' })
    } else if (!session) {
      res.status(401).json({ error: 'no_session' })
    } else {
      session.authTime -= seconds
      res.json({ auth_time: session.authTime })
    }
  })
  return router
}
