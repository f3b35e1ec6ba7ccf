import { generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createMemoryStepUpTimes,
  descopeAuthenticate,
  type DescopeOptions,
  type StepUpTimes,
} from '../../src/server/descope.js'
import { createFreshAuthGuard, createMemorySingleUse } from '../../src/server/index.js'
import { startDescope, type DescopeServer } from '../servers/descope.js'
import { bearer, NOW } from './tokens.js'

const projectId = 'P2localtestlocaltestlocaltest'
let descope: DescopeServer
let at = NOW
const now = () => at
beforeAll(async () => {
  descope = await startDescope({ projectId, appOrigin: 'http://localhost:7001' })
})
afterAll(() => descope.close())
beforeEach(() => {
  at = NOW
})

/** A session token, as Descope signs them; `iat`: seconds before now. */
const token = ({ iat = 0, ...changes }: JWTPayload = {}) =>
  descope.sign({
    ...{ drn: 'DS', iss: projectId, sub: 'U1', amr: ['pwd'], su: true },
    ...{ iat: at - iat, exp: at - iat + 600, ...changes },
  })
const marked = (step_up: unknown) => ({ nsec: { step_up } })

function guardFor(options: Partial<DescopeOptions> = {}) {
  const given = { projectId, baseUrl: descope.origin, now, ...options }
  const singleUse = createMemorySingleUse(now)
  return createFreshAuthGuard({ authenticate: descopeAuthenticate(given), singleUse, now })
}
const stored = () => guardFor({ stepUpTimes: createMemoryStepUpTimes(now) })
const ask = async (guard: ReturnType<typeof guardFor>, maxAge: number, claims?: JWTPayload) =>
  guard(bearer(await token(claims)), maxAge)
const stale = { reason: 'stale', status: 401 }

describe('without first-seen times', () => {
  it('a step-up is as old as it can be: the age of its token, and the project’s timeout', async () => {
    const guard = guardFor()
    await expect(ask(guard, 700, { iat: 90 })).resolves.toMatchObject({ authTime: NOW - 690 })
    await expect(ask(guard, 700, { iat: 110 })).rejects.toMatchObject(stale)
  })

  it('the project’s own timeout counts', async () => {
    const guard = guardFor({ stepUpTimeout: 180 })
    await expect(ask(guard, 300, { iat: 100 })).resolves.toMatchObject({ authTime: NOW - 280 })
    await expect(ask(guard, 300, { iat: 130 })).rejects.toMatchObject(stale)
  })

  it.each([0, 300, 600])('maxAge %i is refused when the route is made, with the fix', (maxAge) => {
    const make = () => guardFor().for(maxAge)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(/never be met.*600 seconds.*stepUpTimes.*Step Up Token Timeout/)
    expect(stored().for(maxAge)).toBeTypeOf('function')
    expect(guardFor().for({ acrValues: ['x'] })).toBeTypeOf('function')
  })
})

describe('FAULTS 27: with first-seen times', () => {
  it('a refreshed token is as old as the first of its step-up', async () => {
    const guard = stored()
    await expect(ask(guard, 300, marked('a'))).resolves.toMatchObject({ authTime: NOW })
    at += 250
    await expect(ask(guard, 300, marked('a'))).resolves.toMatchObject({ authTime: NOW })
    at += 100
    await expect(ask(guard, 300, marked('a'))).rejects.toMatchObject(stale)
  })

  it('the next step-up counts from its own first token', async () => {
    const guard = stored()
    await ask(guard, 300, marked('a'))
    at += 400
    await expect(ask(guard, 300, marked('b'))).resolves.toMatchObject({ authTime: NOW + 400 })
    await expect(ask(guard, 300, marked('a'))).rejects.toMatchObject(stale)
  })

  it.each([{}, marked(1), marked('x'.repeat(101)), { nsec: null }, { nsec: 'b' }])(
    'what is marked by nobody (%j) is as old as it can be, however often it was seen',
    async (mark) => {
      const guard = stored()
      for (const seconds of [0, 605, 607]) {
        at += seconds
        await expect(ask(guard, 600, { iat: 20, ...mark })).rejects.toMatchObject(stale)
        await expect(ask(guard, 700, { ...mark })).resolves.toMatchObject({ authTime: at - 600 })
      }
    },
  )

  it('it is remembered for as long as a token can tell of it', async () => {
    const guard = stored()
    await ask(guard, 300, marked('a'))
    at += 599
    const last = await token(marked('a'))
    at += 590
    const { authTime } = await guard.verify(bearer(last))
    expect(authTime).toBe(NOW)
    at = NOW + 1300
    await expect(ask(guard, 300, marked('a'))).resolves.toMatchObject({ authTime: NOW + 1300 })
  })

  it('a token from before the first that was seen is older than that', async () => {
    const guard = stored()
    await ask(guard, 300, marked('a'))
    await expect(ask(guard, 900, { iat: 100, ...marked('a') })).resolves.toMatchObject({
      authTime: NOW - 100,
    })
  })

  it('each person, and each project, has times of their own', async () => {
    const stepUpTimes = createMemoryStepUpTimes(now)
    const guard = guardFor({ stepUpTimes })
    await ask(guard, 300, marked('a'))
    at += 400
    await expect(ask(guard, 300, { sub: 'U2', ...marked('a') })).resolves.toMatchObject({
      authTime: NOW + 400,
    })
  })

  it('FAULTS 50: maxAge 0 takes each step-up once', async () => {
    const guard = stored()
    await expect(ask(guard, 0, marked('a'))).resolves.toMatchObject({ subject: 'U1' })
    at += 10
    await expect(ask(guard, 0, marked('a'))).rejects.toMatchObject({ reason: 'used' })
    await expect(ask(guard, 0, marked('b'))).resolves.toMatchObject({ subject: 'U1' })
    at += 130
    await expect(ask(guard, 0, marked('b'))).rejects.toMatchObject(stale)
  })

  it('a store that fails lets nobody pass, and signs nobody out', async () => {
    const down: StepUpTimes = { first: () => Promise.reject(new Error('down')) }
    const asked = ask(guardFor({ stepUpTimes: down }), 300, marked('a'))
    await expect(asked).rejects.toMatchObject({ status: 503 })
  })
})

describe('whose token it is', () => {
  it.each([
    projectId,
    `https://api.descope.com/${projectId}`,
    `https://api.descope.com/v1/apps/${projectId}`,
    `https://auth.acme.test/${projectId}/app`,
  ])('the issuer %s is the project', async (iss) => {
    await expect(ask(stored(), 700, { iss })).resolves.toMatchObject({ issuer: iss })
  })

  it.each([
    ['the address of another project', { iss: `https://api.descope.com/${projectId}/x/y` }],
    ['another project', { iss: 'P2other' }],
    ['the project in a query', { iss: `https://evil.test/?${projectId}` }],
    ['a refresh token', { drn: 'DSR' }],
    ['a token of no kind', { drn: undefined }],
    ['one that has expired', { iat: 700 }],
    ['one without a time', { iat: undefined, exp: NOW + 600 }],
    ['a time that is no number', { iat: 'now' as never }],
    ['nobody', { sub: '' }],
  ])('FAULTS 40: %s is refused', async (_, changes) => {
    const claims = { ...changes } as JWTPayload
    const signed = await descope.sign({
      ...{ drn: 'DS', iss: projectId, sub: 'U1', su: true, iat: at, exp: at + 600, ...claims },
      ...(typeof claims.iat === 'number' && { iat: at - claims.iat, exp: at - claims.iat + 600 }),
    })
    await expect(stored().verify(bearer(signed))).rejects.toMatchObject({ reason: 'invalid_token' })
  })

  it('FAULTS 40: another key, and no token at all', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    const forged = await new SignJWT({ drn: 'DS', iss: projectId, sub: 'U1', su: true, iat: NOW })
      .setProtectedHeader({ alg: 'RS256' })
      .setExpirationTime(NOW + 600)
      .sign(privateKey)
    const guard = stored()
    await expect(guard(bearer(forged), 300)).rejects.toMatchObject({ reason: 'invalid_token' })
    await expect(guard({ headers: new Headers() }, 300)).rejects.toMatchObject({ status: 401 })
  })

  it.each([
    ['a mere sign-in', { su: undefined }],
    ['su as a text', { su: 'true' }],
    ['su as a number', { su: 1 }],
  ])('FAULTS 28: %s is never fresh', async (_, claims) => {
    await expect(ask(stored(), 86_400, claims)).rejects.toMatchObject({ reason: 'no_auth_time' })
  })

  it('FAULTS 4: one from the future is not fresh', async () => {
    await expect(ask(stored(), 300, { iat: -60 })).rejects.toMatchObject({ status: 401 })
  })

  it('an administrator who acts as the person can confirm nothing', async () => {
    const act = { sub: 'U9' }
    await expect(ask(stored(), 300, { act })).rejects.toMatchObject({ reason: 'impersonated' })
  })

  it('FAULTS 37: keys that cannot be fetched are an outage, and no sign-out', async () => {
    const guard = guardFor({ baseUrl: 'http://127.0.0.1:1' })
    await expect(guard.verify(bearer(await token()))).rejects.toMatchObject({ status: 503 })
  })
})

it.each([
  [{ projectId: '' }, /projectId/],
  [{ stepUpTimeout: 0 }, /stepUpTimeout/],
  [{ stepUpTimeout: NaN }, /stepUpTimeout/],
  [{ baseUrl: 'http://api.descope.com' }, /https/],
])('%j is refused at once', (options, message) => {
  expect(() => descopeAuthenticate({ projectId, ...options })).toThrow(message)
})
