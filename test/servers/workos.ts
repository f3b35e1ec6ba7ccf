// WorkOS AuthKit at its own endpoints, as the unchanged SDK calls them, on loopback and in memory. It
// fails in the ways that WorkOS or the network can, once for each time it is told to.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { openOrigin } from '../../demo/loopback.js'
import { authenticate, findUser } from '../../demo/idp/users.js'
import { signInPage } from '../../demo/workos/pages.js'
import { bodyOf, serverError } from './http.js'
import { createSessions, type WorkosSession } from './workos-sessions.js'

export const faults = [
  'exchange_refused',
  'exchange_down',
  'refresh_refused',
  'refresh_down',
  /** Sends people straight back, however old their sign-in is. */
  'max_age_ignored',
  /** Sends people back with `server_error`. */
  'server_error',
  /** The next to sign in is an administrator, who acts as the person. */
  'impersonated',
] as const
export type WorkosFault = (typeof faults)[number]

export interface WorkosOptions {
  /** 0 takes any free port. */
  readonly port?: number
  readonly clientId: string
  /** Where the app is, e.g. `http://localhost:4400`; its `/callback` is the redirect URI. */
  readonly appOrigin: string
  /** Seconds since the epoch. */
  readonly now?: () => number
  /** Events as WorkOS sends them: a person has proved who they are once more, in the session that they had. */
  readonly onEvent?: (event: object) => void
}

export interface WorkosServer {
  readonly origin: string
  readonly issuer: string
  readonly jwksUrl: string
  /** What `/authorize` was asked for last. */
  readonly asked: () => URLSearchParams
  /** The next request that it fits fails so. */
  failNext(...faults: readonly WorkosFault[]): void
  close(): Promise<void>
}

const styles = readFileSync(new URL('../../demo/idp/styles.css', import.meta.url))
const COOKIE = 'workos_session'
const REFRESH_COOKIE = 'workos_refresh'

export async function startWorkos(options: WorkosOptions): Promise<WorkosServer> {
  const { appOrigin, clientId, onEvent } = options
  const now = options.now ?? (() => Date.now() / 1000)
  const { origin, serve, close } = await openOrigin(options.port ?? 0)
  const issuer = `${origin}/user_management/${clientId}`
  const redirectUri = `${appOrigin}/callback`
  const sessions = await createSessions(issuer, now)
  const pending: WorkosFault[] = []
  let asked = new URLSearchParams()
  let exchanges = 0

  function takes(fault: WorkosFault): boolean {
    const at = pending.indexOf(fault)
    if (at >= 0) pending.splice(at, 1)
    return at >= 0
  }

  function back(query: URLSearchParams, answer: Record<string, string>, cookie?: string) {
    const url = new URL(redirectUri)
    const state = query.get('state')
    const all = { ...answer, ...(state !== null && { state }) }
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
    return redirect(url.href, cookie)
  }

  function sendCode(query: URLSearchParams, session: WorkosSession, cookie?: string) {
    session.organizationId = query.get('organization_id') ?? session.organizationId
    const challenge = query.get('code_challenge') ?? ''
    return back(query, { code: sessions.issueCode({ session, challenge, redirectUri }) }, cookie)
  }

  function authorize(query: URLSearchParams, browser: string): Response {
    asked = query
    const maxAge = query.get('max_age')
    const right =
      query.get('client_id') === clientId &&
      query.get('redirect_uri') === redirectUri &&
      query.get('response_type') === 'code' &&
      query.get('provider') === 'authkit' &&
      query.get('code_challenge_method') === 'S256' &&
      /^\d+$/.test(maxAge ?? '0')
    if (!right) return Response.json({ error: 'invalid_request' }, { status: 400 })
    if (takes('server_error')) return back(query, { error: 'server_error' })
    const session = sessions.ofBrowser(browser)
    const hint = query.get('login_hint')
    const wanted = !query.has('other') && (hint ?? email(session)) === email(session)
    const age = now() - (session?.authTime ?? 0)
    const fresh = maxAge === null || (maxAge !== '0' && age <= Number(maxAge))
    if (session && wanted && (takes('max_age_ignored') || fresh)) return sendCode(query, session)
    return html(signInPage({ query, email: hint ?? email(session) }).markup)
  }

  function enter(query: URLSearchParams, form: URLSearchParams, browser: string): Response {
    if (form.get('action') === 'cancel') {
      const error_description = 'The user cancelled.'
      return back(query, { error: 'access_denied', error_description })
    }
    const user = authenticate(form.get('email') ?? '', form.get('password') ?? '')
    if (!user) {
      const error = 'That email and password do not belong together.'
      return html(signInPage({ query, email: query.get('login_hint'), error }).markup)
    }
    const before = sessions.ofBrowser(browser)
    const impersonator = takes('impersonated') ? 'root@acme.test' : undefined
    const cookie = browser || randomUUID()
    const session = sessions.signIn(cookie, user.id, impersonator)
    if (before === session) onEvent?.(eventOf(session, now()))
    return sendCode(query, session, `${COOKIE}=${cookie}; Path=/; HttpOnly; SameSite=Lax`)
  }

  /** A page that keeps no refresh token of its own sends the cookie that it was given. */
  async function tokens(body: string, kept: string): Promise<Response> {
    const asked = JSON.parse(body) as Record<string, unknown>
    const { grant_type, code, code_verifier, client_id, organization_id } = asked
    const { refresh_token = kept } = asked
    const exchange = grant_type === 'authorization_code'
    if (exchange) exchanges += 1
    if (takes(exchange ? 'exchange_down' : 'refresh_down')) return serverError()
    const refused = takes(exchange ? 'exchange_refused' : 'refresh_refused')
    const found = exchange
      ? sessions.spendCode(code, code_verifier)
      : sessions.refresh(refresh_token, organization_id)
    const answer = client_id === clientId && !refused ? await found : null
    if (answer) return withCookies(Response.json(answer), answer.refresh_token)
    const error_description = 'It is not known, or was used before.'
    return Response.json({ error: 'invalid_grant', error_description }, { status: 400 })
  }

  async function handle(req: IncomingMessage): Promise<Response> {
    const { pathname, searchParams: query } = new URL(req.url ?? '/', origin)
    const cookie = (name: string) =>
      new RegExp(`${name}=([\\w-]+)`).exec(req.headers.cookie ?? '')?.[1] ?? ''
    const browser = cookie(COOKIE)
    if (req.method === 'OPTIONS') return new Response(null, { status: 204 })
    switch (`${req.method ?? ''} ${pathname}`) {
      case 'GET /user_management/authorize':
        return authorize(query, browser)
      case 'POST /user_management/authorize':
        return enter(query, new URLSearchParams(await bodyOf(req)), browser)
      case 'POST /user_management/authenticate':
        return tokens(await bodyOf(req), cookie(REFRESH_COOKIE))
      case 'GET /user_management/sessions/logout':
        sessions.end(query.get('session_id'))
        return withCookies(redirect(appOrigin), null)
      case 'GET /styles.css':
        return new Response(styles, { headers: { 'Content-Type': 'text/css' } })
      case `GET /sso/jwks/${clientId}`:
        return Response.json(sessions.jwks)
      case 'GET /demo/exchanges':
        return Response.json(exchanges)
      case 'POST /demo/age':
        return makeOlder(await bodyOf(req), req.headers.origin, browser)
      case 'POST /demo/fail':
        pending.splice(0)
        pending.push(...(JSON.parse(await bodyOf(req)) as WorkosFault[]))
        return Response.json(pending)
      default:
        return new Response('There is no such page.', { status: 404 })
    }
  }

  /** Moves the sign-in of this browser's session into the past. Only the app may ask for it. */
  function makeOlder(body: string, from: string | undefined, browser: string): Response {
    const session = sessions.ofBrowser(browser)
    const { seconds } = JSON.parse(body) as { seconds?: unknown }
    const right = from === appOrigin && session && Number.isInteger(seconds) && Number(seconds) > 0
    if (!right) return Response.json({ error: 'invalid_request' }, { status: 400 })
    session.authTime -= Number(seconds)
    return Response.json({ auth_time: session.authTime })
  }

  /** The refresh token, and for the pages that there is one; `null`: no more. */
  function withCookies(response: Response, refreshToken: string | null): Response {
    const rest = `Path=/; SameSite=Lax${refreshToken === null ? '; Max-Age=0' : ''}`
    response.headers.append(
      'Set-Cookie',
      `${REFRESH_COOKIE}=${refreshToken ?? ''}; HttpOnly; ${rest}`,
    )
    response.headers.append('Set-Cookie', `workos-has-session=${clientId}; ${rest}`)
    return response
  }

  serve((req, res) => {
    const answer = handle(req).catch(
      (error: unknown) => new Response(String(error), { status: 599 }),
    )
    void answer.then(async (response) => {
      for (const [name, value] of response.headers) res.appendHeader(name, value)
      res.setHeader('Cache-Control', 'no-store')
      if (req.headers.origin === appOrigin) {
        res.setHeader('Access-Control-Allow-Origin', appOrigin)
        res.setHeader('Access-Control-Allow-Credentials', 'true')
        res.setHeader('Access-Control-Allow-Headers', 'content-type')
      }
      res.statusCode = response.status
      res.end(Buffer.from(await response.arrayBuffer()))
    })
  })

  return {
    origin,
    issuer,
    jwksUrl: `${origin}/sso/jwks/${clientId}`,
    asked: () => asked,
    failNext(...faults) {
      pending.push(...faults)
    },
    close,
  }
}

const email = (session: WorkosSession | undefined) => findUser(session?.userId)?.email

const html = (markup: string) => new Response(markup, { headers: { 'Content-Type': 'text/html' } })

function redirect(to: string, cookie?: string): Response {
  const headers = new Headers({ Location: to })
  if (cookie !== undefined) headers.set('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** With the members that the feature's announcement promises, spelt as in the other events. */
const eventOf = ({ id, userId, authTime }: WorkosSession, now: number) => ({
  ...{ object: 'event', id: `event_${randomUUID()}`, event: 'authentication.reauthenticated' },
  data: {
    ...{ type: 'reauthentication', status: 'succeeded', ip_address: null, user_agent: null },
    ...{ user_id: userId, session_id: id, method: 'password', auth_time: authTime },
  },
  created_at: new Date(now * 1000).toISOString(),
})
