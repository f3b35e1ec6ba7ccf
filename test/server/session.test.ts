import { describe, expect, it, vi } from 'vitest'
import {
  createFreshAuthGuard,
  createMemorySingleUse,
  GuardError,
  parseChallenge,
  SignedOutError,
  type Authentication,
  type Decision,
  type FreshAuthGuardOptions,
  type RequirementInput,
  type SessionGuardOptions,
} from '../../src/server/index.js'
import { watchLog } from './log.js'
import { AUDIENCE, ISSUER, NOW } from './tokens.js'

const takeLog = watchLog()

const session: Authentication = {
  issuer: 'https://app.example',
  subject: 'ada',
  sessionId: 's1',
  authTime: NOW - 60,
  acr: 'pwd',
  amr: ['pwd'],
}
const request = new Request('https://app.example/projects/1', { headers: { Cookie: 'sid=s1' } })

const create = (found: unknown, options: Partial<SessionGuardOptions> = {}) =>
  createFreshAuthGuard({
    authenticate: () => found as Authentication,
    now: () => NOW,
    ...options,
  })
async function refusal(found: unknown, requirement: RequirementInput = 300): Promise<GuardError> {
  const outcome: unknown = await create(found, { singleUse: createMemorySingleUse(() => NOW) })(
    request,
    requirement,
  ).catch((error: unknown) => error)
  if (outcome instanceof GuardError) return outcome
  throw new Error('The guard did not refuse', { cause: outcome })
}

describe('a guard over the app’s own session', () => {
  it('is given the request, and lets a fresh session pass', async () => {
    const authenticate = vi.fn((_request: Pick<Request, 'headers'>) => Promise.resolve(session))
    const guard = createFreshAuthGuard({ authenticate, now: () => NOW })
    expect(await guard(request, 300)).toEqual({ ...session, claims: {} })
    expect(authenticate).toHaveBeenCalledExactlyOnceWith(request)
  })

  it('challenges a stale one in the form of RFC 9470', async () => {
    const { response, reason } = await refusal({ ...session, authTime: NOW - 306 })
    expect(reason).toBe('stale')
    expect(response.status).toBe(401)
    expect(parseChallenge(response.headers.get('WWW-Authenticate'))).toMatchObject({ maxAge: 300 })
    expect(await response.json()).toMatchObject({
      error: 'insufficient_user_authentication',
      max_age: 300,
    })
  })

  it('answers 401 without a challenge where nobody is signed in', async () => {
    const error = await refusal(null)
    expect(error).toBeInstanceOf(SignedOutError)
    const { response } = error
    expect(response.status).toBe(401)
    expect(response.headers.has('WWW-Authenticate')).toBe(false)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.json()).toEqual({ error: 'signed_out' })
    await expect(create(null).verify(request)).rejects.toThrow(SignedOutError)
  })

  it('is not available while the session cannot be read, and tells nobody why', async () => {
    const failure = new Error('redis://secret')
    const guard = createFreshAuthGuard({ authenticate: () => Promise.reject(failure) })
    const error = await guard(request, 300).catch((cause: unknown) => cause as GuardError)
    expect(error).toMatchObject({ reason: 'unavailable', status: 503, cause: failure })
    expect(await (error as GuardError).response.text()).not.toContain('secret')
    expect(takeLog()).toEqual([expect.stringContaining('redis://secret')])
  })

  it.each([
    [undefined, 'undefined'],
    ['ada', 'string'],
    [{}, 'an object without them'],
    [{ subject: 'ada' }, 'an object without them'],
    [{ issuer: '', subject: 'ada' }, 'an object without them'],
    [{ issuer: 1 }, 'an object without them'],
  ])('is not available where nobody could be told apart, and says why: %j', async (found, gave) => {
    const { reason, status, cause } = await refusal(found)
    expect({ reason, status }).toEqual({ reason: 'unavailable', status: 503 })
    expect(cause).toBeInstanceOf(TypeError)
    expect(takeLog()).toEqual([
      expect.stringMatching(/must give \{ issuer, subject, … \} .* or null/),
    ])
    expect(String(cause)).toContain(`It gave ${gave}.`)
  })

  it.each([0, undefined, null, `${NOW}`, NOW - 0.5, -1, 1e20, NaN, NOW * 1000, new Date()])(
    'FAULTS 3: finds nothing fresh in a strange authTime: %s',
    async (authTime) => {
      const { reason, message } = await refusal({ ...session, authTime })
      expect(reason).toBe('no_auth_time')
      expect(message).toContain('authTime')
      expect(message).not.toContain('token')
    },
  )

  it('FAULTS 4: lets nobody pass from the future', async () => {
    expect((await refusal({ ...session, authTime: NOW + 6 })).reason).toBe('no_auth_time')
  })

  it('compares levels, and takes strange ones for none', async () => {
    const requirement = { acrValues: ['mfa'] } as const
    expect((await refusal(session, requirement)).reason).toBe('acr')
    expect((await refusal({ ...session, acr: ['mfa'] }, requirement)).reason).toBe('acr')
    await expect(create({ ...session, acr: 'mfa' })(request, requirement)).resolves.toBeTruthy()
  })

  it.each<[RequirementInput, unknown]>([
    [300, true],
    [0, true],
    [{ acrValues: ['pwd'] }, true],
    [300, 'admin'],
  ])('refuses whoever acts as somebody else: %j', async (requirement, impersonated) => {
    const error = await refusal({ ...session, impersonated }, requirement)
    expect(error.reason).toBe('impersonated')
    expect(error.response.status).toBe(401)
  })

  it('lets whoever acts as somebody else read', async () => {
    const guard = create({ ...session, impersonated: true })
    expect(await guard.verify(request)).toMatchObject({ subject: 'ada', impersonated: true })
  })

  it('FAULTS 50: takes one proof for one use, whatever the session’s id', async () => {
    const singleUse = createMemorySingleUse(() => NOW)
    const use = (changes: object) =>
      create({ ...session, ...changes }, { singleUse })(request, 0).then(
        () => 'passed',
        (error: unknown) => (error as GuardError).reason,
      )
    expect(await use({ authTime: NOW - 200 })).toBe('stale')
    expect(await use({})).toBe('passed')
    expect(await use({ sessionId: 's2' })).toBe('used')
    expect(await use({ authTime: NOW - 59 })).toBe('passed')
    expect(await use({ subject: 'bob' })).toBe('passed')
  })

  it('reports every decision', async () => {
    const onDecision = vi.fn<(decision: Decision) => void>()
    const guard = create(session, { onDecision, policies: { 'project.delete': 300 } })
    await guard(request, 'project.delete')
    await guard(request, 30).catch(() => undefined)
    await create(null, { onDecision })(request, 30).catch(() => undefined)
    const who = expect.objectContaining({ sessionId: 's1' }) as Authentication
    expect(onDecision.mock.calls.map(([decision]) => decision)).toMatchObject([
      { allowed: true, policy: 'project.delete', authentication: who, at: NOW },
      { allowed: false, reason: 'stale', authentication: who },
      { allowed: false, reason: 'signed_out' },
    ])
  })

  it.each<[string, object]>([
    ['`issuer`', { authenticate: () => null, issuer: ISSUER }],
    ['`issuer`, `audience`', { authenticate: () => null, issuer: ISSUER, audience: AUDIENCE }],
    ['`jwks`', { authenticate: () => null, jwks: { keys: [] } }],
    ['`algorithms`', { authenticate: () => null, algorithms: ['ES256'] }],
    ['`authenticate`', {}],
    ['`authenticate`', { authenticate: null }],
  ])('is one kind of evidence and no other: %s', (name, options) => {
    const make = () => createFreshAuthGuard(options as FreshAuthGuardOptions)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(name)
  })
})
