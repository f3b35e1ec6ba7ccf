import { SignJWT } from 'jose'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  createFreshAuthGuard,
  createMemorySingleUse,
  GuardError,
  parseChallenge,
  StepUpRequiredError,
  type Decision,
  type FreshAuthGuard,
  type TokenGuardOptions,
  type RequirementInput,
} from '../../src/server/index.js'
import { AUDIENCE, bearer, createSigner, ISSUER, NOW, type Claims, type Signer } from './tokens.js'

let signer: Signer
beforeAll(async () => {
  signer = await createSigner()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const create = (options: Partial<TokenGuardOptions> = {}): FreshAuthGuard =>
  createFreshAuthGuard({
    issuer: ISSUER,
    audience: AUDIENCE,
    jwks: signer.jwks,
    now: () => NOW,
    ...options,
  })

/** What the guard refuses a request with. */
async function refusal(
  request: Request | Promise<Request>,
  requirement: RequirementInput = 300,
  guard = create(),
): Promise<GuardError> {
  const outcome: unknown = await guard(await request, requirement).catch((error: unknown) => error)
  if (outcome instanceof GuardError) return outcome
  throw new Error('The guard did not refuse', { cause: outcome })
}
const withToken = async (changes?: Claims, header?: Record<string, string>): Promise<Request> =>
  bearer(await signer.sign(changes, header))
const withAuthorization = (value: string): Request =>
  new Request('https://api.example/', { headers: { Authorization: value } })

describe('a fresh authentication', () => {
  it('passes, and tells who it is', async () => {
    const who = await create()(await withToken(), 300)
    expect(who).toMatchObject({
      issuer: ISSUER,
      subject: 'alice',
      sessionId: 'session-1',
      authTime: NOW - 60,
      acr: 'pwd',
      amr: ['pwd'],
      claims: { client_id: 'console' },
    })
  })

  it.each([
    [295, 300],
    [300, 300],
    [305, 300],
    [6, 1],
  ])('passes within maxAge and the tolerance: %i s for %i', async (age, maxAge) => {
    await expect(create()(await withToken({ auth_time: NOW - age }), maxAge)).resolves.toBeTruthy()
  })

  it('FAULTS 4: passes from the near future, by no more than the tolerance', async () => {
    await expect(create()(await withToken({ auth_time: NOW + 5 }), 1)).resolves.toBeTruthy()
    expect((await refusal(withToken({ auth_time: NOW + 6 }), 300)).reason).toBe('no_auth_time')
  })

  it('passes with one of the levels that are required', async () => {
    const requirement = { acrValues: ['mfa', 'pwd'] } as const
    await expect(create()(await withToken(), requirement)).resolves.toBeTruthy()
    const unknown = await withToken({ auth_time: undefined })
    await expect(create()(unknown, requirement)).resolves.toBeTruthy()
  })

  it('passes by the name of a policy', async () => {
    const guard = create({ policies: { 'project.delete': 300, 'api-key.reveal': 30 } })
    await expect(guard(await withToken(), 'project.delete')).resolves.toBeTruthy()
    expect((await refusal(withToken(), 'api-key.reveal', guard)).reason).toBe('stale')
  })

  it.each(['RS256', 'PS256', 'ES384', 'EdDSA'])('passes when signed with %s', async (alg) => {
    const other = await createSigner(alg)
    const guard = create({ jwks: other.jwks })
    await expect(guard(bearer(await other.sign()), 300)).resolves.toBeTruthy()
  })

  it('passes by a key function, for one of several audiences', async () => {
    const { createLocalJWKSet } = await import('jose')
    const guard = create({
      jwks: createLocalJWKSet(signer.jwks),
      audience: ['https://old.example', AUDIENCE],
    })
    const token = withToken({ aud: ['https://userinfo.example', AUDIENCE] })
    await expect(guard(await token, 300)).resolves.toBeTruthy()
  })
})

describe('an authentication that is not fresh', () => {
  it('is challenged in the wire form of RFC 9470', async () => {
    const error = await refusal(withToken({ auth_time: NOW - 306 }), {
      maxAge: 300,
      acrValues: ['phr', 'pwd'],
    })
    expect(error).toBeInstanceOf(StepUpRequiredError)
    const { response } = error
    expect(response.status).toBe(401)
    expect(response.headers.get('WWW-Authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", ' +
        'error_description="More recent authentication is required", max_age="300", acr_values="phr pwd"',
    )
    expect(response.headers.get('Access-Control-Expose-Headers')).toBe('WWW-Authenticate')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Content-Type')).toBe('application/json')
    expect(await response.json()).toEqual({
      error: 'insufficient_user_authentication',
      error_description: 'More recent authentication is required',
      max_age: 300,
      acr_values: 'phr pwd',
    })
    expect(await error.response.json()).toHaveProperty('max_age', 300)
  })

  it('FAULTS 27: is not made fresh by a refresh, however new iat is', async () => {
    const refreshed = withToken({ auth_time: NOW - 3600, iat: NOW, jti: 'token-2' })
    expect((await refusal(refreshed)).reason).toBe('stale')
    const without = withToken({ auth_time: undefined, iat: NOW })
    expect((await refusal(without)).reason).toBe('no_auth_time')
  })

  it.each([0, undefined, null, `${NOW}`, NOW - 0.5, -1, 1e20, NOW * 1000])(
    'FAULTS 3: is what a strange auth_time tells of: %j',
    async (auth_time) => {
      expect((await refusal(withToken({ auth_time }))).reason).toBe('no_auth_time')
    },
  )

  it('FAULTS 28: is what a token without auth_time tells of, and other evidence is named', async () => {
    const { response } = await refusal(withToken({ auth_time: undefined }))
    const challenge = parseChallenge(response.headers.get('WWW-Authenticate'))
    expect(response.status).toBe(401)
    expect(challenge).toMatchObject({ scheme: 'Bearer', maxAge: 300 })
    for (const evidence of ['auth_time', 'introspection', 'ID token', 'sub', 'at_hash']) {
      expect(challenge?.description).toContain(evidence)
    }
    const { message } = await refusal(withToken({ acr: undefined }), { acrValues: ['mfa'] })
    expect(message).toContain('no usable acr')
  })

  it('is what another level tells of, however new', async () => {
    const error = await refusal(withToken(), { acrValues: ['mfa'] })
    expect(error).toMatchObject({ reason: 'acr', challenge: { acrValues: ['mfa'] } })
  })
})

describe('FAULTS 7, 40: an access token that is not valid here', () => {
  it.each<[string, Claims, Record<string, string>?]>([
    ['for another audience', { aud: 'https://other.example' }],
    ['for no audience', { aud: undefined }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that has expired', { exp: NOW - 6 }],
    ['that never expires', { exp: undefined }],
    ['whose nbf is in the future', { nbf: NOW + 6 }],
    ['of nobody', { sub: undefined }],
    ['of an empty subject', { sub: '' }],
    ['whose subject is no text', { sub: 7 }],
    ['that is an ID token', { aud: AUDIENCE, nonce: 'n' }, { typ: 'JWT' }],
    ['that does not say what it is', {}, { typ: '' }],
    ['that is bound to a key', { cnf: { jkt: 'thumbprint' } }],
    ['of an unknown key', {}, { kid: 'key-2' }],
  ])('is refused as invalid_token: one %s', async (_name, changes, header) => {
    const error = await refusal(withToken(changes, header))
    expect(error.reason).toBe('invalid_token')
    const { response } = error
    expect(response.status).toBe(401)
    expect(response.headers.get('WWW-Authenticate')).toMatch(
      /^Bearer error="invalid_token", error_description="[ !#-[\]-~]+"$/,
    )
    expect(await response.json()).toHaveProperty('error', 'invalid_token')
  })

  it('is refused within the tolerance only where it is beyond', async () => {
    const late = withToken({ exp: NOW - 4, nbf: NOW + 4 })
    await expect(create()(await late, 300)).resolves.toBeTruthy()
  })

  it('is refused with alg none', async () => {
    const [, payload = ''] = (await signer.sign()).split('.')
    const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
    expect((await refusal(bearer(`${header}.${payload}.`))).reason).toBe('invalid_token')
  })

  it('is refused with HS256 and the public key as the secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(signer.jwks.keys[0]))
    const forged = await new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'alice', auth_time: NOW })
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1', typ: 'at+jwt' })
      .setExpirationTime(NOW + 600)
      .sign(secret)
    expect((await refusal(bearer(forged))).reason).toBe('invalid_token')
  })

  it('is refused with an algorithm that is not listed', async () => {
    const guard = create({ algorithms: ['RS256'] })
    expect((await refusal(withToken(), 300, guard)).reason).toBe('invalid_token')
  })

  it('is refused where somebody else signed it, or a part was changed', async () => {
    const other = await createSigner()
    expect((await refusal(bearer(await other.sign()))).reason).toBe('invalid_token')
    const [head = '', , signature = ''] = (await signer.sign()).split('.')
    const [, payload = ''] = (await other.sign({ sub: 'bob' })).split('.')
    const mixed = bearer(`${head}.${payload}.${signature}`)
    expect((await refusal(mixed)).reason).toBe('invalid_token')
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer a, Bearer b',
    'Bearer a,b',
    'bearer "a"',
    'Bearer abc',
  ])('is refused where the header is not exactly one Bearer: %s', async (value) => {
    const error = await refusal(withAuthorization(value))
    expect(error.reason).toBe('invalid_token')
  })

  it('is refused where the header is repeated, also beside another scheme', async () => {
    for (const other of [`Bearer ${await signer.sign()}`, 'Basic YTpi']) {
      const request = await withToken()
      request.headers.append('Authorization', other)
      expect((await refusal(request)).reason).toBe('invalid_token')
      const reversed = withAuthorization(other)
      reversed.headers.append('Authorization', `Bearer ${await signer.sign()}`)
      expect((await refusal(reversed)).reason).toBe('invalid_token')
    }
  })

  it('is refused without being read where it is huge', async () => {
    const hash = vi.spyOn(crypto.subtle, 'digest')
    const verify = vi.spyOn(crypto.subtle, 'verify')
    const error = await refusal(withAuthorization(`Bearer ${'a'.repeat(1_000_000)}`))
    expect(error).toMatchObject({
      reason: 'invalid_token',
      message: 'The Authorization header is too long',
    })
    expect(hash).not.toHaveBeenCalled()
    expect(verify).not.toHaveBeenCalled()
  })

  it('is refused as unsupported under the DPoP scheme', async () => {
    const error = await refusal(withAuthorization(`DPoP ${await signer.sign()}`))
    expect(error).toMatchObject({
      reason: 'invalid_token',
      message: 'The DPoP scheme is not supported here, only Bearer is',
    })
  })

  it.each([undefined, '', 'Basic YTpi', 'Negotiate'])(
    'is asked for without an error where none was sent: %s',
    async (value) => {
      const headers = value === undefined ? undefined : { Authorization: value }
      const request = new Request('https://api.example/', headers && { headers })
      const { response, reason } = await refusal(request)
      expect(reason).toBe('missing_token')
      expect(response.status).toBe(401)
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="api"')
      expect(await response.text()).toBe('')
    },
  )
})

describe('a token seen before', () => {
  it('costs no second signature check and no key import; its age always counts', async () => {
    let now = NOW
    const guard = create({ now: () => now })
    const verify = vi.spyOn(crypto.subtle, 'verify')
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    const token = await signer.sign({ auth_time: NOW - 60 })
    for (let request = 0; request < 5; request += 1) await guard(bearer(token), 300)
    expect(verify).toHaveBeenCalledTimes(1)
    expect(importKey).toHaveBeenCalledTimes(1)
    await guard(bearer(await signer.sign({ jti: 'token-2' })), 300)
    expect(verify).toHaveBeenCalledTimes(2)
    expect(importKey).toHaveBeenCalledTimes(1)
    now = NOW + 246
    expect((await refusal(bearer(token), 300, guard)).reason).toBe('stale')
    expect(verify).toHaveBeenCalledTimes(2)
  })

  it('expires all the same', async () => {
    let now = NOW
    const guard = create({ now: () => now })
    const token = await signer.sign({ exp: NOW + 60 })
    await guard.verify(bearer(token))
    now = NOW + 65
    expect((await refusal(bearer(token), 3000, guard)).reason).toBe('invalid_token')
  })

  it('is not yet valid again where the clock was set back', async () => {
    let now = NOW
    const guard = create({ now: () => now })
    const token = await signer.sign({ nbf: NOW - 10 })
    await guard.verify(bearer(token))
    now = NOW - 20
    expect((await refusal(bearer(token), 3000, guard)).reason).toBe('invalid_token')
  })

  it('is not believed for longer than ten minutes: its key may be withdrawn', async () => {
    let now = NOW
    const guard = create({ now: () => now })
    const token = await signer.sign({ exp: NOW + 86_400 })
    const verify = vi.spyOn(crypto.subtle, 'verify')
    await guard.verify(bearer(token))
    now = NOW + 600
    await guard.verify(bearer(token))
    expect(verify).toHaveBeenCalledTimes(2)
  })

  it('gives each request claims of its own', async () => {
    const guard = create()
    const token = await signer.sign()
    const first = await guard(bearer(token), 300)
    Object.assign(first.claims, { sub: 'mallory' })
    expect(await guard(bearer(token), 300)).toMatchObject({
      subject: 'alice',
      claims: { sub: 'alice' },
    })
  })
})

describe('maxAge: 0', () => {
  it('takes one fresh authentication for one use', async () => {
    const guard = create({ singleUse: createMemorySingleUse(() => NOW) })
    await expect(guard(await withToken(), 0)).resolves.toBeTruthy()
    const again = await refusal(withToken({ jti: 'token-2', iat: NOW }), 0, guard)
    expect(again).toMatchObject({ reason: 'used', challenge: { maxAge: 0 } })
    await expect(guard(await withToken(), 300)).resolves.toBeTruthy()
    await expect(guard(await withToken({ auth_time: NOW - 5 }), 0)).resolves.toBeTruthy()
    await expect(guard(await withToken({ sub: 'bob' }), 0)).resolves.toBeTruthy()
  })

  it('lets one of ten requests at once pass', async () => {
    const guard = create({ singleUse: createMemorySingleUse(() => NOW) })
    const token = await signer.sign()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => guard(bearer(token), 0)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('FAULTS 50: refuses an old sign-in, used or not', async () => {
    const consume = vi.fn(() => true)
    const guard = create({ singleUse: { consume } })
    expect((await refusal(withToken({ auth_time: NOW - 126 }), 0, guard)).reason).toBe('stale')
    expect(consume).not.toHaveBeenCalled()
    await guard(await withToken({ auth_time: NOW - 120 }), 0)
    expect(consume).toHaveBeenCalledExactlyOnceWith(
      JSON.stringify([ISSUER, 'alice', NOW - 120]),
      131,
    )
  })

  it('spends nothing where the level is not met', async () => {
    const consume = vi.fn(() => true)
    const guard = create({ singleUse: { consume } })
    const requirement = { maxAge: 0, acrValues: ['mfa'] }
    expect((await refusal(withToken(), requirement, guard)).reason).toBe('acr')
    expect(consume).not.toHaveBeenCalled()
  })

  it('is refused for now where the store fails, and refused where its answer is strange', async () => {
    const broken = create({ singleUse: { consume: () => Promise.reject(new Error('down')) } })
    const error = await refusal(withToken(), 0, broken)
    expect(error).toMatchObject({ reason: 'unavailable', status: 503, cause: new Error('down') })
    const strange = create({ singleUse: { consume: () => 'OK' as unknown as boolean } })
    expect((await refusal(withToken(), 0, strange)).reason).toBe('used')
  })

  it('is forgotten by the memory after its time, not before', () => {
    let now = NOW
    const memory = createMemorySingleUse(() => now)
    expect([memory.consume('a', 10), memory.consume('b', 10)]).toEqual([true, true])
    now += 9
    expect(memory.consume('a', 10)).toBe(false)
    now += 1
    expect(memory.consume('a', 10)).toBe(true)
  })
})

describe('a decision', () => {
  it('that allows names the re-authentication; none holds the token', async () => {
    const decisions: Decision[] = []
    const guard = create({
      policies: { 'project.delete': 300 },
      onDecision: (decision) => decisions.push(decision),
    })
    const token = await signer.sign()
    await guard(bearer(token), 'project.delete')
    await refusal(withToken({ auth_time: NOW - 900 }), 300, guard)
    await refusal(withToken({ aud: 'other' }), 300, guard)
    await refusal(new Request('https://api.example/'), 300, guard)
    expect(decisions).toMatchObject([
      {
        allowed: true,
        policy: 'project.delete',
        requirement: { maxAge: 300 },
        authentication: {
          issuer: ISSUER,
          subject: 'alice',
          sessionId: 'session-1',
          authTime: NOW - 60,
        },
        at: NOW,
      },
      { allowed: false, reason: 'stale', authentication: { subject: 'alice' } },
      { allowed: false, reason: 'invalid_token' },
      { allowed: false, reason: 'missing_token' },
    ])
    expect(decisions[2]).not.toHaveProperty('authentication')
    const [head = '', payload = '', signature = ''] = token.split('.')
    for (const part of [head, payload, signature]) {
      expect(JSON.stringify(decisions)).not.toContain(part)
    }
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('log down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('log down'))],
  ])('stands where the log %s', async (_name, onDecision) => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {})
    const guard = create({ onDecision })
    await expect(guard(await withToken(), 300)).resolves.toBeTruthy()
    expect((await refusal(withToken(), 30, guard)).reason).toBe('stale')
    expect(complaint).toHaveBeenCalledTimes(2)
  })

  it('is not taken where only the token is verified', async () => {
    const onDecision = vi.fn()
    const guard = create({ onDecision })
    const old = await withToken({ auth_time: undefined })
    await expect(guard.verify(old)).resolves.toMatchObject({ subject: 'alice' })
    await expect(guard.verify(await withToken({ aud: 'other' }))).rejects.toThrow('aud')
    expect(onDecision).not.toHaveBeenCalled()
  })
})

describe('misuse', () => {
  it.each<[string, object, RegExp]>([
    ['no issuer', { issuer: '' }, /No `issuer`/],
    ['an issuer without TLS', { issuer: 'http://id.example', jwks: undefined }, /https/],
    ['an issuer that is no URL', { issuer: 'acme', jwks: undefined }, /https/],
    ['no audience', { audience: '' }, /No `audience`/],
    ['an empty list of audiences', { audience: [] }, /No `audience`/],
    ['an undefined audience', { audience: undefined }, /No `audience`/],
    ['alg none', { algorithms: ['RS256', 'none'] }, /asymmetric/],
    ['HS256', { algorithms: ['HS256'] }, /asymmetric/],
    ['no algorithm', { algorithms: [] }, /asymmetric/],
    ['a tolerance in milliseconds', { clockTolerance: 5000 }, /clockTolerance/],
    ['a tolerance that is no number', { clockTolerance: NaN }, /clockTolerance/],
    ['a window without end', { singleUseWindow: Infinity }, /singleUseWindow/],
    ['no time at all', { timeout: 0 }, /timeout/],
    ['keys that are none', { jwks: { keys: 'all' } }, /jwks/],
  ])('throws a TypeError that says what to do: %s', (_name, options, message) => {
    const make = () => create(options)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })

  it.each<[string, unknown, RegExp]>([
    ['an unknown policy', 'project.delte', /Unknown policy/],
    ['a negative maxAge', -1, /Not a requirement/],
    ['no requirement', undefined, /Not a requirement/],
    ['maxAge: 0 without single use', 0, /createMemorySingleUse/],
  ])(
    'throws a TypeError before it looks at the request: %s',
    async (_name, requirement, message) => {
      const guard = create()
      const input = requirement as RequirementInput
      expect(() => guard.for(input)).toThrow(TypeError)
      await expect(guard(await withToken(), input)).rejects.toThrow(message)
    },
  )
})
