import { describe, expect, it, vi } from 'vitest'
import { createMemoryVerificationStore, type VerificationMethod } from '../../src/server/index.js'
import { NOW } from './tokens.js'
import { count, createApp, email, otherCode } from './verification-app.js'

describe('FAULTS 35: a code', () => {
  it('goes to the whole address, and is told of with the masked one', async () => {
    const app = createApp()
    const { status, body } = await app.sendCode()
    expect({ status, body }).toEqual({
      status: 200,
      body: { destination: 'a•••@acme.test', expiresIn: 600, resendIn: 30 },
    })
    expect(app.outbox).toMatchObject([
      { authentication: { subject: 'ada' }, method: { destination: 'ada@acme.test' } },
    ])
    expect(app.code()).toMatch(/^\d{6}$/)
    expect((await app.tryCode(app.code())).body).toEqual({ authTime: NOW, now: NOW })
    expect(app.stamps).toMatchObject([{ methods: [email] }])
  })

  it.each([
    ['spaces', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`],
    ['a dash', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['a no-break space', (code: string) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`],
    [
      'full-width digits',
      (code: string) =>
        code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
  ])('is good with %s', async (_name, write) => {
    const app = createApp()
    await app.sendCode()
    expect((await app.tryCode(write(app.code()))).status).toBe(200)
  })

  it('is good once', async () => {
    const app = createApp()
    await app.sendCode()
    expect((await app.tryCode(app.code())).status).toBe(200)
    expect((await app.tryCode(app.code())).body).toEqual({ error: 'invalid_credentials' })
    expect(app.stamps).toHaveLength(1)
  })

  it('is good for one of five at once', async () => {
    const app = createApp()
    await app.sendCode()
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.tryCode(app.code())))
    expect([count(answers, 200), count(answers, 400)]).toEqual([1, 4])
  })

  it('is good still after a wrong one', async () => {
    const app = createApp()
    await app.sendCode()
    expect((await app.tryCode(otherCode(app.code()))).status).toBe(400)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it.each([
    ['another person', 'b1'],
    ['another session of the same person', 'a2'],
  ])('is no good to %s, in the same words as a wrong one', async (_name, sid) => {
    const app = createApp()
    await app.sendCode('a1')
    const code = app.code()
    const strange = await app.tryCode(code, sid)
    const wrong = await app.tryCode(otherCode(code), 'a1')
    expect(strange).toMatchObject({ status: 400, body: { error: 'invalid_credentials' } })
    expect(strange.body).toEqual(wrong.body)
    expect([...strange.headers]).toEqual([...wrong.headers])
    expect((await app.tryCode(code, 'a1')).status).toBe(200)
  })

  it('is no good to another method of the same person', async () => {
    const sms: VerificationMethod = { ...email, id: 'sms', channel: 'sms' }
    const app = createApp({ methodsOf: () => [email, sms] })
    await app.sendCode('a1', 'email')
    expect((await app.tryCode(app.code(), 'a1', 'sms')).status).toBe(400)
  })

  it('is replaced by the next one', async () => {
    const app = createApp()
    await app.sendCode()
    const first = app.code()
    app.clock.now += 30
    await app.sendCode()
    expect(app.outbox).toHaveLength(2)
    if (first !== app.code()) expect((await app.tryCode(first)).status).toBe(400)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('is not sent twice in half a minute, nor by ten clicks at once; what is left is told', async () => {
    const app = createApp()
    await Promise.all(Array.from({ length: 10 }, () => app.sendCode()))
    expect(app.outbox).toHaveLength(1)
    app.clock.now += 12
    const { body } = await app.sendCode()
    expect(body).toEqual({ destination: 'a•••@acme.test', expiresIn: 588, resendIn: 18 })
    expect(app.outbox).toHaveLength(1)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('can be sent at once after one was used', async () => {
    const app = createApp()
    await app.sendCode()
    await app.tryCode(app.code())
    await app.sendCode()
    expect(app.outbox).toHaveLength(2)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('expires, and that is said', async () => {
    const app = createApp()
    await app.sendCode()
    app.clock.now += 599
    expect((await app.tryCode(otherCode(app.code()))).body).toEqual({
      error: 'invalid_credentials',
    })
    app.clock.now += 1
    expect(await app.tryCode(app.code())).toMatchObject({
      status: 400,
      body: { error: 'code_expired' },
    })
    await app.sendCode()
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('is never asked for where none was sent', async () => {
    expect((await createApp().tryCode('123456')).body).toEqual({ error: 'invalid_credentials' })
  })

  it('is kept as nothing that it could be read from', async () => {
    const store = createMemoryVerificationStore(() => NOW)
    const set = vi.spyOn(store, 'set')
    const app = createApp({ store })
    await app.sendCode()
    const kept = JSON.stringify(set.mock.calls)
    expect(kept).not.toContain(app.code())
    expect(kept).not.toContain('ada')
    expect(set).toHaveBeenCalled()
  })

  it('has as many digits as the app says, each as likely', async () => {
    const app = createApp({ code: { deliver: (sent) => void digits.push(sent.code), length: 10 } })
    const digits: string[] = []
    for (let i = 0; i < 200; i++) {
      await app.sendCode()
      app.clock.now += 100
    }
    expect(digits.every((code) => /^\d{10}$/.test(code))).toBe(true)
    expect(new Set(digits).size).toBe(200)
    const found = Array.from('0123456789', (digit) => digits.join('').split(digit).length - 1)
    // 200 are expected of each; 100 is seven standard deviations away.
    for (const number of found) expect(number).toBeGreaterThan(100)
    expect((await app.get('methods')).body).toContainEqual(expect.objectContaining({ length: 10 }))
  })

  it('of an authenticator app is checked by the app, and never sent', async () => {
    const totp: VerificationMethod = { type: 'code', id: 'app', channel: 'totp' }
    const verify = vi.fn(({ code }: { code: string }) => code === '123456')
    const app = createApp({ methodsOf: () => [totp], totp: { verify } })
    expect((await app.sendCode('a1', 'app')).body).toEqual({ error: 'no_method' })
    expect((await app.tryCode('654321', 'a1', 'app')).status).toBe(400)
    expect((await app.tryCode('123 456', 'a1', 'app')).status).toBe(200)
    expect(app.outbox).toEqual([])
  })
})
