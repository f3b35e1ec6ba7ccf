import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ada, type Page, type Person } from './browserless.js'
import { codeOf, enterCode, errorOf, goOn, grace, signInByCode, startProviders } from './people.js'

const printed: unknown[] = []
let providers: Awaited<ReturnType<typeof startProviders>>
let person: Person

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...line) => void printed.push(line))
  }
  providers = await startProviders()
})
afterAll(async () => {
  await providers.close()
  vi.restoreAllMocks()
})
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  providers.events.length = 0
  person = providers.newPerson()
})
afterEach(() => vi.useRealTimers())

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const refused = 'That code is not right, or no longer valid.'
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('a code by mail signs in, and the tokens say that it was one', async () => {
  const { access, id } = await signInByCode(person)
  for (const token of [access, id]) {
    expect(token).toMatchObject({ sub: 'usr_grace', acr: 'urn:acme:code', amr: ['otp'] })
  }
  expect(providers.events).toEqual([])
})

test.each([{ max_age: '300' }, { max_age: '0' }, { prompt: 'login' }])(
  'a re-authentication by %o asks for a new code at once, and moves auth_time',
  async (params) => {
    const before = await signInByCode(person)
    const first = await codeOf(person)
    pass(3600)
    const page = await person.browser.open(person.app.authorize(params))
    expect(page.html).toContain("Acme Console asks you to confirm it's you")
    expect(page.html).toContain(`We sent a code to ${grace}.`)
    expect(page.html).not.toContain('type="password"')
    expect(errorOf(await enterCode(person, page, first))).toBe(refused)

    const back = await enterCode(person, page, await codeOf(person))
    const after = await person.app.redeem(back)
    expect(after.id.sid).toBe(before.id.sid)
    expect(after.id.auth_time).toBe((before.id.auth_time as number) + 3600)
    expect(after.access).toMatchObject({ auth_time: after.id.auth_time, amr: ['otp'] })
    expect(providers.events).toMatchObject([
      { userId: 'usr_grace', method: 'code', authTime: after.id.auth_time },
    ])
  },
)

test('an aged session asks for a code', async () => {
  const before = await signInByCode(person)
  await person.age(3600)
  const page = await person.browser.open(person.app.authorize({ max_age: '300' }))
  const after = await person.app.redeem(await enterCode(person, page, await codeOf(person)))
  expect(after.id.auth_time).toBeGreaterThan((before.id.auth_time as number) - 3600)
  expect(providers.events).toMatchObject([{ method: 'code' }])
})

test('a code may be pasted with spaces around and within', async () => {
  const page = await goOn(person, ` ${grace.toUpperCase()} `)
  const code = await codeOf(person)
  const back = await enterCode(person, page, ` ${code.slice(0, 3)} ${code.slice(3)}\n`)
  expect((await person.app.redeem(back)).id.sub).toBe('usr_grace')
})

test('after five wrong codes the right one is refused, and so is a new one', async () => {
  const page = await goOn(person, grace)
  const code = await codeOf(person)
  for (let i = 0; i < 4; i++) {
    expect(errorOf(await enterCode(person, page, another(code)))).toBe(refused)
  }
  expect(errorOf(await enterCode(person, page, another(code)))).toContain('Too many wrong codes')
  expect(errorOf(await enterCode(person, page, code))).toContain('Too many wrong codes')

  pass(60)
  const again = await person.browser.submit(page, { action: 'resend' })
  expect(errorOf(again)).toContain('Too many wrong codes')
  expect(await codeOf(person)).toBe(code)
  const { url } = await person.browser.submit(again, { action: 'cancel' })
  expect(url.searchParams.get('error')).toBe('access_denied')
})

test('of fifty tries at once five count, and none slips through', async () => {
  const page = await goOn(person, grace)
  const code = await codeOf(person)
  const body = (entered: string) => new URLSearchParams({ action: 'code', code: entered })
  const tries = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const entered = { method: 'POST', body: body(another(code)), redirect: 'manual' } as const
      return (await person.browser.fetch(page.url, entered)).text()
    }),
  )
  expect(tries.filter((html) => html.includes(refused))).toHaveLength(4)
  expect(tries.filter((html) => html.includes('Too many wrong codes'))).toHaveLength(46)
  expect(errorOf(await enterCode(person, page, code))).toContain('Too many wrong codes')
})

test('a code is good for ten minutes', async () => {
  const page = await goOn(person, grace)
  pass(600)
  expect(errorOf(await enterCode(person, page, await codeOf(person)))).toBe(refused)
})
pass(599)

test('a code is good until the ten minutes are over', async () => {
  const page = await goOn(person, grace)
  pass(599)
  const back = await enterCode(person, page, await codeOf(person))
  expect((await person.app.redeem(back)).id.sub).toBe('usr_grace')
})

test('a code of another interaction is refused, and still good for its own', async () => {
  const other = providers.newPerson()
  const theirs = await goOn(other, grace)
  const code = await codeOf(other)
  const page = await goOn(person, grace)
  if ((await codeOf(person)) === code) throw new Error('One chance in a million')
  expect(errorOf(await enterCode(person, page, code))).toBe(refused)
  const back = await enterCode(other, theirs, code)
  expect((await other.app.redeem(back)).id.sub).toBe('usr_grace')
})

test('a code of one account is none of another in the same interaction', async () => {
  const page = await goOn(person, grace)
  const code = await codeOf(person)
  const first = await person.browser.open(new URL('?account=another', page.url))
  const next = await person.browser.submit(first, { email: 'eve@acme.test', action: 'other' })
  expect(errorOf(await enterCode(person, next, code))).toBe(refused)
})

test('a code works once', async () => {
  const page = await goOn(person, grace)
  const body = new URLSearchParams({ action: 'code', code: await codeOf(person) })
  // Twice, before the first answer is followed: the interaction itself is still there.
  const post = () => person.browser.fetch(page.url, { method: 'POST', body, redirect: 'manual' })
  expect((await post()).status).toBe(303)
  const second = await post()
  expect(second.status).toBe(200)
  expect(await second.text()).toContain(refused)
})

test('a new code is sent after half a minute, and ends the one before', async () => {
  const page = await goOn(person, grace)
  const first = await codeOf(person)
  pass(29)
  const early = await person.browser.submit(page, { action: 'resend' })
  expect(errorOf(early)).toContain('wait half a minute')
  expect(await codeOf(person)).toBe(first)

  pass(1)
  const later = await person.browser.submit(early, { action: 'resend' })
  expect(errorOf(later)).toBeUndefined()
  const second = await codeOf(person)
  if (second === first) throw new Error('One chance in a million')
  expect(errorOf(await enterCode(person, later, first))).toBe(refused)
  const back = await enterCode(person, later, second)
  expect((await person.app.redeem(back)).id.sub).toBe('usr_grace')
})

test('a reload sends nothing', async () => {
  await signInByCode(person)
  pass(3600)
  const page = await person.browser.open(person.app.authorize({ max_age: '300' }))
  const code = await codeOf(person)
  pass(60)
  await person.browser.open(page.url)
  expect(await codeOf(person)).toBe(code)
})

test('the page does not tell who has an account, or how it signs in', async () => {
  const seen = async (email: string) => {
    const visitor = providers.newPerson()
    const page = await goOn(visitor, email)
    const wrong = await enterCode(visitor, page, 'no code')
    const plain = ({ html }: Page) =>
      html.replace(/<details>.*<\/details>/s, '').replaceAll(email, 'EMAIL')
    return [plain(page), plain(wrong), page.status, wrong.status]
  }
  const known = await seen(grace)
  const code = await codeOf(person)
  expect(await seen(ada.email)).toEqual(known)
  expect(await seen('eve@acme.test')).toEqual(known)
  expect(await codeOf(person)).toBe(code)
})

test('no password opens an account without one', async () => {
  for (const password of ['', 'undefined']) {
    const page = await person.browser.open(person.app.authorize())
    const after = await person.browser.submit(page, { email: grace, password })
    expect(errorOf(after)).toContain('do not match')
  }
})

test('without an email there is nothing to go on with', async () => {
  expect(errorOf(await goOn(person, ''))).toContain('Enter your email first')
})

test('the form is one that browsers and screen readers know, under a strict policy', async () => {
  const page = await enterCode(person, await goOn(person, grace), 'no code')
  const input = /<input\s[^>]*name="code"[^>]*>/.exec(page.html)?.[0] ?? ''
  expect(input).toContain('autocomplete="one-time-code"')
  expect(input).toContain('inputmode="numeric"')
  expect(input).toContain('aria-describedby="sent error"')
  expect(input).toContain('aria-invalid="true"')
  expect(page.html).toContain('<label for="code">Code</label>')
  expect(page.html).toMatch(/<p class="error" id="error" role="alert">/)
  expect(page.html).not.toMatch(/<script|<style|\sstyle=|\son\w+=/)

  const { headers } = await person.browser.fetch(page.url)
  const policy = headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(headers.get('Cache-Control')).toBe('no-store')
})

test('a code is in no address and on no log', async () => {
  const page = await goOn(person, grace)
  const code = await codeOf(person)
  await enterCode(person, page, another(code))
  await enterCode(person, page, code)
  expect(person.browser.visited.map(({ href }) => href).join(' ')).not.toContain(code)
  expect(printed).toEqual([])
})

test('the outbox shows the newest first, and only under the name of this machine', async () => {
  await goOn(person, grace)
  const first = await codeOf(person)
  pass(1)
  await goOn(providers.newPerson(), grace)
  const { html } = await person.browser.open('/demo/outbox')
  const codes = [...html.matchAll(/<code>(\d{6})<\/code>/g)].map(([, code]) => code)
  expect(codes[1]).toBe(first)
  expect(html).toContain('Nothing is really mailed here')
  expect(html).toContain('Your code for Acme Console')
  expect(html).toContain(`<b>${grace}</b>`)
  expect(html).toContain(`datetime="${new Date().toISOString().slice(0, 16)}`)

  const status = await new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(providers.issuer)
    const options = { port, path: '/demo/outbox', headers: { Host: `evil.test:${port}` } }
    request({ host: '127.0.0.1', ...options }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(403)
})
