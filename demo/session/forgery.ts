import type { RequestHandler } from 'express'

const harmless = new Set(['GET', 'HEAD'])

/**
 * A cookie comes along whoever sends the request, and every port of localhost is the same site to
 * SameSite. So whatever changes something has to be JSON, which no form can send, from a page of ours.
 */
export const refuseForgeries =
  (origin: string): RequestHandler =>
  (req, res, next) => {
    const site = req.get('Sec-Fetch-Site')
    const own = site === undefined ? req.get('Origin') === origin : site === 'same-origin'
    const json = /^application\/json\s*(;|$)/i.test(req.get('Content-Type') ?? '')
    if (harmless.has(req.method) || (own && json)) next()
    else res.status(403).json({ error: 'forbidden' })
  }

/** A page on the web can point a name of its own at this machine: it gets nothing of ours by it. */
export const refuseOtherNames =
  (origin: string): RequestHandler =>
  (req, res, next) => {
    if (req.get('Host') === new URL(origin).host) next()
    else if (harmless.has(req.method)) res.redirect(`${origin}/`)
    else res.status(403).json({ error: 'forbidden' })
  }
