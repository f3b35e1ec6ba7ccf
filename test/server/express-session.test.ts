import { createServer, request as httpRequest, type Server } from 'node:http'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  authenticationOf,
  expressRequest,
  freshAuth,
  verification,
} from '../../src/server/express.js'
import {
  createFreshAuthGuard,
  createMemoryAttempts,
  createMemoryVerificationStore,
  createVerificationHandler,
  type Authentication,
} from '../../src/server/index.js'
import { listen } from './tokens.js'

interface WithSession {
  session?: { id: string; subject: string; authTime: number }
}
const remove = vi.fn()
/** Every password that was compared. */
const compared: string[] = []
const server: { current: Server; origin: string } = { current: createServer(), origin: '' }
const sessions = new Map<string, NonNullable<WithSession['session']>>()
const now = () => Math.floor(Date.now() / 1000)

beforeEach(async () => {
  vi.clearAllMocks()
  sessions.clear()
  compared.length = 0
  sessions.set('s1', { id: 's1', subject: 'ada', authTime: now() - 3600 })
  const authenticate = (request: Pick<Request, 'headers'>): Authentication | null => {
    const { session } = expressRequest(request) as WithSession
    if (!session) return null
    const { id, subject, authTime } = session
    return { issuer: 'https://app.example', subject, sessionId: id, authTime }
  }
  const handler = createVerificationHandler({
    authenticate,
    methodsOf: () => [{ type: 'password', id: 'password' }],
    password: {
      async verify({ password }) {
        compared.push(password)
        await Promise.resolve()
        return password === 'analytical'
      },
    },
    onReauthenticated({ request, authTime, headers }) {
      const { session } = expressRequest(request) as WithSession
      if (session) session.authTime = authTime
      headers.append('Set-Cookie', 'a=1')
      headers.append('Set-Cookie', 'b=2')
    },
    store: createMemoryVerificationStore(),
    attempts: createMemoryAttempts(),
  })
  const guard = createFreshAuthGuard({ authenticate })
  const app = express()
  app.use((req, res, next) => {
    // As a session middleware does it.
    const id = /sid=(\w+)/.exec(req.headers.cookie ?? '')?.[1] ?? ''
    Object.assign(req, { session: sessions.get(id) })
    res.append('Set-Cookie', 'seen=1')
    next()
  })
  app.use('/raw', verification(handler))
  app.use('/parsed', express.json(), verification(handler))
  app.post('//evil.example/password', verification(handler))
  app.use('/eaten', (req, _res, next) => req.resume().on('end', () => next()))
  app.use('/eaten', verification(handler))
  app.delete('/projects/:id', freshAuth(guard, 300), (req, res) => {
    remove(req.params.id)
    res.json({ by: authenticationOf(res).subject })
  })
  server.current = createServer(app)
  server.origin = await listen(server.current)
})
afterEach(() => {
  server.current.closeAllConnections()
  server.current.close()
})

const headers = {
  'Content-Type': 'application/json',
  'Sec-Fetch-Site': 'same-origin',
  Cookie: 'sid=s1',
}
const post = (path: string, body: string, changes: Record<string, string> = {}) =>
  fetch(server.origin + path, { method: 'POST', body, headers: { ...headers, ...changes } })
const right = JSON.stringify({ id: 'password', password: 'analytical' })

describe('verification in Express', () => {
  it.each(['/raw', '/parsed'])('confirms, and what is guarded passes: %s', async (mount) => {
    const deleteIt = () =>
      fetch(`${server.origin}/projects/apollo`, { method: 'DELETE', headers: { Cookie: 'sid=s1' } })
    const stale = await deleteIt()
    expect(stale.status).toBe(401)
    expect(stale.headers.get('WWW-Authenticate')).toContain('insufficient_user_authentication')
    const answer = await post(`${mount}/password`, right)
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual(['seen=1', 'a=1', 'b=2'])
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(await answer.json()).toEqual({
      authTime: expect.any(Number) as number,
      now: expect.any(Number) as number,
    })
    expect(await (await deleteIt()).json()).toEqual({ by: 'ada' })
    expect(remove).toHaveBeenCalledExactlyOnceWith('apollo')
    expect([...sessions.keys()]).toEqual(['s1'])
  })

  it.each(['/raw', '/parsed'])('reads the session and the methods: %s', async (mount) => {
    const read = (path: string, Cookie = 'sid=s1') =>
      fetch(`${server.origin}${mount}/${path}`, { headers: { Cookie } })
    expect(await (await read('session')).json()).toMatchObject({ subject: 'ada' })
    expect(await (await read('session', 'sid=x')).json()).toBeNull()
    expect(await (await read('methods')).json()).toEqual([{ type: 'password', id: 'password' }])
  })

  it.each([
    ['/raw', 400],
    ['/parsed', 400],
    ['/eaten', 400],
  ])('answers where there is nothing to read: %s', async (mount, status) => {
    expect((await post(`${mount}/password`, mount === '/eaten' ? right : '{}')).status).toBe(status)
    expect((await post(`${mount}/password`, '')).status).toBe(400)
  })

  it.each(['/raw', '/parsed'])('refuses a body of 20 kB: %s', async (mount) => {
    const body = JSON.stringify({ id: 'password', password: 'x'.repeat(20_000) })
    const answer = await post(`${mount}/password`, body)
    expect(answer.status).toBe(413)
    expect((await post(`${mount}/password`, right)).status).toBe(200)
  })

  it.each(['/raw', '/parsed'])('refuses a page of another site: %s', async (mount) => {
    const changes = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await post(`${mount}/password`, right, changes)).status).toBe(403)
    const form = { 'Content-Type': 'text/plain' }
    expect((await post(`${mount}/password`, right, form)).status).toBe(403)
  })

  it('FAULTS 35: fifty at once, over sockets of their own: five are checked', async () => {
    sessions.set('s2', { id: 's2', subject: 'ada', authTime: now() - 3600 })
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const typed = JSON.stringify({ id: 'password', password: `guess ${i}` })
        const Cookie = `sid=s${(i % 2) + 1}`
        const answer = await post(i % 3 ? '/raw/password' : '/parsed/password', typed, { Cookie })
        const retryAfter = Number(answer.headers.get('Retry-After'))
        return { status: answer.status, retryAfter, body: (await answer.json()) as unknown }
      }),
    )
    expect(compared).toHaveLength(5)
    const refused = { status: 400, retryAfter: 0, body: { error: 'invalid_credentials' } }
    expect(answers.filter(({ status }) => status === 400)).toEqual(Array(5).fill(refused))
    const locked = answers.filter(({ status }) => status === 429)
    expect(locked).toHaveLength(45)
    for (const { retryAfter, body } of locked) {
      expect(body).toEqual({ error: 'locked', retryAfter })
      expect(retryAfter).toBeGreaterThan(0)
    }
    expect((await post('/raw/password', right)).status).toBe(429)
    expect(compared).toHaveLength(5)
  })

  it('knows its own Origin where a browser tells nothing else', async () => {
    const { port } = new URL(server.origin)
    const status = (Origin: string, path = '/raw/password') =>
      new Promise<number | undefined>((resolve, reject) => {
        const { 'Sec-Fetch-Site': _, ...rest } = headers
        const options = {
          port,
          path,
          method: 'POST',
          headers: { ...rest, Origin },
        }
        httpRequest(options, (res) => {
          res.resume()
          resolve(res.statusCode)
        })
          .on('error', reject)
          .end(right)
      })
    expect(await status(`http://localhost:${port}`)).toBe(200)
    expect(await status('http://localhost')).toBe(403)
    expect(await status('http://evil.example', '//evil.example/password')).toBe(403)
    expect(await status(`http://localhost:${port}`, '//evil.example/password')).toBe(200)
  })
})

describe('expressRequest', () => {
  it('says what to do about a request that is not from Express', () => {
    expect(() => expressRequest(new Request('https://app.example'))).toThrow(/freshAuth/)
  })
})
