import type AuthReactSession from 'supertokens-auth-react/recipe/session'
import type WebJsSession from 'supertokens-web-js/recipe/session'
import type { PasswordMethod } from 'react-step-up'
import {
  createSupertokensAdapter,
  type SupertokensSession,
} from 'react-step-up/adapters/supertokens'
import { createSupertokensGuard } from 'react-step-up/server/supertokens'
import express from 'express'
import { errorHandler } from 'supertokens-node/framework/express'
import { verifySession } from 'supertokens-node/recipe/session/framework/express'
import { listenOnLoopback } from '../../demo/loopback.js'
import { afterAll, afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest'
import { startSupertokensSystem, stopSupertokensServers } from './supertokens-system.js'

type System = Awaited<ReturnType<typeof startSupertokensSystem>>
let system: System
beforeEach(async () => {
  system = await startSupertokensSystem()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await system.stop()
})
afterAll(stopSupertokensServers)

const { signal } = new AbortController()
const now = () => Math.floor(Date.now() / 1000)
const read = async () => (await system.adapter.getAuthentication())!
const methodsOf = async () => system.adapter.methods({ maxAge: 300 }, await read())
const password = async () => (await methodsOf())[0] as PasswordMethod

test('Session of either package fits', () => {
  expectTypeOf<typeof WebJsSession>().toExtend<SupertokensSession>()
  expectTypeOf<typeof AuthReactSession>().toExtend<SupertokensSession>()
})

test('a missing SDK or address is refused with the fix', () => {
  const create = (options: object) => () => createSupertokensAdapter(options as never)
  expect(create({ url: '/auth/step-up' })).toThrow(/supertokens-web-js\/recipe\/session 0\.16/)
  expect(create({ url: '/auth/step-up', session: {} })).toThrow(TypeError)
  const session = { getAccessTokenPayloadSecurely: () => Promise.resolve({}) }
  expect(create({ session })).toThrow(/No `url`/)
})

test('nobody is signed in: null, and no failure', async () => {
  expect(await system.adapter.getAuthentication()).toBeNull()
  await system.signIn('ada')
  await system.signOut()
  expect(await system.adapter.getAuthentication()).toBeNull()
})

test('the payload tells who signed in and when, by which name', async () => {
  await system.signIn('ada', 3600)
  expect(await read()).toMatchObject({
    ...{ issuer: `${system.origin}/auth`, subject: 'usr_ada' },
    sessionId: expect.stringMatching(/^[\w-]{36}$/) as string,
    account: { name: 'Ada Lovelace', loginHint: 'ada@acme.test' },
  })
  const { authTime = 0, issuedAt = 0 } = await read()
  expect(issuedAt - authTime).toBeGreaterThanOrEqual(3600)
})

test('FAULTS 27: a refresh gives notice of a new token, with the auth_time of before', async () => {
  await system.signIn('ada', 3600)
  const before = await read()
  const told = vi.fn()
  const stop = system.adapter.subscribe(told)
  await system.refresh()
  await vi.waitFor(() => expect(told).toHaveBeenCalled())
  expect(await read()).toMatchObject({ authTime: before.authTime, sessionId: before.sessionId })
  stop()
})

test('the SDK tells before it has stored: whoever is told reads the new payload', async () => {
  await system.signIn('ada', 3600)
  const { authTime: before = 0 } = await read()
  const method = await password()
  // What was told of the sign-in has been heard by now.
  await new Promise((resolve) => setTimeout(resolve))
  const seen: Promise<number | undefined>[] = []
  const stop = system.adapter.subscribe(() => {
    seen.push(read().then(({ authTime }) => authTime))
  })
  await method.verify({ password: 'correct horse', signal })
  // By the SDK's event, and by the proof itself.
  await vi.waitFor(() => expect(seen).toHaveLength(2))
  stop()
  for (const authTime of await Promise.all(seen)) expect(authTime).toBeGreaterThan(before + 3000)
})

test('a server that is down is not known, and no sign-out', async () => {
  await system.signIn('ada')
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_700_000)
  system.breakDown()
  await expect(system.adapter.getAuthentication()).rejects.toThrow()
})

test('a level cannot be met: there is no acr in these tokens', async () => {
  await system.signIn('ada')
  expect(await system.adapter.methods({ acrValues: ['mfa'] }, await read())).toEqual([])
})

describe('a password in the page', () => {
  test('the right one moves auth_time, in the session that was there, and never by a 401', async () => {
    await system.signIn('ada', 3600)
    const before = await read()
    system.statuses.splice(0)
    const method = await password()
    expect(method).toMatchObject({ type: 'password', id: 'password' })
    expect(await method.verify({ password: 'correct horse', signal })).toBeUndefined()
    const after = await read()
    expect(after.authTime).toBeGreaterThanOrEqual(now() - 2)
    expect(after.sessionId).toBe(before.sessionId)
    expect(system.statuses).toEqual([200, 200])
    await system.refresh()
    expect((await read()).authTime).toBe(after.authTime)
  })

  test('FAULTS 35: a wrong one, or that of somebody else, moves nothing, and the sixth is locked', async () => {
    await system.signIn('ada', 3600)
    const before = await read()
    system.statuses.splice(0)
    const method = await password()
    for (const typed of ['wrong', 'battery staple', '3', '4', '5']) {
      const tried = method.verify({ password: typed, signal })
      await expect(tried).rejects.toMatchObject({ code: 'invalid_credentials' })
    }
    const locked = method.verify({ password: 'correct horse', signal })
    await expect(locked).rejects.toMatchObject({ code: 'locked' })
    expect((await read()).authTime).toBe(before.authTime)
    expect(system.statuses).not.toContain(401)
  })

  test('FAULTS 37: a core that is down, or a session that has ended, confirms nothing', async () => {
    await system.signIn('ada', 3600)
    const before = await read()
    const method = await password()
    system.core.failNext('down')
    const down = method.verify({ password: 'correct horse', signal })
    await expect(down).rejects.toMatchObject({ code: 'provider_error' })
    system.core.failNext('session_revoked')
    const ended = method.verify({ password: 'correct horse', signal })
    await expect(ended).rejects.toMatchObject({ code: 'signed_out' })
    expect((await read()).authTime).toBe(before.authTime)
    system.breakDown()
    const lost = method.verify({ password: 'correct horse', signal })
    await expect(lost).rejects.toMatchObject({ code: 'network' })
  })

  test('FAULTS 6: what is posted cannot name a person: it is the session that counts', async () => {
    await system.signIn('ada', 3600)
    const answer = await system.post('/auth/step-up/password', {
      ...{ id: 'password', password: 'battery staple' },
      ...{ email: 'bob@acme.test', subject: 'usr_bob' },
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ error: 'invalid_credentials' })
  })
})

test('the claim validator works in the real verifySession, and nothing freshens it but a proof', async () => {
  const guard = createSupertokensGuard({ sessionOf: () => undefined })
  const validator = guard.validator(300)
  const app = express()
  app.delete(
    '/',
    verifySession({ overrideGlobalClaimValidators: (all) => [...all, validator] }) as never,
    (_req, res) => void res.json({ done: true }),
  )
  app.use(errorHandler())
  const server = await listenOnLoopback(app, 0)
  const ask = async () => {
    const token = /st-access-token=([^;]+)/.exec(document.cookie)?.[1] ?? ''
    const headers = { Authorization: `Bearer ${token}` }
    const answer = await fetch(`http://localhost:${String(server.port)}/`, {
      ...{ method: 'DELETE', headers },
    })
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  await system.signIn('ada', 3600)
  const { readChallenge } = system.adapter
  for (let tries = 0; tries < 2; tries += 1) {
    const { status, body } = await ask()
    expect(status).toBe(403)
    expect(readChallenge!({ status, headers: new Headers(), body })).toEqual({ maxAge: 300 })
    await system.refresh()
  }
  await (await password()).verify({ password: 'correct horse', signal })
  expect(await ask()).toEqual({ status: 200, body: { done: true } })
  await server.close()
})

describe('a refusal of the API', () => {
  const { readChallenge } = createSupertokensAdapter({
    ...{ url: '/auth/step-up', session: { getAccessTokenPayloadSecurely: vi.fn() } },
  })
  const readBody = (body: unknown, status = 403) =>
    readChallenge!({ status, headers: new Headers(), body })
  const ours = (more: object) => ({
    ...{ id: 'step-up', reason: { error: 'insufficient_user_authentication', ...more } },
  })
  const errors = (...claimValidationErrors: unknown[]) => ({
    ...{ message: 'invalid claim', claimValidationErrors },
  })

  test('of the real guard is an invalid claim, 403, and read as its requirement', async () => {
    await system.signIn('ada', 3600)
    const answer = await system.call('/api/projects/apollo', { method: 'DELETE' })
    expect(answer.status).toBe(403)
    const body: unknown = await answer.json()
    expect(body).toMatchObject({ message: 'invalid claim' })
    expect(readBody(body)).toEqual({ maxAge: 300 })
  })

  test('several are asked for at once', () => {
    expect(readBody(errors(ours({ max_age: 300 }), ours({ max_age: 60 })))).toEqual({ maxAge: 60 })
  })

  test.each([
    ['another claim is invalid too', errors(ours({ max_age: 300 }), { id: 'st-ev' })],
    ['the claim is another', errors({ id: 'st-mfa', reason: { factorId: 'totp' } })],
    ['the age is none', errors(ours({ max_age: -1 }))],
    ['the list is empty', errors()],
    ['the list is none', { claimValidationErrors: 'no' }],
    ['an item is none', errors(null)],
    ['there is no body', null],
  ])('is an ordinary one where %s', (_why, body) => {
    expect(readBody(body)).toBeNull()
  })

  test('with another status is an ordinary one', () => {
    expect(readBody(errors(ours({ max_age: 300 })), 401)).toBeNull()
  })
})
