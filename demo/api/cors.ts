import type { RequestHandler } from 'express'

/**
 * Lets the app's origin, and no other, read the API. It exposes no header of its own: that the page
 * can read a challenge is the guard's doing.
 */
export const allowOrigin =
  (appOrigin: string): RequestHandler =>
  (req, res, next) => {
    res.vary('Origin')
    if (req.get('Origin') === appOrigin) res.set('Access-Control-Allow-Origin', appOrigin)
    if (req.method !== 'OPTIONS') {
      next()
      return
    }
    res.set('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
    res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Idempotency-Key')
    res.status(204).end()
  }

/** For what changes the demo itself. Browsers name the origin of every request that could do so. */
export const refuseOtherOrigins =
  (appOrigin: string): RequestHandler =>
  (req, res, next) => {
    const origin = req.get('Origin')
    if (origin === undefined || origin === appOrigin) next()
    else res.status(403).json({ error: 'forbidden' })
  }
