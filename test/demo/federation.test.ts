import { createHash } from 'node:crypto'
import { generateKeyPair, type JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Federation, judge } from '../../demo/idp/federation.js'
import { lin } from './people.js'
import { startCompany } from './hostile-company.js'

let company: Awaited<ReturnType<typeof startCompany>>
let federation: Federation

beforeAll(async () => {
  company = await startCompany()
})
afterAll(() => company.close())
beforeEach(() => {
  company.callItself(undefined)
  federation = new Federation(company.issuer, 'http://localhost:4401/sso/callback')
})

const seconds = () => Math.floor(Date.now() / 1000)

/** A trip that has begun, and an answer to it that would do. */
async function leave(maxAge?: number) {
  const url = new URL(await federation.leave('uid', lin.email, maxAge))
  const { state = '', nonce = '', ...params } = Object.fromEntries(url.searchParams)
  const now = seconds()
  const claims = {
    ...{ iss: company.issuer, aud: 'acme-id', sub: 'initech-1001', nonce },
    ...{ iat: now, exp: now + 60, auth_time: now },
  }
  const answer = new URLSearchParams({ state, code: 'once', iss: company.issuer })
  return { params, state, claims, answer }
}

async function arriveWith(change: (claims: JWTPayload) => JWTPayload, maxAge?: number) {
  const { claims, answer } = await leave(maxAge)
  company.answerWith({ id_token: await company.sign(change(claims)) })
  return federation.arrive('uid', answer)
}

const unverified = {
  error: 'access_denied',
  error_description: 'The answer of Initech SSO could not be verified',
}

test('a verified answer says who signed in, when and how, and nothing that was not said', async () => {
  const { auth_time: authTime } = (await leave()).claims
  const said = { email: lin.email, subject: 'initech-1001', authTime }
  expect(await arriveWith((claims) => ({ ...claims, auth_time: authTime }))).toEqual(said)
  const amr = ['pwd', 'mfa']
  const how = await arriveWith((claims) => ({ ...claims, auth_time: authTime, amr }))
  expect(how).toEqual({ ...said, amr })
  const odd = await arriveWith((claims) => ({ ...claims, auth_time: authTime, amr: 'pwd' }))
  expect(odd).toEqual(said)
})

test('the code is spent with the verifier of its trip', async () => {
  const { params, claims, answer } = await leave()
  company.answerWith({ id_token: await company.sign(claims) })
  await federation.arrive('uid', answer)
  const spent = company.requests.at(-1)
  const verifier = spent?.get('code_verifier') ?? ''
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(params.code_challenge)
  expect(spent?.get('redirect_uri')).toBe(params.redirect_uri)
})

const hostile: Record<string, (claims: JWTPayload) => JWTPayload> = {
  'of another issuer': (claims) => ({ ...claims, iss: 'http://evil.test' }),
  'for another client': (claims) => ({ ...claims, aud: 'somebody' }),
  'for other clients too': (claims) => ({ ...claims, aud: ['acme-id', 'somebody'] }),
  'with the nonce of another trip': (claims) => ({ ...claims, nonce: 'another' }),
  'without a nonce': ({ nonce: _, ...claims }) => claims,
  'that has expired': (claims) => ({ ...claims, exp: seconds() - 60 }),
  'that never expires': ({ exp: _, ...claims }) => claims,
  'about nobody': ({ sub: _, ...claims }) => claims,
}
test.each(Object.entries(hostile))('an ID token %s is refused', async (_name, change) => {
  expect(await arriveWith(change)).toEqual(unverified)
})

test('an ID token that the company did not sign is refused', async () => {
  const { privateKey } = await generateKeyPair('ES256')
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const forgeries = [
    (claims: JWTPayload) => company.sign(claims, privateKey),
    (claims: JWTPayload) => company.sign(claims, new Uint8Array(32), 'HS256'),
    async (claims: JWTPayload) => `${encoded({ alg: 'none' })}.${encoded(claims)}.`,
  ]
  for (const forge of forgeries) {
    const { claims, answer } = await leave()
    company.answerWith({ id_token: await forge(claims) })
    expect(await federation.arrive('uid', answer)).toEqual(unverified)
  }
})

test('an answer without an ID token is refused, and one that fails may be tried again', async () => {
  const first = await leave()
  company.answerWith({ error: 'invalid_grant' }, 400)
  expect(await federation.arrive('uid', first.answer)).toEqual(unverified)

  const second = await leave()
  company.answerWith('not even an object', 502)
  expect(await federation.arrive('uid', second.answer)).toEqual(unverified)
})

const unknown = {
  error: 'login_required',
  error_description: 'Initech SSO did not say when the person signed in',
}
test.each([undefined, null, '1700000000', NaN, 0, -1, Infinity])(
  'an auth_time of %o is none, whether or not the app asked for an age',
  (authTime) => {
    const claims = { sub: 's', auth_time: authTime } as unknown as JWTPayload
    for (const maxAge of [undefined, 0, 300]) {
      const trip = { email: lin.email, leftAt: 1_700_000_000, maxAge }
      expect(judge(claims, trip, 1_700_000_000)).toEqual(unknown)
    }
  },
)

test('an auth_time in the future is none, beyond what clocks differ by, and never stamped', () => {
  const trip = { email: lin.email, leftAt: 1000, maxAge: 0 }
  expect(judge({ sub: 's', auth_time: 1010 }, trip, 1004)).toEqual(unknown)
  expect(judge({ sub: 's', auth_time: 1009 }, trip, 1004)).toMatchObject({ authTime: 1004 })
})

test.each([
  { maxAge: 0, authTime: 999, met: false },
  { maxAge: 0, authTime: 1000, met: true },
  { maxAge: 300, authTime: 699, met: false },
  { maxAge: 300, authTime: 700, met: true },
  { maxAge: undefined, authTime: 1, met: true },
])('left at 1000 with $maxAge, back with $authTime: $met', ({ maxAge, authTime, met }) => {
  const trip = { email: lin.email, leftAt: 1000, maxAge }
  const judged = judge({ sub: 's', auth_time: authTime }, trip, 1100)
  expect(judged).toMatchObject(met ? { authTime } : { error: 'login_required' })
})

test('a company that did not ask again is refused, however well it signs', async () => {
  const old = (claims: JWTPayload) => ({ ...claims, auth_time: seconds() - 3600 })
  expect(await arriveWith(old, 0)).toMatchObject({ error: 'login_required' })
  expect(await arriveWith(old, 300)).toMatchObject({ error: 'login_required' })
  expect(await arriveWith(old)).toMatchObject({ subject: 'initech-1001' })
})

test('a state is for its own interaction, once', async () => {
  const { claims, answer } = await leave()
  company.answerWith({ id_token: await company.sign(claims) })
  expect(await federation.arrive('another', answer)).toBeUndefined()
  const guessed = new URLSearchParams(answer)
  guessed.set('state', 'guessed')
  expect(await federation.arrive('uid', guessed)).toBeUndefined()

  const both = [federation.arrive('uid', answer), federation.arrive('uid', answer)]
  const [first, second] = await Promise.all(both)
  expect(first).toMatchObject({ subject: 'initech-1001' })
  expect(second).toBeUndefined()
})

test('an answer of another provider is none, with or without its name', async () => {
  for (const iss of ['http://evil.test', undefined]) {
    const { answer } = await leave()
    if (iss === undefined) answer.delete('iss')
    else answer.set('iss', iss)
    const before = company.requests.length
    expect(await federation.arrive('uid', answer)).toBeUndefined()
    expect(company.requests).toHaveLength(before)
  }
})

test('a company that calls itself otherwise is not gone to, until it does', async () => {
  company.callItself('http://evil.test')
  await expect(federation.leave('uid', lin.email, 0)).rejects.toThrow('another issuer')
  company.callItself(undefined)
  await expect(federation.leave('uid', lin.email, 0)).resolves.toContain(company.issuer)
})

test('only emails of the company are the company’s', () => {
  expect(federation.covers(' Lin@Initech.test ')).toBe(true)
  for (const email of ['ada@acme.test', 'lin@notinitech.test', 'lin@initech.test.evil.test', '']) {
    expect(federation.covers(email)).toBe(false)
  }
})
