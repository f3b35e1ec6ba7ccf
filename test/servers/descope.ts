// Descope at its own endpoints, as the unchanged SDK calls them, on loopback and in memory. It fails in
// the ways that Descope or the network can, once for each time it is told to.
import { randomInt, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Outbox, outboxPage } from '../../demo/idp/outbox.js'
import { authenticate, findUserByEmail } from '../../demo/idp/users.js'
import { openOrigin } from '../../demo/loopback.js'
import { Clock } from '../../demo/session/clock.js'
import { createCompany, html } from './descope-company.js'
import { refused } from './descope-errors.js'
import { createFlow, type FlowBody } from './descope-flow.js'
import { createPasskeys } from './descope-passkeys.js'
import {
  createSessions,
  type Begun,
  type DescopeSession,
  type LoginOptions,
} from './descope-sessions.js'
import { bodyOf, serverError } from './http.js'

export const faults = [
  /** The connection breaks: before the request has done anything, or after it has. */
  'cut',
  'cut_after',
  'server_error',
  'throttled',
  /** A refresh brings a token without the step-up, while that still lasts. */
  'refresh_drops_step_up',
  /** A proof is taken for an ordinary sign-in. */
  'step_up_ignored',
  'exchange_refused',
  /** The company's provider sends people back with an error. */
  'sso_error',
] as const
export type DescopeFault = (typeof faults)[number]

/** Of these requests the next one fails, whatever faults wait. */
const FAILING = /^\/v1\/(flow|auth\/(password|otp|magiclink|webauthn|saml|refresh))/
/** Seconds. */
const CODE_LIFETIME = 180
const TRIES = 5

export interface DescopeOptions {
  /** 0 takes any free port. */
  readonly port?: number
  readonly projectId: string
  /** Where the app is, e.g. `http://localhost:4400`. */
  readonly appOrigin: string
  readonly clock?: Clock
  /** A person has proved who they are once more. */
  readonly onSteppedUp?: (session: DescopeSession, method: StepUpMethod) => void
}
export type StepUpMethod = 'password' | 'code' | 'link' | 'passkey' | 'sso'

const amrOf = { password: 'pwd', code: 'email', link: 'email', passkey: 'webauthn', sso: 'fed' }

interface Sent extends Begun {
  readonly code: string
  readonly at: number
  tries: number
}
export type DescopeServer = Awaited<ReturnType<typeof startDescope>>

const styles = readFileSync(new URL('../../demo/idp/styles.css', import.meta.url))

export async function startDescope(options: DescopeOptions) {
  const { appOrigin, projectId, clock = new Clock(), onSteppedUp } = options
  const { now } = clock
  const { origin, serve, close } = await openOrigin(options.port ?? 0)
  const sessions = await createSessions(projectId, now)
  const passkeys = createPasskeys(appOrigin)
  const flow = createFlow(projectId)
  const outbox = new Outbox()
  const pending: DescopeFault[] = []
  const wrong = new Map<string, number>()
  const codes = new Map<string, Sent>()
  const links = new Map<string, Begun>()

  function takes(fault: DescopeFault): boolean {
    const at = pending.indexOf(fault)
    if (at >= 0) pending.splice(at, 1)
    return at >= 0
  }

  const company = createCompany({ origin, appOrigin, takes })

  async function proved({ userId, options, present }: Begun, method: StepUpMethod) {
    const meant = takes('step_up_ignored') ? {} : options
    const session = sessions.prove(userId, amrOf[method], meant, present)
    if (meant.stepup) onSteppedUp?.(session, method)
    return Response.json(await sessions.tokensOf(session, { proof: true }))
  }

  function begin(body: Body, present: DescopeSession | undefined): Begun | undefined {
    const user = findUserByEmail(body.loginId ?? '')
    return user && { userId: user.id, options: body.loginOptions ?? {}, present }
  }

  function checkPassword(body: Body, present: DescopeSession | undefined) {
    const { loginId = '', password = '' } = body
    if ((wrong.get(loginId) ?? 0) >= TRIES) return refused('E130429', 429, 600)
    const user = authenticate(loginId, password)
    const begun = user && begin(body, present)
    if (begun) return proved(begun, 'password')
    wrong.set(loginId, (wrong.get(loginId) ?? 0) + 1)
    return refused('E062999')
  }

  function sendCode(body: Body, present: DescopeSession | undefined) {
    const begun = begin(body, present)
    if (!begun || body.loginId === undefined) return refused('E062108', 400)
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    codes.set(body.loginId, { ...begun, code, at: now(), tries: 0 })
    outbox.add({ to: body.loginId, subject: 'Your code for Acme Console', code })
    return Response.json({ maskedEmail: masked(body.loginId) })
  }

  function checkCode({ loginId = '', code }: Body) {
    const sent = codes.get(loginId)
    if (!sent) return refused('E061102')
    if (now() >= sent.at + CODE_LIFETIME) return refused('E061104')
    sent.tries += 1
    if (sent.tries > TRIES) return refused('E061103')
    if (code !== sent.code) return refused('E061102')
    codes.delete(loginId)
    return proved(sent, 'code')
  }

  function sendLink(body: Body, present: DescopeSession | undefined) {
    const begun = begin(body, present)
    if (!begun || body.loginId === undefined || body.URI === undefined) return refused('E011003')
    const token = randomUUID()
    links.set(token, begun)
    const url = new URL(body.URI)
    url.searchParams.set('t', token)
    outbox.add({ to: body.loginId, subject: 'Your link for Acme Console', code: url.href })
    return Response.json({ maskedEmail: masked(body.loginId) })
  }

  function exchange({ code = '' }: Body) {
    const begun = company.spend(code)
    if (!begun || takes('exchange_refused')) return refused('E061301')
    return proved(begun, 'sso')
  }

  async function renew(present: DescopeSession | undefined, tries: boolean): Promise<Response> {
    if (!present) return tries ? Response.json({}) : refused('E061301')
    const dropsStepUp = takes('refresh_drops_step_up')
    return Response.json(await sessions.tokensOf(present, { proof: false, dropsStepUp }))
  }

  async function passkey(path: string, body: Body, present: DescopeSession | undefined) {
    const { transactionId = '', response = '' } = body
    const user = findUserByEmail(body.loginId ?? '')
    if (path === 'update/start' && user && user.id === present?.userId) {
      return Response.json(await passkeys.startAdding(user.id, user.email))
    }
    if (path === 'update/finish') {
      const done = await passkeys.finishAdding(transactionId, response)
      return done ? Response.json({}) : refused('E062999')
    }
    if (path === 'signin/start' && user) {
      return Response.json(await passkeys.startProving(user.id, body.loginOptions ?? {}))
    }
    if (path === 'signin/finish') {
      const found = await passkeys.finishProving(transactionId, response).catch(() => undefined)
      return found ? proved({ ...found, present }, 'passkey') : refused('E062999')
    }
    return refused('E011003', 400)
  }

  async function handle(req: IncomingMessage, path: string, query: URLSearchParams) {
    const token = /^Bearer [^:]+:(.+)$/.exec(req.headers.authorization ?? '')?.[1]
    const present = sessions.ofRefreshToken(token)
    if (req.method === 'OPTIONS') return new Response(null, { status: 204 })
    if (path === '/sso/sign-in') return company.page(req, query)
    const body = req.method === 'POST' ? ((await json(req)) as Body) : {}
    const inFlow = flow(path, body as FlowBody, {
      email: present && sessions.userOf(present).email,
      check: (login) => checkPassword({ ...login, loginOptions: { stepup: true } }, present),
    })
    if (inFlow) return inFlow
    switch (`${req.method ?? ''} ${path}`) {
      case 'POST /v1/auth/password/signin':
        return checkPassword(body, present)
      case 'POST /v1/auth/otp/signin/email':
        return sendCode(body, present)
      case 'POST /v1/auth/otp/verify/email':
        return checkCode(body)
      case 'POST /v1/auth/magiclink/signin/email':
        return sendLink(body, present)
      case 'POST /v1/auth/magiclink/verify': {
        const link = links.get(body.token ?? '')
        links.delete(body.token ?? '')
        return link ? proved(link, 'link') : refused('E061301')
      }
      case 'POST /v1/auth/saml/authorize':
        return company.start(query, body as LoginOptions, present)
      case 'POST /v1/auth/saml/exchange':
        return exchange(body)
      case 'POST /v1/auth/refresh':
        return renew(present, false)
      case 'POST /v1/auth/try-refresh':
        return renew(present, true)
      case 'GET /v1/auth/me':
        return present ? Response.json(sessions.userOf(present)) : refused('E061301')
      case 'POST /v1/auth/logout':
        sessions.end(token)
        return Response.json({})
      case `GET /v2/keys/${projectId}`:
        return Response.json(sessions.jwks)
      case 'GET /styles.css':
        return new Response(styles, { headers: { 'Content-Type': 'text/css' } })
      case 'GET /demo/outbox':
        return html(outboxPage(outbox, 'Descope').markup)
      case 'POST /demo/fail':
        pending.splice(0)
        pending.push(...(body as unknown as DescopeFault[]))
        return Response.json(pending)
      case 'POST /demo/clock':
        if (req.headers.origin === appOrigin) clock.pass(Number(body.seconds))
        return Response.json({ now: now() })
    }
    if (path.startsWith('/v1/auth/webauthn/')) return passkey(path.slice(18), body, present)
    return new Response('There is no such page.', { status: 404 })
  }

  serve((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', origin)
    const failing = req.method === 'POST' && FAILING.test(pathname)
    if (failing && takes('cut')) {
      res.socket?.destroy()
      return
    }
    const answer = async () => {
      if (failing && takes('server_error')) return serverError()
      if (failing && takes('throttled')) return refused('E130429', 429, 120)
      return handle(req, pathname, searchParams)
    }
    const settled = answer().catch((error: unknown) => new Response(String(error), { status: 599 }))
    void settled.then(async (response) => {
      if (failing && takes('cut_after')) {
        res.socket?.destroy()
        return
      }
      for (const [name, value] of response.headers) res.setHeader(name, value)
      res.setHeader('Cache-Control', 'no-store')
      // Browsers send a request again by themselves where a connection that they kept turns out dead.
      res.setHeader('Connection', 'close')
      if (req.headers.origin === appOrigin) {
        res.setHeader('Access-Control-Allow-Origin', appOrigin)
        res.setHeader('Access-Control-Allow-Credentials', 'true')
        res.setHeader('Access-Control-Expose-Headers', 'Retry-After')
        const asked = req.headers['access-control-request-headers']
        if (asked !== undefined) res.setHeader('Access-Control-Allow-Headers', asked)
      }
      res.statusCode = response.status
      res.end(Buffer.from(await response.arrayBuffer()))
    })
  })

  return {
    origin,
    projectId,
    clock,
    sign: sessions.sign,
    /** What was mailed, newest first. */
    mails: () => outbox.mails,
    /** The next request that it fits fails so. */
    failNext(...faults: readonly DescopeFault[]) {
      pending.push(...faults)
    },
    /** The clock is right again, and nobody has tried anything. */
    reset() {
      clock.reset()
      outbox.clear()
      passkeys.clear()
      for (const map of [wrong, codes, links]) map.clear()
    },
    close,
  }
}

/** Of any request. */
interface Body {
  readonly loginId?: string
  readonly password?: string
  readonly code?: string
  readonly token?: string
  readonly URI?: string
  readonly loginOptions?: LoginOptions
  readonly transactionId?: string
  readonly response?: string
  readonly seconds?: number
}

async function json(req: IncomingMessage): Promise<unknown> {
  const text = await bodyOf(req)
  return text === '' ? {} : JSON.parse(text)
}

const masked = (email: string) => email.replace(/^(.).*@/, '$1***@')
