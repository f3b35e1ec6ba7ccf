import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import type { SessionContainer } from 'supertokens-node/recipe/session'
import {
  createMemoryAttempts,
  createMemorySingleUse,
  createMemoryVerificationStore,
  GuardError,
  VerificationUnavailableError,
} from '../../src/server/index.js'
import {
  createSupertokensGuard,
  createSupertokensVerification,
  type SupertokensGuardOptions,
  type SupertokensSession,
} from '../../src/server/supertokens.js'
import { NOW } from './tokens.js'

const fresh = {
  ...{ iss: 'https://api.acme.test/auth', sub: 'ada', sessionHandle: 'h1', tId: 'public' },
  ...{ iat: NOW, exp: NOW + 3600, auth_time: NOW - 10 },
}

function guardOf(payload: object | null, options: Partial<SupertokensGuardOptions> = {}) {
  const session = payload && { getAccessTokenPayload: () => payload as unknown }
  const sessionOf = () => (session ?? undefined) as SupertokensSession | undefined
  return createSupertokensGuard({ now: () => NOW, sessionOf, ...options })
}
const request = () => ({ headers: new Headers() })

async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof GuardError)) throw new Error('It was not refused.')
  expect(error.response.status).toBe(error.status)
  expect(error.response.headers.get('WWW-Authenticate')).toBeNull()
  return {
    status: error.status,
    reason: error.reason,
    body: (await error.response.json()) as unknown,
  }
}

test("SuperTokens' session container fits", () => {
  expectTypeOf<SessionContainer>().toExtend<SupertokensSession>()
})

describe('the guard', () => {
  test('lets a fresh sign-in pass, and tells whose it is', async () => {
    expect(await guardOf(fresh)(request(), 300)).toMatchObject({
      ...{ issuer: fresh.iss, subject: 'ada', sessionId: 'h1', authTime: NOW - 10 },
    })
  })

  test('refuses an old one as an invalid claim, and never by 401', async () => {
    expect(await refusal(guardOf({ ...fresh, auth_time: NOW - 900 })(request(), 300))).toEqual({
      ...{ status: 403, reason: 'stale' },
      body: {
        message: 'invalid claim',
        claimValidationErrors: [
          {
            id: 'step-up',
            reason: {
              message: 'More recent authentication is required',
              error: 'insufficient_user_authentication',
              error_description: 'More recent authentication is required',
              max_age: 300,
            },
          },
        ],
      },
    })
  })

  test('nobody signed in is no 401 either: the page would refresh, and send it again', async () => {
    const expected = { status: 403, reason: 'signed_out', body: { error: 'signed_out' } }
    expect(await refusal(guardOf(null)(request(), 300))).toEqual(expected)
    expect(await refusal(guardOf(null).verify(request()))).toEqual(expected)
  })

  test('an administrator who acts as the person proves nothing', async () => {
    const { reason } = await refusal(guardOf({ ...fresh, isImpersonation: true })(request(), 300))
    expect(reason).toBe('impersonated')
  })

  test('a session that cannot be read is an outage', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const guard = guardOf(null, { sessionOf: () => Promise.reject(new Error('down')) })
    await expect(guard(request(), 300)).rejects.toThrow(VerificationUnavailableError)
    vi.restoreAllMocks()
  })
})

describe('FAULTS 3: a time that is none', () => {
  test.each([undefined, null, '1', NaN, -1, 1e20, NOW * 1000, NOW + 60, true])(
    'auth_time %s is not fresh',
    async (auth_time) => {
      const { status } = await refusal(guardOf({ ...fresh, auth_time })(request(), 300))
      expect(status).toBe(403)
    },
  )
})

describe('factors of st-mfa', () => {
  const completed = (time: unknown) => ({
    ...{ ...fresh, auth_time: NOW - 900, 'st-mfa': { c: { totp: time }, v: true } },
  })
  test('count for nobody who has not said so', async () => {
    expect((await refusal(guardOf(completed(NOW - 5))(request(), 300))).reason).toBe('stale')
  })
  test.each([
    ['seconds', NOW - 5],
    ['milliseconds, as the vendor shows them', (NOW - 5) * 1000],
  ])('are read in %s', async (_unit, time) => {
    const guard = guardOf(completed(time), { factors: ['totp'] })
    expect(await guard(request(), 300)).toMatchObject({ authTime: NOW - 5 })
  })
  test.each([
    ['another one', { c: { 'otp-email': NOW } }],
    ['no number', { c: { totp: String(NOW) } }],
    ['nothing', { c: null }],
    ['an inherited one', { c: Object.create({ totp: NOW }) as object }],
    ['no list', 7],
  ])('that are %s leave auth_time as it is', async (_what, mfa) => {
    const payload = { ...fresh, auth_time: NOW - 900, 'st-mfa': mfa }
    const guard = guardOf(payload, { factors: ['totp'] })
    expect((await refusal(guard(request(), 300))).reason).toBe('stale')
  })
})

describe('the claim validator', () => {
  test('belongs to no claim, so that nothing can be refetched into freshness', () => {
    const validator = guardOf(null).validator(300)
    expect(Object.keys(validator).sort()).toEqual(['id', 'validate'])
  })
  test('judges the payload that it is given', async () => {
    const validator = guardOf(null).validator(300)
    expect(await validator.validate(fresh)).toEqual({ isValid: true })
    expect(await validator.validate({ ...fresh, auth_time: NOW - 900 })).toMatchObject({
      isValid: false,
      reason: { error: 'insufficient_user_authentication', max_age: 300 },
    })
  })
  test('FAULTS 50: for 0 it takes each proof once', async () => {
    const validator = guardOf(null, { singleUse: createMemorySingleUse(() => NOW) }).validator(0)
    expect(await validator.validate(fresh)).toEqual({ isValid: true })
    expect(await validator.validate(fresh)).toMatchObject({ isValid: false })
    expect(await validator.validate({ ...fresh, auth_time: NOW - 200 })).toMatchObject({
      isValid: false,
    })
  })
  test('for 0 without a memory is refused when the route is defined', () => {
    expect(() => guardOf(null).validator(0)).toThrow(/singleUse/)
  })
})

describe('what is missing is refused with the fix', () => {
  const store = createMemoryVerificationStore()
  const attempts = createMemoryAttempts()
  const supertokens = { getUser: () => Promise.resolve(undefined) }
  const EmailPassword = { verifyCredentials: vi.fn() }
  const whole = { sessionOf: () => undefined, supertokens, EmailPassword, store, attempts }
  const create = (change: object) => () => createSupertokensVerification({ ...whole, ...change })

  test('in the guard and in the verification', () => {
    expect(() => createSupertokensGuard({} as never)).toThrow(/No `sessionOf`.*verifySession/)
    expect(create({ sessionOf: undefined })).toThrow(/No `sessionOf`/)
    expect(create({ supertokens: {} })).toThrow(/supertokens-node 24/)
    expect(create({ ThirdParty: {} })).toThrow(/No `callback`/)
    expect(create({ store: undefined })).toThrow(/No `store`/)
    expect(create({ EmailPassword: undefined })).toThrow(/at least one recipe/)
    expect(create({ EmailPassword: {} })).toThrow(/recipe\/emailpassword, version 24/)
    expect(create({ Passwordless: { createCode: vi.fn() } })).toThrow(/`Passwordless.checkCode`/)
  })

  test('a factor that tells no proof, too', () => {
    const factors = ['totp', 'thirdparty']
    expect(create({ factors })).toThrow(/"thirdparty" proves nothing/)
    expect(() => guardOf(null, { factors })).toThrow(/"thirdparty" proves nothing/)
  })

  test('a verification without a session answers 403', async () => {
    const verify = createSupertokensVerification(whole)
    const answer = await verify(new Request('https://api.acme.test/auth/step-up/methods'))
    expect(answer.status).toBe(403)
    expect(await answer.json()).toEqual({ error: 'signed_out' })
  })
})

const login = (recipeId: string, more: object = {}) => ({
  ...{ recipeId, tenantIds: ['public'], recipeUserId: { getAsString: () => recipeId } },
  ...{ email: 'ada@acme.test', ...more },
})
const postPassword = (url: string) =>
  new Request(`${url}/password`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'https://api.acme.test' },
    body: JSON.stringify({ id: 'password', password: 'correct horse' }),
  })

describe('a session in the middle of a verification', () => {
  const url = 'https://api.acme.test/auth/step-up'
  const verificationOf = (session: Partial<SupertokensSession>, logins: readonly object[]) =>
    createSupertokensVerification({
      ...{ store: createMemoryVerificationStore(), attempts: createMemoryAttempts() },
      sessionOf: () =>
        ({ getAccessTokenPayload: () => fresh as unknown, ...session }) as SupertokensSession,
      supertokens: { getUser: async () => ({ loginMethods: logins }) as never },
      EmailPassword: { verifyCredentials: async () => ({ status: 'OK' }) as never },
      now: () => NOW,
    })
  const getTenantId = () => 'public'

  test('that is revoked meanwhile: signed out, and nothing was confirmed', async () => {
    const gone = Object.assign(new Error('Session does not exist anymore'), {
      type: 'UNAUTHORISED',
    })
    const mergeIntoAccessTokenPayload = () => Promise.reject(gone)
    const verify = verificationOf({ getTenantId, mergeIntoAccessTokenPayload }, [
      login('emailpassword'),
    ])
    const answer = await verify(postPassword(url))
    expect(answer.status).toBe(403)
    expect(await answer.json()).toEqual({ error: 'signed_out' })
  })

  test('a password of another tenant is not offered, and not taken', async () => {
    const merge = vi.fn()
    const verify = verificationOf({ getTenantId, mergeIntoAccessTokenPayload: merge }, [
      login('emailpassword', { tenantIds: ['initech'] }),
    ])
    expect(await (await verify(new Request(`${url}/methods`))).json()).toEqual([])
    const answer = await verify(postPassword(url))
    expect(await answer.json()).toEqual({ error: 'no_method' })
    expect(merge).not.toHaveBeenCalled()
  })
})

test('FAULTS 6: a login of the same provider in another tenant is somebody else’s', async () => {
  const atOkta = (userId: string, tenant: string) =>
    login('thirdparty', { tenantIds: [tenant], thirdParty: { id: 'okta', userId } })
  let arrived = 'theirs'
  const provider = {
    ...{ type: 'oauth2', id: 'okta', config: { name: 'Okta' } },
    getAuthorisationRedirectURL: async () => ({ urlWithQueryParams: 'https://okta.test/auth' }),
    exchangeAuthCodeForOAuthTokens: async () => ({}),
    getUserInfo: async () => ({
      thirdPartyUserId: arrived,
      rawUserInfoFromProvider: { fromIdTokenPayload: { auth_time: NOW } },
    }),
  }
  const merge = vi.fn(async () => undefined)
  const verify = createSupertokensVerification({
    ...{ store: createMemoryVerificationStore(), attempts: createMemoryAttempts() },
    sessionOf: () => ({
      ...{ getTenantId: () => 'here', mergeIntoAccessTokenPayload: merge },
      getAccessTokenPayload: () => fresh as unknown,
    }),
    supertokens: {
      getUser: async () =>
        ({ loginMethods: [atOkta('theirs', 'there'), atOkta('mine', 'here')] }) as never,
    },
    ThirdParty: { getProvider: async () => provider as never },
    callback: 'https://app.acme.test/callback',
    now: () => NOW,
  })
  const post = async (path: string, body: object): Promise<unknown> => {
    const headers = { 'Content-Type': 'application/json', Origin: 'https://api.acme.test' }
    const url = `https://api.acme.test/auth/step-up/${path}`
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await verify(new Request(url, init))).json()
  }
  const travel = async (state: string) => {
    await post('trip', { id: 'okta', state })
    return post('trip/back', { state, answer: { code: 'c' } })
  }
  expect(await travel('s1')).toEqual({ error: 'invalid_credentials' })
  expect(merge).not.toHaveBeenCalled()
  arrived = 'mine'
  expect(await travel('s2')).toMatchObject({ authTime: NOW })
  expect(merge).toHaveBeenCalledOnce()
})

describe('what fails beside a verification', () => {
  const logins = [
    login('emailpassword'),
    login('thirdparty', { thirdParty: { id: 'google', userId: 'g1' } }),
  ]
  const merged: object[] = []
  const session = {
    getAccessTokenPayload: () => fresh as unknown,
    getTenantId: () => 'public',
    mergeIntoAccessTokenPayload: async (payload: object) => void merged.push(payload),
  } as SupertokensSession
  const verify = createSupertokensVerification({
    ...{ store: createMemoryVerificationStore(), attempts: createMemoryAttempts() },
    sessionOf: () => session,
    supertokens: { getUser: async () => ({ loginMethods: logins }) as never },
    EmailPassword: { verifyCredentials: async () => ({ status: 'OK' }) as never },
    ThirdParty: { getProvider: () => Promise.reject(new Error('discovery is down')) },
    callback: 'https://app.acme.test/callback',
    onReauthenticated: () => Promise.reject(new Error('the audit log is down')),
    now: () => NOW,
  })
  const url = 'https://api.acme.test/auth/step-up'

  test('FAULTS 37: a provider or an audit log that is down takes nothing else with it', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const methods = await verify(new Request(`${url}/methods`))
    expect(await methods.json()).toMatchObject([{ type: 'password' }])
    const answer = await verify(postPassword(url))
    expect(await answer.json()).toMatchObject({ authTime: NOW })
    expect(merged).toEqual([{ auth_time: NOW }])
    expect(log.mock.calls.flat().map(String)).toEqual(
      expect.arrayContaining([expect.stringContaining('the audit log is down')]),
    )
    vi.restoreAllMocks()
  })
})
