import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startSessionDemo, type Visitor } from './session-browser.js'

const ada = { email: 'ada@acme.test', password: 'correct horse' }
const grace = 'grace@acme.test'

let demo: Awaited<ReturnType<typeof startSessionDemo>>
let visitor: Visitor

beforeAll(async () => {
  demo = await startSessionDemo()
})
afterAll(() => demo.close())
beforeEach(async () => {
  visitor = demo.newVisitor()
  expect((await visitor.post('/api/demo/reset')).status).toBe(204)
})

const stepUp = (path: string, body: object) => visitor.post(`/auth/step-up/${path}`, body)
const byPassword = (password: string) => stepUp('password', { id: 'password', password })

describe('signing in', () => {
  test('by password: a cookie for this host, this site and no script', async () => {
    expect((await visitor.signIn(ada.email, ada.password)).status).toBe(200)
    const line = visitor.setCookies.find((cookie) => cookie.startsWith('acme_session='))
    expect(line).toMatch(/^acme_session=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/)
    expect(await visitor.whoAmI()).toMatchObject({
      ...{ issuer: demo.backend.origin, subject: 'usr_ada' },
      account: { name: 'Ada Lovelace', loginHint: ada.email },
    })
    expect((await visitor.call('GET', '/api/projects')).body).toHaveProperty('projects')
  })

  test('by code', async () => {
    expect((await visitor.signInByCode(grace)).status).toBe(200)
    expect(await visitor.whoAmI()).toMatchObject({ subject: 'usr_grace' })
  })

  test('gives an id that nobody had: neither the one before nor one that was put there', async () => {
    await visitor.signIn(ada.email, ada.password)
    const first = visitor.session
    await visitor.signIn(ada.email, ada.password)
    expect(visitor.session).not.toBe(first)
    const old = { Cookie: `acme_session=${String(first)}` }
    const asked = await fetch(`${demo.backend.origin}/auth/step-up/session`, { headers: old })
    expect(await asked.json()).toBeNull()

    const planted = demo.newVisitor()
    await planted.begin(ada.email)
    const [begun = ''] = planted.setCookies
    const response = await fetch(`${demo.backend.origin}/auth/sign-in/password`, {
      method: 'POST',
      headers: {
        ...{ Origin: demo.backend.origin, 'Content-Type': 'application/json' },
        Cookie: `acme_session=planted; ${begun.split(';')[0] ?? ''}`,
      },
      body: JSON.stringify({ id: 'password', password: ada.password }),
    })
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie().join()).toMatch(/acme_session=(?!planted)[\w-]{43}/)
  })

  test('with a wrong password gives no session; nor does an account that is none', async () => {
    const wrong = await visitor.signIn(ada.email, 'wrong')
    expect([wrong.status, wrong.body]).toEqual([400, { error: 'invalid_credentials' }])
    const nobody = await visitor.signIn('nobody@acme.test', ada.password)
    expect([nobody.status, nobody.body]).toEqual([wrong.status, wrong.body])
    expect((await visitor.begin('nobody@acme.test')).status).toBe(204)
    expect((await visitor.call('GET', '/auth/sign-in/methods')).body).toEqual([
      { type: 'password', id: 'password' },
    ])
    expect((await visitor.begin('no address')).status).toBe(400)
    expect(await visitor.whoAmI()).toBeNull()
  })

  test('needs a beginning', async () => {
    const answer = await visitor.post('/auth/sign-in/password', { id: 'password', password: 'x' })
    expect([answer.status, answer.body]).toEqual([401, { error: 'signed_out' }])
  })

  test('takes the code of the browser that asked for it, and no password of another account', async () => {
    await visitor.begin(grace)
    await visitor.post('/auth/sign-in/code/send', { id: 'email' })
    const code = await visitor.code()
    const other = demo.newVisitor()
    await other.begin(grace)
    const stolen = await other.post('/auth/sign-in/code', { id: 'email', code })
    expect(stolen.body).toEqual({ error: 'invalid_credentials' })

    const crossed = await visitor.signIn('bob@acme.test', ada.password)
    expect(crossed.body).toEqual({ error: 'invalid_credentials' })
  })

  test('guesses there do not lock out who is signed in', async () => {
    await visitor.signIn(ada.email, ada.password)
    await visitor.age()
    const stranger = demo.newVisitor()
    for (let tries = 0; tries < 6; tries += 1) await stranger.signIn(ada.email, 'guess')
    expect((await stranger.signIn(ada.email, ada.password)).status).toBe(429)
    expect((await byPassword(ada.password)).status).toBe(200)
  })

  test('begins so often for one address, and no more', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 21; count += 1) statuses.push((await visitor.begin(grace)).status)
    expect(statuses).toEqual([...Array<number>(20).fill(204), 429])
    await visitor.post('/demo/clock', { seconds: 901 })
    expect((await visitor.begin(grace)).status).toBe(204)
  })

  test('ends: the cookie is worth nothing any more', async () => {
    await visitor.signIn(ada.email, ada.password)
    const kept = visitor.session
    expect((await visitor.post('/auth/sign-out')).status).toBe(204)
    expect(visitor.session).toBe('')
    const headers = { Cookie: `acme_session=${String(kept)}` }
    const asked = await fetch(`${demo.backend.origin}/api/projects`, { headers })
    expect(asked.status).toBe(401)
  })
})

describe('confirming', () => {
  beforeEach(async () => {
    await visitor.signIn(ada.email, ada.password)
    await visitor.age()
  })

  test('keeps the session, and makes it as fresh as it was at first', async () => {
    const refused = await visitor.deleteProject()
    expect([refused.status, refused.body]).toMatchObject([
      401,
      { error: 'insufficient_user_authentication', max_age: 300 },
    ])
    const before = visitor.session
    const answer = await byPassword(ada.password)
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(visitor.session).toBe(before)
    expect(await visitor.whoAmI()).toMatchObject({ authTime: answer.body.authTime })
    expect((await visitor.deleteProject()).status).toBe(200)
  })

  test('is in the audit log, with its method and no secret', async () => {
    await byPassword(ada.password)
    const log = await visitor.audit()
    expect(log).toMatchObject([{ kind: 'reauthentication', userId: 'usr_ada', method: 'password' }])
    expect(JSON.stringify(log)).not.toContain(visitor.session)
    expect(JSON.stringify(log)).not.toContain(ada.password)
  })

  test('FAULTS 35: of fifty wrong tries at once five are checked, and the right one is too late', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => byPassword(`guess ${index}`)),
    )
    const told = answers.map(({ status }) => status)
    expect(told.filter((status) => status === 400)).toHaveLength(5)
    expect(told.filter((status) => status === 429)).toHaveLength(45)
    const late = await byPassword(ada.password)
    expect(late.status).toBe(429)
    expect(Number(late.headers.get('Retry-After'))).toBeGreaterThan(800)
    expect((await visitor.deleteProject()).status).toBe(401)

    await visitor.post('/demo/clock', { seconds: 901 })
    expect((await byPassword(ada.password)).status).toBe(200)
    expect((await visitor.deleteProject()).status).toBe(200)
  })

  test('FAULTS 35: takes no code of another user, nor one of another session or one used before', async () => {
    const other = demo.newVisitor()
    await other.signInByCode(grace)
    await other.post('/auth/step-up/code/send', { id: 'email' })
    const theirs = await visitor.code()
    await stepUp('code/send', { id: 'email' })
    const own = await visitor.code()
    expect((await stepUp('code', { id: 'email', code: theirs })).status).toBe(400)

    const elsewhere = demo.newVisitor()
    await elsewhere.signIn(ada.email, ada.password)
    const stolen = await elsewhere.post('/auth/step-up/code', { id: 'email', code: own })
    expect(stolen.body).toEqual({ error: 'invalid_credentials' })

    expect((await stepUp('code', { id: 'email', code: own })).status).toBe(200)
    await visitor.age()
    expect((await stepUp('code', { id: 'email', code: own })).status).toBe(400)
    expect((await visitor.deleteProject()).status).toBe(401)
  })

  test('FAULTS 35: an expired code is said to be that', async () => {
    await stepUp('code/send', { id: 'email' })
    const code = await visitor.code()
    await visitor.post('/demo/clock', { seconds: 601 })
    const answer = await stepUp('code', { id: 'email', code })
    expect(answer.body).toEqual({ error: 'code_expired' })
    expect((await visitor.deleteProject()).status).toBe(401)
  })

  test('maxAge: 0 takes a proof for each', async () => {
    await byPassword(ada.password)
    const rotate = () => visitor.post('/api/api-keys/ci/rotate')
    expect((await rotate()).status).toBe(200)
    expect((await rotate()).status).toBe(401)
  })
})

describe('forged requests', () => {
  const forged: [what: string, headers: Record<string, string>][] = [
    ['from a page of another site', { Origin: 'https://evil.example' }],
    ['from another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['from a link or a bookmark', { 'Sec-Fetch-Site': 'none' }],
    ['as a form sends them', { 'Content-Type': 'text/plain' }],
    ['from nobody knows where', { Origin: '' }],
  ]
  const changes: [method: string, path: string][] = [
    ['POST', '/auth/sign-in'],
    ['POST', '/auth/sign-out'],
    ['POST', '/auth/step-up/password'],
    ['POST', '/auth/passkeys'],
    ['DELETE', '/api/projects/apollo'],
    ['PUT', '/api/billing'],
    ['POST', '/api/api-keys/ci/rotate'],
    ['POST', '/api/demo/reset'],
    ['POST', '/demo/age'],
    ['POST', '/demo/clock'],
  ]

  test.each(forged)('%s change nothing', async (_what, headers) => {
    await visitor.signIn(ada.email, ada.password)
    for (const [method, path] of changes) {
      const { status } = await visitor.call(method, path, { seconds: 60 }, headers)
      expect([method, path, status]).toEqual([method, path, 403])
    }
    expect(await visitor.whoAmI()).toMatchObject({ subject: 'usr_ada' })
    expect((await visitor.deleteProject()).status).toBe(200)
  })

  test('a name of their own for this machine gets them to the front door, and no further', async () => {
    const { hostname, port } = new URL(demo.backend.origin)
    const byAddress = `http://127.0.0.1:${port}`
    const outbox = await fetch(`${byAddress}/demo/outbox`, { redirect: 'manual' })
    expect(outbox.headers.get('Location')).toBe(`${demo.backend.origin}/`)
    expect((await fetch(`${byAddress}/api/demo/reset`, { method: 'POST' })).status).toBe(403)
    expect(hostname).toBe('localhost')
  })
})
