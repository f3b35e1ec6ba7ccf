import {
  createMemoryAttempts,
  createMemoryVerificationStore,
  createVerificationHandler,
  type Authentication,
  type CodeDelivery,
  type Reauthenticated,
  type VerificationMethod,
  type VerificationOptions,
} from '../../src/server/index.js'
import { NOW } from './tokens.js'

export const ORIGIN = 'https://app.example'
export const PASSWORDS: Readonly<Record<string, string>> = { ada: 'analytical', bob: 'builder' }

export const password = { type: 'password', id: 'password' } as const satisfies VerificationMethod
export const email = {
  type: 'code',
  id: 'email',
  channel: 'email',
  destination: 'ada@acme.test',
} as const satisfies VerificationMethod

interface Stored extends Authentication {
  readonly sessionId: string
}
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown }

/** A server with two people and three sessions of its own, on a clock of its own. */
export function createApp(changes: Partial<VerificationOptions> = {}) {
  const clock = { now: NOW }
  const now = () => clock.now
  const session = (sessionId: string, subject: string): [string, Stored] => [
    sessionId,
    {
      issuer: ORIGIN,
      subject,
      sessionId,
      authTime: NOW - 3600,
      acr: 'pwd',
      account: { name: subject, loginHint: `${subject}@acme.test` },
    },
  ]
  const sessions = new Map([session('a1', 'ada'), session('a2', 'ada'), session('b1', 'bob')])
  const outbox: CodeDelivery[] = []
  const stamps: Reauthenticated[] = []
  /** Every password that was compared. */
  const compared: string[] = []

  const authenticate = ({ headers }: Pick<Request, 'headers'>) =>
    sessions.get(/\bsid=(\w+)/.exec(headers.get('Cookie') ?? '')?.[1] ?? '') ?? null
  const options: VerificationOptions = {
    authenticate,
    methodsOf: () => [password, email],
    password: {
      async verify({ authentication, password }) {
        compared.push(password)
        await Promise.resolve()
        return PASSWORDS[authentication.subject] === password
      },
    },
    code: { deliver: (delivery) => void outbox.push(delivery) },
    onReauthenticated(event) {
      stamps.push(event)
      const { sessionId = '' } = event.authentication
      const old = sessions.get(sessionId)
      const { acr: _, ...rest } = old ?? {}
      const level = event.acr === undefined ? {} : { acr: event.acr }
      if (old)
        sessions.set(sessionId, { ...rest, ...level, authTime: event.authTime } as typeof old)
    },
    store: createMemoryVerificationStore(now),
    attempts: createMemoryAttempts(now),
    now,
    ...changes,
  }
  const handler = createVerificationHandler(options)

  const request = (path: string, init: RequestInit = {}, sid = 'a1') =>
    new Request(`${ORIGIN}/auth/step-up/${path}`, {
      ...init,
      headers: { Cookie: `sid=${sid}`, ...(init.headers as Record<string, string> | undefined) },
    })
  const call = async (given: Request): Promise<Answer> => {
    const response = await handler(given)
    const { status, headers } = response
    return { status, headers, body: await response.json() }
  }
  const get = (path: string, sid?: string) => call(request(path, {}, sid))
  const raw = (path: string, body: BodyInit, headers: object = {}, sid?: string) => {
    const sent = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', ...headers }
    return call(request(path, { method: 'POST', body, headers: sent }, sid))
  }
  const post = (path: string, body: object, sid?: string) =>
    raw(path, JSON.stringify(body), {}, sid)

  return {
    clock,
    sessions,
    outbox,
    stamps,
    compared,
    authenticate,
    handler,
    request,
    call,
    get,
    raw,
    post,
    tryPassword: (typed: string, sid?: string) =>
      post('password', { id: 'password', password: typed }, sid),
    sendCode: (sid?: string, id = 'email') => post('code/send', { id }, sid),
    tryCode: (code: string, sid?: string, id = 'email') => post('code', { id, code }, sid),
    /** The last one that was sent. */
    code: () => outbox.at(-1)?.code ?? '',
  }
}

/** Of the right form, and never the right one. */
export const otherCode = (code: string): string =>
  code.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10))

export const count = (answers: readonly Answer[], status: number): number =>
  answers.filter((answer) => answer.status === status).length
