import { fileURLToPath } from 'node:url'
import express, { type RequestHandler } from 'express'
import { verification } from 'react-step-up/server/express'
import { createApi, onError } from '../api/api.js'
import { Federation } from '../idp/federation.js'
import { openOrigin } from '../loopback.js'
import { refuseForgeries, refuseOtherNames } from './forgery.js'
import { demoRoutes } from './demo.js'
import { passkeyRoutes } from './passkeys.js'
import { signInRoutes } from './sign-in.js'
import { ssoRoutes } from './sso.js'
import { createState } from './state.js'
import { createVerification, type Reauthentication } from './verification.js'

export interface Backend {
  readonly origin: string
  /** Where the company's own provider sends people back to. */
  readonly ssoCallback: string
  close(): Promise<void>
}

export interface BackendOptions {
  /** 0 takes any free port. */
  port: number
  /** The company's own provider, where people with its email sign in. */
  upstream: string
  /** Serves the console's pages. */
  pages?: (origin: string) => RequestHandler
}

/** Starts the console with a session of its own, all on one origin, reachable from here only. */
export async function startBackend({ port, upstream, pages }: BackendOptions): Promise<Backend> {
  const { origin, serve, close } = await openOrigin(port)
  const ssoCallback = `${origin}/auth/sso/callback`

  const state = createState(origin)
  const federation = new Federation(upstream, ssoCallback)
  const covers = (email: string) => federation.covers(email)
  const begin = () => ({
    proofs: createVerification(state, covers, record),
    signIn: signInRoutes(state),
  })
  let parts = begin()
  const { audit, guard, router } = createApi(
    {
      authenticate: ({ headers }) => state.authenticationOf(headers.get('Cookie')),
      now: state.clock.now,
    },
    () => {
      state.reset()
      // With them go the tries and codes that they have counted.
      parts = begin()
    },
  )
  function record(event: Reauthentication): void {
    audit.add(event, new Date(state.clock.now() * 1000).toISOString())
  }

  const auth = express.Router()
  auth.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  auth.use(express.json({ limit: '20kb' }))
  auth.use((req, res, next) => parts.signIn(req, res, next))
  auth.use(
    '/step-up',
    verification((request) => parts.proofs.stepUp(request)),
  )
  auth.use(
    '/sign-in',
    verification((request) => parts.proofs.signIn(request)),
  )
  auth.use(ssoRoutes(state, federation, record))
  auth.use(passkeyRoutes(state, guard, audit))
  auth.use((_req, res) => {
    res.status(404).json({ error: 'not_found' })
  })

  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(refuseOtherNames(origin), refuseForgeries(origin))
  app.use('/auth', auth)
  app.use('/demo', express.json({ limit: '1kb' }), demoRoutes(state))
  app.use('/api', router)
  app.get('/styles.css', (_req, res) => {
    res.sendFile(fileURLToPath(new URL('../idp/styles.css', import.meta.url)))
  })
  if (pages) app.use(pages(origin))
  app.use(onError)
  serve(app)
  return { origin, ssoCallback, close }
}
