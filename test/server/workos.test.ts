import { beforeAll, describe, expect, it } from 'vitest'
import { createTestIssuer, type TestIssuer } from 'react-step-up/testing'
import { createFreshAuthGuard } from '../../src/server/index.js'
import { readWorkosEvent, workosAuthenticate } from '../../src/server/workos.js'
import { bearer, NOW } from './tokens.js'

const clientId = 'client_acme'
let workos: TestIssuer
beforeAll(async () => {
  const issuer = `https://api.workos.com/user_management/${clientId}`
  workos = await createTestIssuer({ issuer, alg: 'RS256' })
})

/** As WorkOS signs them: no `aud`, no `typ`. */
const token = (changes: object = {}) =>
  workos.signToken(
    {
      ...{ sub: 'user_1', sid: 'session_1', iat: NOW - 10, exp: NOW + 290, auth_time: NOW - 60 },
      ...{ aud: undefined, client_id: undefined, ...changes },
    },
    { typ: undefined as unknown as string },
  )
const guard = () => {
  const authenticate = workosAuthenticate({ clientId, jwks: workos.jwks, now: () => NOW })
  return createFreshAuthGuard({ authenticate, now: () => NOW })
}
const ask = async (changes?: object) => guard()(bearer(await token(changes)), 300)

describe('workosAuthenticate', () => {
  it('tells who sent a request', async () => {
    await expect(ask()).resolves.toMatchObject({
      ...{ issuer: workos.issuer, subject: 'user_1', sessionId: 'session_1', authTime: NOW - 60 },
    })
  })

  it.each([
    ['an old sign-in', { auth_time: NOW - 400 }, 'stale'],
    ['a refresh, which makes nothing fresher', { auth_time: NOW - 400, iat: NOW }, 'stale'],
    ['no auth_time', { auth_time: undefined }, 'no_auth_time'],
    ['auth_time in milliseconds', { auth_time: NOW * 1000 }, 'no_auth_time'],
    ['an administrator who acts as the person', { act: { sub: 'root' } }, 'impersonated'],
    ['one that has expired', { exp: NOW - 6 }, 'invalid_token'],
    ['another client’s', { iss: 'https://api.workos.com/user_management/other' }, 'invalid_token'],
    ['another client’s of the same keys', { client_id: 'client_other' }, 'invalid_token'],
    ['one for another API', { aud: 'client_other' }, 'invalid_token'],
    ['one for several others', { aud: ['a', 'b'] }, 'invalid_token'],
    ['nobody', { sub: '' }, 'invalid_token'],
  ])('FAULTS 3, 27, 40: %s is refused', async (_, changes, reason) => {
    await expect(ask(changes)).rejects.toMatchObject({ reason, status: 401 })
  })

  it('FAULTS 40: an audience of one’s own is asked for, and none is not enough then', async () => {
    const authenticate = workosAuthenticate({
      ...{ clientId, audience: 'https://api.acme.test', jwks: workos.jwks, now: () => NOW },
    })
    const own = createFreshAuthGuard({ authenticate, now: () => NOW })
    const askOwn = async (aud?: unknown) => own(bearer(await token({ aud })), 300)
    await expect(askOwn(['a', 'https://api.acme.test'])).resolves.toMatchObject({
      subject: 'user_1',
    })
    await expect(askOwn(clientId)).rejects.toMatchObject({ reason: 'invalid_token' })
    await expect(askOwn()).rejects.toMatchObject({ reason: 'invalid_token' })
    await expect(ask({ aud: clientId, client_id: clientId })).resolves.toMatchObject({})
  })

  it('FAULTS 40: another key, none at all, and another algorithm are refused', async () => {
    const other = await createTestIssuer({ issuer: workos.issuer, alg: 'RS256' })
    const es = await createTestIssuer({ issuer: workos.issuer, alg: 'ES256' })
    const claims = { sub: 'user_1', aud: undefined, exp: NOW + 290, iat: NOW }
    for (const { signToken } of [other, es]) {
      await expect(guard()(bearer(await signToken(claims)), 300)).rejects.toMatchObject({
        reason: 'invalid_token',
      })
    }
    await expect(guard()(new Request('https://api.test/'), 300)).rejects.toMatchObject({
      reason: 'missing_token',
    })
  })

  it('keys that cannot be had are an outage, and no sign-out', async () => {
    const jwks = () => Promise.reject(new Error('offline'))
    const authenticate = workosAuthenticate({ clientId, jwks, now: () => NOW })
    const asked = createFreshAuthGuard({ authenticate })(bearer(await token()), 300)
    await expect(asked).rejects.toMatchObject({ status: 503 })
  })

  it.each(['', undefined, '../evil'])('says what is missing: %j', (given) => {
    expect(() => workosAuthenticate({ clientId: given as string })).toThrow(/clientId/)
  })
})

describe('readWorkosEvent', () => {
  const at = '2026-11-23T00:00:00.000Z'
  const envelope = { object: 'event', id: 'event_1', created_at: at }
  const data = { type: 'reauthentication', user_id: 'user_1', email: 'ada@acme.test' }

  it('reads the event as the API describes it', () => {
    const event = 'authentication.reauthentication_succeeded'
    const found = { ...data, status: 'succeeded', ip_address: '192.0.2.1', user_agent: null }
    expect(readWorkosEvent({ ...envelope, event, data: found })).toEqual({
      ...{ id: 'event_1', subject: 'user_1', ipAddress: '192.0.2.1', at },
    })
  })

  it('reads the event as it was announced, and as the SDK for Node hands it on', () => {
    const event = 'authentication.reauthenticated'
    const found = { ...data, session_id: 'session_1', method: 'password', auth_time: NOW }
    const { created_at: createdAt, ...rest } = envelope
    expect(readWorkosEvent({ ...rest, createdAt, event, data: found })).toEqual({
      ...{ id: 'event_1', subject: 'user_1', sessionId: 'session_1', method: 'password' },
      ...{ authTime: NOW, at },
    })
  })

  const event = 'authentication.reauthenticated'
  it.each<unknown>([
    null,
    'authentication.reauthenticated',
    { ...envelope, event },
    { ...envelope, event, data: [] },
    { ...envelope, event: 'authentication.password_succeeded', data },
    { ...envelope, event: ['authentication.reauthenticated'], data },
    { ...envelope, event, data: { ...data, user_id: 7 } },
    { ...envelope, id: undefined, event, data },
    { ...envelope, created_at: undefined, event, data },
  ])('%j is none', (other) => {
    expect(readWorkosEvent(other)).toBeNull()
  })

  it('a strange time is left out', () => {
    const strange = { ...data, auth_time: String(NOW), session_id: 5 }
    expect(readWorkosEvent({ ...envelope, event, data: strange })).toEqual({
      ...{ id: 'event_1', subject: 'user_1', at },
    })
  })
})
