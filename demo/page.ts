import express, { type RequestHandler } from 'express'

interface Elsewhere {
  /** Origins that the console calls. */
  readonly connect?: readonly string[]
  /** Origins that it opens in a frame. */
  readonly frame?: readonly string[]
}

/** Nothing inline, nothing from elsewhere but what is named, and no page of others around it. */
export const policyFor = ({ connect = [], frame = [] }: Elsewhere = {}): string =>
  [
    "default-src 'self'",
    // The icon, which is none.
    "img-src 'self' data:",
    ["connect-src 'self'", ...connect].join(' '),
    ["frame-src 'self'", ...frame].join(' '),
    // Its own pages may: a silent sign-in ends in a hidden frame.
    "frame-ancestors 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ')

/** The built console. A single-page app: every path is the same page, /callback too. */
export function servePages(dist: string, policy: string): RequestHandler {
  const pages = express.Router()
  pages.use((_req, res, next) => {
    res.set('Content-Security-Policy', policy)
    res.set('X-Content-Type-Options', 'nosniff')
    // Codes and states are in addresses.
    res.set('Referrer-Policy', 'no-referrer')
    next()
  })
  pages.use(express.static(dist))
  pages.use((_req, res) => {
    res.sendFile(`${dist}index.html`)
  })
  return pages
}

/** The same as a server of its own. */
export function createPages(dist: string, policy: string) {
  const app = express()
  app.disable('x-powered-by')
  app.use(servePages(dist, policy))
  return app
}
