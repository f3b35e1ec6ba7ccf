import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'
import { GuardError } from './errors.js'
import type { FreshAuthentication, FreshAuthGuard, RequirementRule } from './guard.js'
import type { GuardedRequest } from './options.js'
import { refusal, Refused } from './verification-answer.js'
import type { VerificationHandler } from './verification.js'

/** A middleware that leaves `req.params` to be inferred from the route's path. */
export type AuthMiddleware = (
  req: Pick<ExpressRequest, 'rawHeaders'>,
  res: ExpressResponse,
  next: (error?: unknown) => void,
) => void

const KEY = 'authentication'

/** Which Express request a web request was made from. */
const sources = new WeakMap<object, ExpressRequest>()

/**
 * The Express request behind the one that `authenticate`, `onReauthenticated` and the like are given,
 * for sessions that a middleware has read.
 *
 * @throws TypeError for a request that does not come from Express.
 * @example
 * authenticate: (request) => toAuthentication(expressRequest(request).session.user)
 */
export function expressRequest(request: GuardedRequest): ExpressRequest {
  const source = sources.get(request)
  if (source) return source
  throw new TypeError(
    'Not a request from Express: use freshAuth, anyAuth or verification of react-step-up/server/express, ' +
      'and hand on the request that they give.',
  )
}

/** Node keeps only the first of two Authorization headers; the guard has to see both. */
function headersOf({ rawHeaders }: Pick<ExpressRequest, 'rawHeaders'>): Headers {
  const headers = new Headers()
  rawHeaders.forEach((name, index) => {
    const value = rawHeaders[index + 1]
    if (index % 2 === 0 && value !== undefined && !name.startsWith(':')) headers.append(name, value)
  })
  return headers
}

async function send(response: Response, res: ExpressResponse): Promise<void> {
  res.status(response.status)
  for (const [name, value] of response.headers) {
    // The CORS middleware has run, and what it exposes must stay exposed.
    // There may be several cookies, and some are set already.
    if (name === 'access-control-expose-headers' || name === 'set-cookie') res.append(name, value)
    else res.set(name, value)
  }
  res.end(await response.text())
}

const middleware =
  (check: (request: GuardedRequest) => Promise<FreshAuthentication>): AuthMiddleware =>
  (req, res, next) => {
    const run = async (): Promise<void> => {
      try {
        const request = { headers: headersOf(req) }
        sources.set(request, req as ExpressRequest)
        res.locals[KEY] = await check(request)
      } catch (error) {
        if (!(error instanceof GuardError)) throw error
        await send(error.response, res)
        return
      }
      next()
    }
    run().catch(next)
  }

/**
 * Express 4 and 5 middleware: the handlers behind it run only where the authentication meets
 * `requirement`; a refusal is answered in the wire form of RFC 9470, every other error goes to `next`.
 *
 * `requirement` can be a function of the request and of who sent it; what it decides is checked then, and
 * where it fails the request goes to `next` with the error.
 *
 * @throws TypeError when the route is defined, for a requirement that cannot be judged.
 * @example
 * app.delete('/projects/:id', freshAuth(guard, 300), (req, res) => {
 *   remove(req.params.id, authenticationOf(res).subject)
 * })
 */
export const freshAuth = (
  guard: FreshAuthGuard,
  requirement: RequirementRule<ExpressRequest>,
): AuthMiddleware =>
  middleware(
    guard.for(
      typeof requirement === 'function'
        ? (request, who) => requirement(expressRequest(request), who)
        : requirement,
    ),
  )

/**
 * Express 4 and 5 middleware: a valid access token, however old the authentication behind it.
 *
 * @example
 * app.get('/projects', anyAuth(guard), list)
 */
export const anyAuth = (guard: FreshAuthGuard): AuthMiddleware =>
  middleware((request) => guard.verify(request))

/**
 * Who sent the request, behind `freshAuth` or `anyAuth`; it is kept in `res.locals.authentication`.
 *
 * @throws TypeError where neither ran.
 */
export function authenticationOf(res: ExpressResponse): FreshAuthentication {
  const authentication = res.locals[KEY] as FreshAuthentication | undefined
  if (!authentication) {
    throw new TypeError(
      'Nobody has authenticated: put freshAuth or anyAuth in front of the handler.',
    )
  }
  return authentication
}

// One more than the handler takes: it says that this is too much, and nobody reads the rest.
const ENOUGH = 16_385

/** The body as it came, or as a parser before us has understood it. */
function bodyOf(req: ExpressRequest): Promise<string | Uint8Array<ArrayBuffer>> {
  const parsed: unknown = req.body
  // Whoever has read it without leaving anything has left nothing to wait for.
  if (req.readableDidRead || req.readableEnded)
    return Promise.resolve(JSON.stringify(parsed ?? null))
  return new Promise((resolve, reject) => {
    const bytes = new Uint8Array(ENOUGH)
    let length = 0
    req.on('data', (chunk: Uint8Array) => {
      bytes.set(chunk.subarray(0, ENOUGH - length), length)
      length = Math.min(ENOUGH, length + chunk.length)
      if (length === ENOUGH) resolve(bytes)
    })
    req.on('end', () => resolve(bytes.slice(0, length)))
    req.on('error', reject)
    req.on('close', () => reject(new Error('The request ended before its body did.')))
  })
}

/**
 * The origin that a request was sent to, and nothing that reaches beyond it into the path.
 *
 * @throws Refused for a Host that is none (RFC 9112 3.2)
 */
function originOf(req: ExpressRequest): string {
  // HTTP/1.0 and HTTP/2 do without a Host; no page has this one (RFC 6761 6.4).
  const text = `${req.protocol}://${req.get('Host') ?? 'host.invalid'}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.href !== `${url?.origin}/`) throw new Refused('bad_request')
  return url.origin
}

/** @throws Refused for what no web request can be */
async function toRequest(req: ExpressRequest): Promise<Request> {
  const { method, originalUrl } = req
  // Of those that Fetch forbids (2.2.1) the only one that gets here.
  if (method === 'TRACE') throw new Refused('method_not_allowed')
  // Put together as text: a path of `//evil.example` must not be read as a host.
  const url = originOf(req) + (originalUrl.startsWith('/') ? originalUrl : '/')
  const init = { method, headers: headersOf(req) }
  const bodiless = method === 'GET' || method === 'HEAD'
  const request = new Request(url, bodiless ? init : { ...init, body: await bodyOf(req) })
  sources.set(request, req)
  return request
}

/**
 * Express 4 and 5 middleware that answers with `handler`, with or without `express.json()` before it.
 *
 * @example
 * app.use('/auth/step-up', verification(createVerificationHandler({ … })))
 */
export const verification =
  (handler: VerificationHandler): AuthMiddleware =>
  (req, res, next) => {
    toRequest(req as ExpressRequest)
      .then(handler)
      .catch((error: unknown) => {
        if (error instanceof Refused) return refusal(error)
        throw error
      })
      .then((response) => send(response, res))
      .catch(next)
  }
