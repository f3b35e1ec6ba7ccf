import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type Api, type AuditEntry } from '../../demo/api/index.js'
import { createSigner, startProvider, type Claims, type Provider } from '../server/tokens.js'
import { eventually } from '../patience.js'

const APP = 'http://localhost:4400'
const AUDIENCE = 'http://localhost:4402/'

const signer = await createSigner()
let provider: Provider
let api: Api

beforeAll(async () => {
  provider = await startProvider(signer.jwks)
  const { issuer } = provider
  api = await startApi({ port: 0, appOrigin: APP, issuer, audience: AUDIENCE })
})
afterAll(async () => {
  await api.close()
  provider.close()
})
beforeEach(async () => {
  await fetch(`${api.origin}/demo/reset`, { method: 'POST', headers: { Origin: APP } })
})

interface Call {
  /** Seconds since the sign-in. */
  age?: number
  claims?: Claims
  key?: string
  body?: object
}
async function call(method: string, path: string, { age = 10, claims, key, body }: Call = {}) {
  const now = Math.floor(Date.now() / 1000)
  const token = await signer.sign({
    ...{ iss: provider.issuer, aud: AUDIENCE, iat: now, exp: now + 60, auth_time: now - age },
    ...claims,
  })
  const response = await fetch(api.origin + path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      Origin: APP,
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const json = (await response.json()) as Record<string, unknown>
  return { status: response.status, headers: response.headers, json, token }
}
const get = async (path: string): Promise<Record<string, unknown>> =>
  (await (await fetch(api.origin + path)).json()) as Record<string, unknown>
const entries = async (): Promise<AuditEntry[]> => (await get('/audit')).entries as AuditEntry[]
const demo = (path: string, body: object, origin = APP): Promise<Response> =>
  fetch(api.origin + path, {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('the demo API', () => {
  it('is read with a token of any age, and not without one', async () => {
    const { json } = await call('GET', '/projects', { age: 86_400 })
    expect(json).toEqual({
      projects: expect.arrayContaining([{ id: 'apollo', name: 'Apollo', members: 12 }]) as unknown,
    })
    expect((await call('GET', '/billing')).json).toHaveProperty('billing.plan', 'Team')
    expect((await fetch(`${api.origin}/projects`)).status).toBe(401)
    expect(await entries()).toEqual([])
  })

  it('answers on both loopback addresses, and says localhost', async () => {
    const { port, hostname } = new URL(api.origin)
    expect(hostname).toBe('localhost')
    expect((await fetch(`http://127.0.0.1:${port}/audit`)).status).toBe(200)
  })

  it('deletes a project for a fresh authentication, which the log names', async () => {
    const { status, json, token } = await call('DELETE', '/projects/apollo')
    expect([status, json]).toEqual([
      200,
      { deleted: { id: 'apollo', name: 'Apollo', members: 12 } },
    ])
    const log = await entries()
    const who = {
      issuer: provider.issuer,
      subject: 'alice',
      sessionId: 'session-1',
      authTime: expect.any(Number) as unknown,
    }
    expect(log).toMatchObject([
      {
        kind: 'action',
        action: 'project.delete',
        summary: 'Deleted project Apollo',
        authentication: who,
      },
      {
        kind: 'decision',
        action: 'project.delete',
        allowed: true,
        requirement: { maxAge: 300 },
        authentication: who,
      },
    ])
    for (const part of token.split('.')) expect(JSON.stringify(log)).not.toContain(part)
  })

  it('challenges a stale authentication, readably for the app and for no other origin', async () => {
    const { status, headers, json } = await call('DELETE', '/projects/apollo', { age: 3600 })
    expect(status).toBe(401)
    expect(json).toMatchObject({ error: 'insufficient_user_authentication', max_age: 300 })
    expect(headers.get('Access-Control-Allow-Origin')).toBe(APP)
    expect(headers.get('Access-Control-Expose-Headers')).toBe('WWW-Authenticate')
    expect(await get('/demo/deletions')).toEqual({ deletions: [] })
    expect(await entries()).toMatchObject([{ allowed: false, reason: 'stale' }])
    const foreign = await fetch(`${api.origin}/projects`, {
      headers: { Origin: 'https://evil.example' },
    })
    expect(foreign.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  it('answers the preflight of the app', async () => {
    const response = await fetch(`${api.origin}/projects/apollo`, {
      method: 'OPTIONS',
      headers: { Origin: APP, 'Access-Control-Request-Method': 'DELETE' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('Access-Control-Allow-Methods')).toContain('DELETE')
    expect(response.headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key')
  })

  it('deletes once for one Idempotency-Key, and answers the same', async () => {
    const first = await call('DELETE', '/projects/apollo', { key: 'request-1' })
    const second = await call('DELETE', '/projects/apollo', { key: 'request-1' })
    expect([second.status, second.json]).toEqual([200, first.json])
    expect((await call('DELETE', '/projects/apollo', { key: 'request-2' })).status).toBe(404)
    const other = await call('DELETE', '/projects/apollo', {
      key: 'request-1',
      claims: { sub: 'bob' },
    })
    expect(other.status).toBe(404)
    expect(await get('/demo/deletions')).toEqual({ deletions: ['apollo'] })
  })

  it('can be made stricter than the app thinks, until the reset', async () => {
    expect((await demo('/demo/strict', { seconds: 5 })).status).toBe(200)
    const { json } = await call('DELETE', '/projects/apollo', { age: 60 })
    expect(json).toMatchObject({ error: 'insufficient_user_authentication', max_age: 5 })
    expect(await entries()).toMatchObject([
      { action: 'project.delete', requirement: { maxAge: 5 } },
    ])
    await demo('/demo/reset', {})
    expect((await call('DELETE', '/projects/apollo', { age: 60 })).status).toBe(200)
  })

  it.each([{ seconds: -1 }, { seconds: '5' }, {}])('takes no strange limit: %j', async (body) => {
    expect((await demo('/demo/strict', body)).status).toBe(400)
  })

  it('asks for more where something is unusual, until it is proved', async () => {
    for (const signal of ['network', 'device']) {
      expect((await demo('/demo/risk', { signal })).status).toBe(204)
    }
    const old = await call('DELETE', '/projects/apollo', { age: 125 })
    expect(old.json).toMatchObject({ error: 'insufficient_user_authentication', max_age: 0 })
    expect((await call('DELETE', '/projects/apollo', { age: 1 })).status).toBe(200)
    expect((await call('DELETE', '/projects/gemini', { age: 125 })).status).toBe(200)
    await demo('/demo/risk', { signal: 'network' })
    const far = await call('DELETE', '/projects/mercury', { age: 70 })
    expect(far.json).toMatchObject({ max_age: 60 })
    await demo('/demo/reset', {})
    expect((await call('DELETE', '/projects/mercury', { age: 70 })).status).toBe(200)
    expect((await demo('/demo/risk', { signal: 'moon phase' })).status).toBe(400)
  })

  it('is changed for the demo by its app alone', async () => {
    expect((await demo('/demo/strict', { seconds: 5 }, 'https://evil.example')).status).toBe(403)
    expect((await demo('/demo/reset', {}, 'null')).status).toBe(403)
  })

  it('masks API keys, and reveals one for a fresh authentication', async () => {
    const { json } = await call('GET', '/api-keys')
    expect(JSON.stringify(json)).toMatch(/"masked":"acme_demo_…[0-9a-f]{4}"/)
    expect(JSON.stringify(json)).not.toMatch(/[0-9a-f]{5}/)
    expect((await call('POST', '/api-keys/ci/reveal', { age: 126 })).status).toBe(401)
    const revealed = await call('POST', '/api-keys/ci/reveal', { age: 100 })
    expect(revealed.json).toMatchObject({
      id: 'ci',
      key: expect.stringMatching(/^acme_demo_[0-9a-f]{24}$/) as unknown,
    })
    expect((await call('POST', '/api-keys/none/reveal')).status).toBe(404)
    expect(JSON.stringify(await entries())).not.toContain(revealed.json.key)
  })

  it('rotates one API key for one authentication', async () => {
    const claims = { auth_time: Math.floor(Date.now() / 1000) - 3, sub: 'carol' }
    const before = await call('POST', '/api-keys/ci/reveal', { claims })
    const rotated = await call('POST', '/api-keys/ci/rotate', { claims })
    expect(rotated.status).toBe(200)
    expect(rotated.json.key).not.toBe(before.json.key)
    const again = await call('POST', '/api-keys/production/rotate', { claims })
    expect(again.json).toMatchObject({ error: 'insufficient_user_authentication', max_age: 0 })
    expect(await entries()).toMatchObject([
      { allowed: false, reason: 'used', action: 'api-key.rotate' },
      { kind: 'action', summary: 'Rotated API key Continuous integration' },
      { allowed: true },
      {},
      {},
    ])
  })

  it('updates billing for a fresh authentication, with what makes sense', async () => {
    const body = { plan: 'Enterprise', email: 'pay@acme.example' }
    expect((await call('PUT', '/billing', { body, age: 1000 })).status).toBe(401)
    expect((await call('PUT', '/billing', { body: { plan: 'All' } })).status).toBe(400)
    expect((await call('PUT', '/billing', { body })).json).toMatchObject({ billing: body })
    expect((await call('GET', '/billing')).json).toMatchObject({ billing: body })
  })

  it('changes the payout account for a fresh authentication, and shows no more than its end', async () => {
    const put = (iban: string, age?: number) =>
      call('PUT', '/payouts', { body: { iban }, ...(age !== undefined && { age }) })
    const refused = await put('GB82 WEST 1234 5698 7654 32', 200)
    expect(refused.json).toMatchObject({ max_age: 180 })
    expect((await put('GB83 WEST 1234 5698 7654 32')).status).toBe(400)
    expect((await put('GB82 WEST 1234 5698 7654 32')).json).toEqual({
      payouts: { account: 'GB •••• 5432', transfers: [] },
    })
    expect(JSON.stringify(await entries())).not.toContain('WEST')
  })

  it('decides by the amount what a transfer takes, and adds up the small ones', async () => {
    const send = (amount: unknown, { age = 3600, ...others }: Call = {}) =>
      call('POST', '/transfers', { body: { to: 'Initech', amount }, age, ...others })
    expect((await send(600, { key: 'one' })).status).toBe(201)
    expect(await entries()).toMatchObject([{ kind: 'action', action: 'transfer.create' }])
    // What was sent is answered again, and not counted twice: 400 more are still few.
    expect((await send(600, { key: 'one' })).status).toBe(201)
    expect((await send(400)).status).toBe(201)
    expect((await send(1)).json).toMatchObject({ max_age: 60 })
    expect((await send(1001, { age: 66 })).status).toBe(401)
    // A proof, and the counting begins anew.
    expect((await send(1001, { age: 50 })).status).toBe(201)
    expect((await send(1000)).status).toBe(201)
    for (const strange of [0, -5, 0.5, '5000', null]) {
      expect((await send(strange, { age: 10 })).status).toBe(400)
    }
    const { json } = await call('GET', '/payouts')
    const amounts = [600, 400, 1001, 1000].map((amount) => ({ to: 'Initech', amount }))
    expect(json).toHaveProperty('payouts.transfers', amounts)
  })

  it('logs re-authentications, and streams the log as it grows', async () => {
    await call('DELETE', '/projects/apollo')
    const controller = new AbortController()
    const response = await fetch(`${api.origin}/audit/stream`, {
      headers: { Origin: APP },
      signal: controller.signal,
    })
    expect(response.headers.get('Content-Type')).toMatch(/^text\/event-stream/)
    api.record({
      userId: 'alice',
      sessionId: 'session-1',
      method: 'password',
      authTime: 1_760_000_000,
      at: '2025-10-09T08:53:20.000Z',
    })
    let text = ''
    const decoder = new TextDecoder()
    const read = async (): Promise<void> => {
      for await (const chunk of response.body!) {
        text += decoder.decode(chunk, { stream: true })
      }
    }
    const reading = read().catch(() => {})
    await eventually(() => expect(text).toContain('reauthentication'))
    controller.abort()
    await reading
    const streamed = [...text.matchAll(/^data: (.*)$/gm)].map(
      ([, data = '']) => JSON.parse(data) as AuditEntry,
    )
    expect(streamed).toEqual((await entries()).toReversed())
    expect(streamed.at(-1)).toMatchObject({
      kind: 'reauthentication',
      userId: 'alice',
      sessionId: 'session-1',
      method: 'password',
      authTime: 1_760_000_000,
      at: '2025-10-09T08:53:20.000Z',
    })
  })

  it('refuses what is not JSON without a trace of its insides', async () => {
    const response = await fetch(`${api.origin}/demo/strict`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    })
    expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_request' }])
    expect((await fetch(`${api.origin}/nowhere`)).status).toBe(404)
  })
})
