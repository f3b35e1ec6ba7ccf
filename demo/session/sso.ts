import { randomUUID } from 'node:crypto'
import { Router, type Response } from 'express'
import { userOf } from '../idp/arrivals.js'
import { ExpiringMap } from '../idp/expiring-map.js'
import type { Federation } from '../idp/federation.js'
import { findPerson } from './people.js'
import type { State } from './state.js'
import type { Reauthentication } from './verification.js'

/** Somebody who is at the company now. */
interface Departure {
  /** The session or the sign-in that they left from. */
  readonly browser: string
  /** What the page waits for, where it is a step-up. */
  readonly state: string | undefined
}

/** Signing in at the company, and being asked again there. */
export function ssoRoutes(
  { sessions, signIns }: State,
  federation: Federation,
  onReauthenticated: (event: Reauthentication) => void,
) {
  const router = Router()
  const departures = new ExpiringMap<Departure>(15 * 60_000)

  router.get('/sso', async (req, res) => {
    const cookies = req.get('Cookie')
    const state = typeof req.query.state === 'string' ? req.query.state : undefined
    const browser = state === undefined ? signIns.of(cookies) : sessions.of(cookies)
    const email =
      browser && ('email' in browser ? browser.email : findPerson(browser.userId)?.email)
    if (!browser || email === undefined || !federation.covers(email)) {
      back(res, state, 'login_required')
      return
    }
    const uid = randomUUID()
    departures.set(uid, { browser: browser.id, state })
    try {
      // Whoever is to confirm is asked now, whatever age would do: a sign-in that the company had for
      // somebody else's sake in between proves nothing to us.
      res.redirect(303, await federation.leave(uid, email, state === undefined ? undefined : 0))
    } catch {
      back(res, state, 'temporarily_unavailable')
    }
  })

  router.get('/sso/callback', async (req, res) => {
    const answer = new URL(req.originalUrl, 'http://localhost').searchParams
    const uid = federation.interactionOf(answer)
    const departure = departures.get(uid ?? '')
    const cookies = req.get('Cookie')
    const [session, signIn] = [sessions.of(cookies), signIns.of(cookies)]
    const browser = departure?.state === undefined ? signIn : session
    if (uid === undefined || !departure || browser?.id !== departure.browser) {
      back(res, undefined, 'expired')
      return
    }
    const { state } = departure
    const arrived = (await federation.arrive(uid, answer)) ?? { error: 'expired' }
    if ('error' in arrived) {
      back(res, state, arrived.error)
      return
    }
    const { authTime } = arrived
    // Whoever was sent there, and nobody else: in a session, the person that it is of.
    const userId = userOf(arrived)?.id
    if (userId === undefined) {
      back(res, state, 'access_denied')
    } else if (session && state !== undefined) {
      session.authTime = authTime
      const { id: sessionId } = session
      onReauthenticated({ kind: 'reauthentication', userId, sessionId, method: 'sso', authTime })
      back(res, state)
    } else {
      sessions.end(cookies)
      res.append('Set-Cookie', signIns.end(cookies))
      res.append('Set-Cookie', sessions.begin({ userId, authTime }))
      back(res)
    }
  })
  return router
}

/** To the page that waits for `state`, or to where people sign in. */
function back(res: Response, state?: string, error?: string): void {
  const answer = new URLSearchParams({
    ...(state !== undefined && { state }),
    ...(error !== undefined && { error }),
  })
  const page = state !== undefined ? '/callback' : error === undefined ? '/' : '/sign-in'
  res.set('Cache-Control', 'no-store')
  res.redirect(303, answer.size > 0 ? `${page}?${answer.toString()}` : page)
}
