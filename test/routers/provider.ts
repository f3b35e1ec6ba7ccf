// A sign-in page on another origin, as small as one can be: it asks, and sends people back.
import { randomUUID } from 'node:crypto'
import express from 'express'
import type { Request, Response } from 'express'
import { UnsecuredJWT } from 'jose'
import { listenOnLoopback } from '../../demo/loopback.js'

const ISSUER = 'https://id.test'
const now = () => Math.floor(Date.now() / 1000)

const tokenOf = (subject: string, authTime: number) =>
  new UnsecuredJWT({ auth_time: authTime })
    .setIssuer(ISSUER)
    .setSubject(subject)
    .setIssuedAt(now())
    .encode()

export function startProvider(port: number) {
  const codes = new Map<string, string>()
  const app = express()
  app.disable('x-powered-by')
  app.use((_req, res, next) => {
    res.set('Access-Control-Allow-Origin', '*')
    next()
  })

  app.get('/authorize', (req, res) => {
    const choices = ['ada', 'bob', ''].map((as) => {
      const query = new URLSearchParams({ ...(req.query as Record<string, string>), as })
      const says = as === '' ? 'Cancel' : `Sign in as ${as}`
      return `<a href="/answer?${query.toString().replaceAll('&', '&amp;')}">${says}</a>`
    })
    const head = '<!doctype html><title>Sign in</title><link rel="icon" href="data:,">'
    res.send(`${head}<h1>Who are you?</h1>${choices.join(' ')}`)
  })
  app.get('/answer', sendBack)
  app.get('/token', (req, res) => {
    const { code = '' } = req.query as Record<string, string>
    const subject = codes.get(code)
    codes.delete(code)
    if (subject === undefined) res.status(400).json({ error: 'invalid_grant' })
    else res.json({ idToken: tokenOf(subject, now()) })
  })
  // Where the apps of these tests begin: somebody has signed in an hour ago.
  app.get('/hour-old', (_req, res) => {
    res.json({ idToken: tokenOf('ada', now() - 3600) })
  })

  function sendBack(req: Request, res: Response): void {
    const { redirect_uri, state, as } = req.query as Record<string, string>
    const url = new URL(redirect_uri ?? '')
    const code = randomUUID()
    if (as) {
      codes.set(code, as)
      url.searchParams.set('code', code)
    } else url.searchParams.set('error', 'access_denied')
    url.searchParams.set('state', state ?? '')
    url.searchParams.set('iss', ISSUER)
    res.redirect(url.href)
  }
  return listenOnLoopback(app, port)
}
