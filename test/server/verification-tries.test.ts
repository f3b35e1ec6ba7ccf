import { describe, expect, it } from 'vitest'
import { createMemoryAttempts } from '../../src/server/index.js'
import { NOW } from './tokens.js'
import { count, createApp, otherCode } from './verification-app.js'

describe('FAULTS 35: tries', () => {
  it('are five in a quarter of an hour; then the countdown is the server’s', async () => {
    const app = createApp()
    for (let i = 0; i < 5; i++) expect((await app.tryPassword('guess')).status).toBe(400)
    app.clock.now += 100.5
    const { status, headers, body } = await app.tryPassword('analytical')
    expect({ status, body }).toEqual({ status: 429, body: { error: 'locked', retryAfter: 800 } })
    expect(headers.get('Retry-After')).toBe('800')
    expect(app.compared).toHaveLength(5)
    app.clock.now = NOW + 899
    expect((await app.tryPassword('analytical')).body).toMatchObject({ retryAfter: 1 })
    app.clock.now = NOW + 900
    expect((await app.tryPassword('analytical')).status).toBe(200)
  })

  it('are those of a person, over all methods and sessions, and of nobody else', async () => {
    const app = createApp()
    await app.sendCode()
    for (const sid of ['a1', 'a2']) await app.tryPassword('guess', sid)
    for (let i = 0; i < 3; i++) await app.tryCode(otherCode(app.code()))
    expect((await app.tryCode(app.code())).status).toBe(429)
    expect((await app.tryPassword('analytical', 'a2')).status).toBe(429)
    expect((await app.tryPassword('builder', 'b1')).status).toBe(200)
  })

  it('are given back by a success', async () => {
    const app = createApp()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) expect((await app.tryPassword('guess')).status).toBe(400)
      expect((await app.tryPassword('analytical')).status).toBe(200)
    }
  })

  it('of one method are not given back by another: a known password buys no guesses at codes', async () => {
    const app = createApp()
    await app.sendCode()
    let checked = 0
    for (let i = 0; i < 12; i++) {
      await app.tryPassword('analytical')
      if ((await app.tryCode(otherCode(app.code()))).status === 400) checked++
    }
    expect(checked).toBe(5)
  })

  it('fifty at once: five are checked, and no sixth slips through', async () => {
    const app = createApp()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => app.tryPassword(`guess ${i}`, i % 2 ? 'a1' : 'a2')),
    )
    expect(app.compared).toHaveLength(5)
    expect([count(answers, 400), count(answers, 429)]).toEqual([5, 45])
  })

  it('fifty at once on a store that answers when it likes', async () => {
    const memory = createMemoryAttempts(() => NOW)
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
    const attempts = {
      async count(key: string, window: number) {
        for (let i = key.length % 3; i >= 0; i--) await turn()
        const counted = await memory.count(key, window)
        await turn()
        return counted
      },
      peek: (key: string) => memory.peek(key),
      forget: (key: string) => memory.forget(key),
    }
    const app = createApp({ attempts })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => app.tryPassword(`guess ${i}`)),
    )
    expect(app.compared).toHaveLength(5)
    expect(count(answers, 429)).toBe(45)
  })

  it.each([0, 4, 5, 49])('fifty at once, number %i the right one', async (right) => {
    const compared: string[] = []
    let locked = 0
    let open: () => void = () => {}
    const allCounted = new Promise<void>((resolve) => (open = resolve))
    const app = createApp({
      password: {
        // As slow as a hash: whoever is right has not given anything back before all have come.
        async verify({ password }) {
          compared.push(password)
          await allCounted
          return password === 'analytical'
        },
      },
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const answer = await app.tryPassword(i === right ? 'analytical' : 'guess')
        if (answer.status === 429 && ++locked === 45) open()
        return answer
      }),
    )
    expect(compared).toHaveLength(5)
    const confirmed = compared.includes('analytical') ? 1 : 0
    expect([count(answers, 200), app.stamps.length]).toEqual([confirmed, confirmed])
    expect([count(answers, 400), count(answers, 429)]).toEqual([5 - confirmed, 45])
  })

  it('can be fewer, and for longer', async () => {
    const app = createApp({ attemptLimit: 1, attemptWindow: 86_400 })
    await app.tryPassword('guess')
    expect((await app.tryPassword('analytical')).body).toEqual({
      error: 'locked',
      retryAfter: 86_400,
    })
  })
})
