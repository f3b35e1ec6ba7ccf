import type { RequestHandler } from 'express'

/** Lets the console's pages, and no others, call with their cookies and with SuperTokens' headers. */
export const allowPage =
  (appOrigin: string, headers: readonly string[]): RequestHandler =>
  (req, res, next) => {
    res.vary('Origin')
    if (req.get('Origin') === appOrigin) {
      res.set('Access-Control-Allow-Origin', appOrigin)
      res.set('Access-Control-Allow-Credentials', 'true')
    } else if (req.get('Origin') !== undefined) {
      // Cookies know no ports: whatever else runs on localhost is the same site to them.
      res.status(403).json({ error: 'forbidden' })
      return
    }
    if (req.method !== 'OPTIONS') {
      next()
      return
    }
    res.set('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
    const allowed = ['Content-Type', 'Idempotency-Key', ...headers]
    res.set('Access-Control-Allow-Headers', allowed.join(', '))
    res.status(204).end()
  }
