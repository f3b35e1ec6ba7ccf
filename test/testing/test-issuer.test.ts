import { expect, test } from 'vitest'
import { createFreshAuthGuard } from 'react-step-up/server'
import { createFakeAdapter, createFakeClock, createTestIssuer } from 'react-step-up/testing'
import { decodeJwt, decodeProtectedHeader } from 'jose'

const bearer = (token: string) =>
  new Request('https://api.test/', { headers: { Authorization: `Bearer ${token}` } })

test('signs access tokens that a guard takes, knowing nothing but the issuer', async () => {
  const issuer = await createTestIssuer()
  const guard = createFreshAuthGuard(issuer)
  const who = await guard(bearer(await issuer.signToken({ acr: 'mfa' })), {
    maxAge: 60,
    acrValues: ['mfa'],
  })
  expect(who).toMatchObject({ issuer: 'https://id.test', subject: 'ada', acr: 'mfa' })
})

test('signs stale ones, and ones without auth_time', async () => {
  const issuer = await createTestIssuer()
  const guard = createFreshAuthGuard(issuer)
  const stale = issuer.signToken({ auth_time: issuer.now() - 3600 })
  await expect(guard(bearer(await stale), 300)).rejects.toMatchObject({ reason: 'stale' })
  const bare = issuer.signToken({ auth_time: undefined })
  await expect(guard(bearer(await bare), 300)).rejects.toMatchObject({ reason: 'no_auth_time' })
})

test('is an issuer of its own: nobody else takes its tokens', async () => {
  const [issuer, other] = await Promise.all([createTestIssuer(), createTestIssuer()])
  const guard = createFreshAuthGuard(other)
  await expect(guard(bearer(await issuer.signToken()), 300)).rejects.toMatchObject({
    reason: 'invalid_token',
  })
})

test('goes by the clock of the test, and speaks for whoever is signed in', async () => {
  const clock = createFakeClock()
  const adapter = createFakeAdapter({ clock, authentication: { sessionId: 's', amr: ['pwd'] } })
  const issuer = await createTestIssuer({ clock })
  const guard = createFreshAuthGuard(issuer)
  const ask = async () => guard(bearer(await issuer.signToken(adapter.claims)), 300)
  await expect(ask()).resolves.toMatchObject({ subject: 'ada', sessionId: 's', amr: ['pwd'] })
  adapter.age(301 + 5)
  await expect(ask()).rejects.toMatchObject({ reason: 'stale' })
  adapter.authentication = null
  expect(adapter.claims).toEqual({})
})

test('signs ID tokens, with any algorithm', async () => {
  const issuer = await createTestIssuer({ alg: 'RS256', kid: 'k', issuer: 'https://id.example' })
  const token = await issuer.signToken({ aud: 'console', nonce: 'n' }, { typ: 'JWT' })
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: 'k', typ: 'JWT' })
  expect(decodeJwt(token)).toMatchObject({
    ...{ iss: 'https://id.example', aud: 'console', sub: 'ada', nonce: 'n' },
    auth_time: expect.any(Number) as number,
  })
})
