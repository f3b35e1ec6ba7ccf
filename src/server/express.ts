import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'
import type { RequirementInput } from '../core/requirement.js'
import { GuardError } from './errors.js'
import type { FreshAuthentication, FreshAuthGuard, GuardedRequest } from './guard.js'

/** A middleware that leaves `req.params` to be inferred from the route's path. */
export type AuthMiddleware = (
  req: Pick<ExpressRequest, 'rawHeaders'>,
  res: ExpressResponse,
  next: (error?: unknown) => void,
) => void

const KEY = 'authentication'

/** Node keeps only the first of two Authorization headers; the guard has to see both. */
function toGuarded({ rawHeaders }: Pick<ExpressRequest, 'rawHeaders'>): GuardedRequest {
  const headers = new Headers()
  rawHeaders.forEach((name, index) => {
    const value = rawHeaders[index + 1]
    if (index % 2 === 0 && value !== undefined && !name.startsWith(':')) headers.append(name, value)
  })
  return { headers }
}

async function send(response: Response, res: ExpressResponse): Promise<void> {
  res.status(response.status)
  for (const [name, value] of response.headers) {
    // The CORS middleware has run, and what it exposes must stay exposed.
    if (name === 'access-control-expose-headers') res.append(name, value)
    else res.set(name, value)
  }
  res.end(await response.text())
}

const middleware =
  (check: (request: GuardedRequest) => Promise<FreshAuthentication>): AuthMiddleware =>
  (req, res, next) => {
    const run = async (): Promise<void> => {
      try {
        res.locals[KEY] = await check(toGuarded(req))
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
 * @throws TypeError when the route is defined, for a requirement that cannot be judged.
 * @example
 * app.delete('/projects/:id', freshAuth(guard, 300), (req, res) => {
 *   remove(req.params.id, authenticationOf(res).subject)
 * })
 */
export const freshAuth = (guard: FreshAuthGuard, requirement: RequirementInput): AuthMiddleware =>
  middleware(guard.for(requirement))

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
