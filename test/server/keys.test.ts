import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createFreshAuthGuard,
  GuardError,
  type FreshAuthGuard,
  type TokenGuardOptions,
} from '../../src/server/index.js'
import {
  AUDIENCE,
  bearer,
  createSigner,
  NOW,
  startProvider,
  type Provider,
  type Signer,
} from './tokens.js'

let signer: Signer
let provider: Provider
beforeEach(async () => {
  signer = await createSigner()
  provider = await startProvider(signer.jwks)
})
afterEach(() => {
  provider.close()
  vi.useRealTimers()
})

const create = (options: Partial<TokenGuardOptions> = {}): FreshAuthGuard =>
  createFreshAuthGuard({ issuer: provider.issuer, audience: AUDIENCE, now: () => NOW, ...options })
const request = async (from = signer): Promise<Request> =>
  bearer(await from.sign({ iss: provider.issuer }))
const refusal = async (guard: FreshAuthGuard, from?: Signer): Promise<GuardError> => {
  const outcome: unknown = await guard(await request(from), 300).catch((error: unknown) => error)
  if (outcome instanceof GuardError) return outcome
  throw new Error('The guard did not refuse', { cause: outcome })
}

describe("the issuer's keys", () => {
  it('are found through its metadata, once for ten requests at once', async () => {
    const guard = create()
    expect(provider.requests).toEqual([])
    const requests = await Promise.all(Array.from({ length: 10 }, () => request()))
    await Promise.all(requests.map((each) => guard(each, 300)))
    await guard(await request(), 300)
    expect(provider.requests).toEqual(['/.well-known/openid-configuration', '/jwks'])
  })

  it('are not looked for by a request that brings no token', async () => {
    const guard = create()
    await expect(guard(new Request('https://api.example/'), 300)).rejects.toThrow(GuardError)
    await expect(guard(bearer('not.a.token'), 300)).rejects.toMatchObject({
      reason: 'invalid_token',
    })
    expect(provider.requests).toEqual([])
  })

  it.each<[string, Provider['fault']]>([
    ['is down', { status: 500 }],
    ['sends us elsewhere', { status: 302 }],
    ['names another issuer', { metadata: { issuer: 'https://evil.example' } }],
    ['names no keys', { metadata: { jwks_uri: undefined } }],
    ['names keys without TLS', { metadata: { jwks_uri: 'http://id.example/jwks' } }],
    ['is silent', { silent: true }],
  ])('FAULTS 37: are asked for again where the provider %s', async (_name, fault) => {
    const guard = create({ timeout: 0.2 })
    provider.fault = fault
    const { response, message, reason } = await refusal(guard)
    expect(reason).toBe('unavailable')
    expect(message).toContain(provider.issuer)
    expect(response.status).toBe(503)
    expect(response.headers.get('WWW-Authenticate')).toBeNull()
    expect(await response.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'The request cannot be verified at the moment',
    })
    provider.fault = null
    await expect(guard(await request(), 300)).resolves.toBeTruthy()
  })

  it('FAULTS 37: are read again when they rotate', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const guard = create()
    await guard(await request(), 300)
    const next = await createSigner('ES256', 'key-2')
    provider.jwks = next.jwks
    expect((await refusal(guard, next)).reason).toBe('invalid_token')
    vi.advanceTimersByTime(31_000)
    await expect(guard(await request(next), 300)).resolves.toBeTruthy()
  })

  it('are nobody else’s: a failing key function is no verdict on the token', async () => {
    const guard = create({ jwks: () => Promise.reject(new Error('vault sealed')) })
    expect(await refusal(guard)).toMatchObject({ status: 503, cause: new Error('vault sealed') })
  })
})
