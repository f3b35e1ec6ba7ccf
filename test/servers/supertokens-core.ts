// As much of a SuperTokens core as supertokens-node asks for, on loopback and in memory: the real SDK
// talks to it, on both sides of the app. It fails in the ways that a core can, once for each time it is
// told to.
import type { IncomingMessage } from 'node:http'
import { openOrigin } from '../../demo/loopback.js'
import { bodyOf } from './http.js'
import { createCodes } from './supertokens-codes.js'
import { createSessions } from './supertokens-sessions.js'
import { authenticate, byEmail, bySubject, findUser, userOf } from './supertokens-users.js'

export const faults = [
  /** Answers 500 wherever it is asked. */
  'down',
  /** The session is over while somebody confirms. */
  'session_revoked',
] as const
export type CoreFault = (typeof faults)[number]

export interface CoreOptions {
  /** 0 takes any free port. */
  readonly port?: number
  /** Milliseconds since the epoch, for codes. */
  readonly now?: () => number
}

export interface SupertokensCore {
  readonly origin: string
  /** The next request that it fits fails so. */
  failNext(...faults: readonly CoreFault[]): void
  /** Forgets the codes and what was to fail. */
  reset(): void
  close(): Promise<void>
}

type Body = Record<string, unknown>

export async function startSupertokensCore(options: CoreOptions = {}): Promise<SupertokensCore> {
  const { origin, serve, close } = await openOrigin(options.port ?? 0)
  const codes = createCodes(options.now ?? Date.now)
  const sessions = await createSessions()
  const pending: CoreFault[] = []

  function takes(fault: CoreFault): boolean {
    const at = pending.indexOf(fault)
    if (at >= 0) pending.splice(at, 1)
    return at >= 0
  }

  const person = (user: Parameters<typeof userOf>[0] | undefined, failure: Body) =>
    user
      ? { status: 'OK', user: userOf(user), recipeUserId: user.id, createdNewUser: false }
      : failure

  const gets: Record<string, (query: URLSearchParams) => unknown> = {
    '/apiversion': () => ({ versions: ['5.4'] }),
    '/.well-known/jwks.json': () => sessions.jwks,
    '/recipe/multitenancy/tenant/v2': () => ({
      ...{ status: 'OK', tenantId: 'public', thirdParty: { providers: [] }, coreConfig: {} },
    }),
    '/users/by-accountinfo'(query) {
      const user = query.has('thirdPartyId')
        ? bySubject(query.get('thirdPartyId'), query.get('thirdPartyUserId'))
        : byEmail(query.get('email'))
      return { status: 'OK', users: user ? [userOf(user)] : [] }
    },
    '/user/id'(query) {
      const user = findUser(query.get('userId') ?? '')
      return user ? { status: 'OK', user: userOf(user) } : { status: 'UNKNOWN_USER_ID_ERROR' }
    },
    '/recipe/user/metadata': () => ({ status: 'OK', metadata: {} }),
    '/recipe/session': (query) => sessions.find(query.get('sessionHandle')),
    '/recipe/signinup/codes': (query) => ({
      ...{ status: 'OK', devices: codes.of(query.get('preAuthSessionId')) },
    }),
  }

  const posts: Record<string, (body: Body) => unknown> = {
    '/recipe/signin': ({ email, password }) =>
      person(authenticate(String(email), String(password)), { status: 'WRONG_CREDENTIALS_ERROR' }),
    '/recipe/signinup': ({ thirdPartyId, thirdPartyUserId }) =>
      person(bySubject(thirdPartyId, thirdPartyUserId), { status: 'SIGN_IN_UP_NOT_ALLOWED' }),
    '/recipe/signinup/code': (body) => codes.create(body),
    '/recipe/signinup/code/check': (body) => codes.check(body, false),
    '/recipe/signinup/code/consume'(body) {
      const { email, ...found } = codes.check(body, true) as { email?: string }
      const user = email === undefined ? undefined : byEmail(email)
      return { ...person(user, { status: 'RESTART_FLOW_ERROR' }), ...found }
    },
    '/recipe/signinup/code/remove'(body) {
      codes.revoke(body)
      return { status: 'OK' }
    },
    '/recipe/accountlinking/user/primary'({ recipeUserId }) {
      const user = findUser(String(recipeUserId))
      return { ...person(user, {}), wasAlreadyAPrimaryUser: false }
    },
    '/recipe/session': (body) => sessions.create(body),
    '/recipe/session/refresh': (body) => sessions.refresh(body),
    '/recipe/session/regenerate': (body) =>
      takes('session_revoked') ? { status: 'UNAUTHORISED' } : sessions.regenerate(body),
    '/recipe/session/remove': (body) => sessions.remove(body),
  }

  async function handle(req: IncomingMessage): Promise<Response> {
    const { pathname, searchParams } = new URL(req.url ?? '/', origin)
    if (takes('down')) return new Response('Internal Error', { status: 500 })
    // There is one tenant, which some paths name.
    const path = pathname.replace(/^\/public(?=\/)/, '')
    if (req.method === 'GET') {
      const answer = gets[path]?.(searchParams)
      if (answer) return Response.json(answer)
    } else {
      const text = await bodyOf(req)
      const answer = await posts[path]?.(text === '' ? {} : (JSON.parse(text) as Body))
      if (answer) return Response.json(answer)
    }
    return new Response(`Nobody has needed ${req.method ?? ''} ${pathname} so far.`, {
      status: 404,
    })
  }

  serve((req, res) => {
    const answered = handle(req).catch(
      (error: unknown) => new Response(String(error), { status: 599 }),
    )
    void answered.then(async (response) => {
      res.statusCode = response.status
      res.setHeader('Content-Type', response.headers.get('Content-Type') ?? 'text/plain')
      res.end(Buffer.from(await response.arrayBuffer()))
    })
  })

  return {
    origin,
    failNext(...faults) {
      pending.push(...faults)
    },
    reset() {
      pending.splice(0)
      codes.clear()
    },
    close,
  }
}
