import { createServer, request as httpRequest, type Server } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readChallenge } from '../../src/core/challenge.js'
import { anyAuth, authenticationOf, freshAuth } from '../../src/server/express.js'
import { createFreshAuthGuard, type RequirementInput } from '../../src/server/index.js'
import { AUDIENCE, createSigner, ISSUER, listen, NOW, type Claims } from './tokens.js'

const signer = await createSigner()
const guard = createFreshAuthGuard({
  issuer: ISSUER,
  audience: AUDIENCE,
  jwks: signer.jwks,
  policies: { 'project.delete': 300 },
  now: () => NOW,
})

const remove = vi.fn()
const failed = vi.fn()
let server: Server
let origin: string

beforeEach(async () => {
  vi.clearAllMocks()
  const app = express()
  app.use((_req, res, next) => {
    res.set('Access-Control-Expose-Headers', 'ETag')
    next()
  })
  app.delete('/projects/:id', freshAuth(guard, 'project.delete'), (req, res) => {
    const id: string = req.params.id
    remove(id)
    res.json({ by: authenticationOf(res).subject })
  })
  app.get('/projects', anyAuth(guard), (_req, res) => {
    res.json({ for: authenticationOf(res).subject })
  })
  const broken = Object.assign(() => Promise.reject(new Error('broken')), {
    for: () => () => Promise.reject(new Error('broken')),
    verify: () => Promise.reject(new Error('broken')),
  })
  app.get('/broken', freshAuth(broken, 300))
  app.get('/open', (_req, res) => {
    res.json(authenticationOf(res))
  })
  const onError: ErrorRequestHandler = (error: Error, _req, res, next) => {
    failed(error.message)
    if (res.headersSent) next(error)
    else res.status(500).end()
  }
  app.use(onError)
  server = createServer(app)
  origin = await listen(server)
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const call = async (method: string, path: string, changes?: Claims): Promise<Response> =>
  fetch(origin + path, {
    method,
    headers: { Authorization: `Bearer ${await signer.sign(changes)}` },
  })

describe('freshAuth', () => {
  it('lets a fresh authentication through to the handler', async () => {
    const response = await call('DELETE', '/projects/apollo')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ by: 'alice' })
    expect(remove).toHaveBeenCalledExactlyOnceWith('apollo')
  })

  it('challenges a stale one in the wire form, and exposes the header beside what CORS exposes', async () => {
    const response = await call('DELETE', '/projects/apollo', { auth_time: NOW - 900 })
    expect(response.status).toBe(401)
    expect(response.headers.get('Access-Control-Expose-Headers')).toBe('ETag, WWW-Authenticate')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Content-Type')).toMatch(/^application\/json/)
    const body: unknown = await response.json()
    expect(readChallenge({ status: 401, headers: response.headers, body })).toEqual(
      readChallenge({ status: 401, headers: { get: () => null }, body }),
    )
    expect(body).toMatchObject({ error: 'insufficient_user_authentication', max_age: 300 })
    expect(remove).not.toHaveBeenCalled()
  })

  it('asks for a token where there is none', async () => {
    const response = await fetch(`${origin}/projects/apollo`, { method: 'DELETE' })
    expect(response.status).toBe(401)
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="api"')
    expect(await response.text()).toBe('')
  })

  it('FAULTS 40: refuses a repeated Authorization header, of which Node shows only the first', async () => {
    const good = `Bearer ${await signer.sign()}`
    const { port } = new URL(origin)
    const status = (Authorization: string[]): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = {
          port,
          path: '/projects/apollo',
          method: 'DELETE',
          headers: { Authorization },
        }
        httpRequest(options, ({ statusCode }) => resolve(statusCode))
          .on('error', reject)
          .end()
      })
    expect(await status([good, 'Bearer other'])).toBe(401)
    expect(await status(['Bearer other', good])).toBe(401)
    expect(await status([good, good])).toBe(401)
    expect(remove).not.toHaveBeenCalled()
  })

  it('hands every other error to Express', async () => {
    expect((await call('GET', '/broken')).status).toBe(500)
    expect(failed).toHaveBeenCalledExactlyOnceWith('broken')
  })

  it.each([0, -1, 'project.delte', undefined])(
    'throws when the route is defined for what cannot be judged: %s',
    (requirement) => {
      expect(() => freshAuth(guard, requirement as RequirementInput)).toThrow(TypeError)
    },
  )
})

describe('anyAuth', () => {
  it('takes a valid token of any age, and no other', async () => {
    const old = await call('GET', '/projects', { auth_time: undefined })
    expect(await old.json()).toEqual({ for: 'alice' })
    expect((await call('GET', '/projects', { aud: 'other' })).status).toBe(401)
  })
})

describe('authenticationOf', () => {
  it('says which middleware is missing', async () => {
    expect((await call('GET', '/open')).status).toBe(500)
    expect(failed).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('freshAuth'))
  })
})
