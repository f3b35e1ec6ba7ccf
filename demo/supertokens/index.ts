import { fileURLToPath } from 'node:url'
import express, { type RequestHandler } from 'express'
import {
  createMemoryAttempts,
  createMemoryVerificationStore,
  type GuardedRequest,
} from 'react-step-up/server'
import { expressRequest, verification } from 'react-step-up/server/express'
import {
  createSupertokensGuard,
  createSupertokensVerification,
} from 'react-step-up/server/supertokens'
import supertokens from 'supertokens-node'
import { errorHandler, middleware, type SessionRequest } from 'supertokens-node/framework/express'
import EmailPassword from 'supertokens-node/recipe/emailpassword'
import Passwordless from 'supertokens-node/recipe/passwordless'
import { verifySession } from 'supertokens-node/recipe/session/framework/express'
import ThirdParty from 'supertokens-node/recipe/thirdparty'
import { createApi, onError } from '../api/api.js'
import { Outbox } from '../idp/outbox.js'
import { openOrigin } from '../loopback.js'
import type { Clock } from '../session/clock.js'
import { allowPage } from './cors.js'
import { demoRoutes } from './demo.js'
import { initSupertokens } from './sdk.js'

export interface SupertokensBackend {
  readonly origin: string
  close(): Promise<void>
}

export interface SupertokensBackendOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Where the console is served, e.g. `http://localhost:4400`. */
  readonly appOrigin: string
  /** The core that supertokens-node asks. */
  readonly core: string
  /** The company's own provider, where people with its email sign in. */
  readonly upstream: string
  /** The core's, for codes, and that of tries. */
  readonly clock: Clock
  /** What else begins anew. */
  readonly onReset: () => void
}

// Behind verifySession, which has read it.
const sessionOf = (request: GuardedRequest) => (expressRequest(request) as SessionRequest).session

/** The console's API behind SuperTokens' backend SDK, on an origin of its own. */
export async function startSupertokensBackend({
  port,
  appOrigin,
  core,
  upstream,
  clock,
  onReset,
}: SupertokensBackendOptions): Promise<SupertokensBackend> {
  const { origin, serve, close } = await openOrigin(port)
  const outbox = new Outbox()
  initSupertokens({ core, api: origin, app: appOrigin, upstream, outbox })

  const { audit, router } = createApi(
    (rules) => createSupertokensGuard({ ...rules, sessionOf }),
    () => {
      onReset()
      outbox.clear()
      // With it go the tries and codes that it has counted.
      verify = begin()
    },
  )
  const begin = () =>
    createSupertokensVerification({
      ...{ sessionOf, supertokens, EmailPassword, Passwordless, ThirdParty },
      callback: `${appOrigin}/callback`,
      store: createMemoryVerificationStore(),
      attempts: createMemoryAttempts(clock.now),
      origins: [appOrigin],
      onReauthenticated({ authentication, methods, authTime }) {
        const { subject: userId, sessionId = '' } = authentication
        const type = methods.at(-1)?.type
        const method = type === 'redirect' || type === undefined ? 'sso' : type
        audit.add({ kind: 'reauthentication', userId, sessionId, method, authTime })
      },
    })
  let verify = begin()

  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(allowPage(appOrigin, supertokens.getAllCORSHeaders()))
  app.use(middleware())
  app.use(
    '/auth/step-up',
    verifySession() as RequestHandler,
    verification((request) => verify(request)),
  )
  app.get('/styles.css', (_req, res) => {
    res.sendFile(fileURLToPath(new URL('../idp/styles.css', import.meta.url)))
  })
  app.use('/demo', demoRoutes({ clock, outbox }))
  const verified = verifySession() as RequestHandler
  app.use('/api', (req, res, next) => {
    // The log and the demo's switches are for everybody.
    if (/^\/(audit|demo)\b/.test(req.path)) next()
    else void verified(req, res, next)
  })
  app.use('/api', router)
  app.use(errorHandler())
  app.use(onError)
  serve(app)
  return { origin, close }
}
