import { describe, expect, it } from 'vitest'
import { createMemoryVerificationStore, type VerificationMethod } from '../../src/server/index.js'
import { watchLog } from './log.js'
import { NOW } from './tokens.js'
import { count, createApp, email, otherCode } from './verification-app.js'

const takeLog = watchLog()
const wrong = { status: 400, body: { error: 'invalid_credentials' } }

/** Ada, in as many sessions as a test needs. */
function createCrowd(...args: Parameters<typeof createApp>) {
  const app = createApp(...args)
  const sids = Array.from({ length: 50 }, (_, i) => `c${i}`)
  for (const sessionId of sids) {
    app.sessions.set(sessionId, { ...app.sessions.get('a1')!, sessionId })
  }
  return { ...app, sids }
}

describe('FAULTS 35: codes are sent', () => {
  it('to nobody who has no try left, and the countdown is told', async () => {
    const app = createApp()
    for (let i = 0; i < 5; i++) await app.tryPassword('guess')
    app.clock.now += 100
    for (const sid of ['a1', 'a2', 'a2']) {
      const { status, headers, body } = await app.sendCode(sid)
      expect({ status, body }).toEqual({ status: 429, body: { error: 'locked', retryAfter: 800 } })
      expect(headers.get('Retry-After')).toBe('800')
    }
    expect(app.outbox).toEqual([])
    expect((await app.sendCode('b1')).status).toBe(200)
    app.clock.now = NOW + 900
    expect((await app.sendCode()).status).toBe(200)
    expect(app.outbox).toHaveLength(2)
  })

  it('to nobody who has no try left at codes, whatever else they know', async () => {
    const app = createApp()
    await app.sendCode()
    for (let i = 0; i < 5; i++) {
      expect((await app.tryCode(otherCode(app.code()))).status).toBe(400)
      await app.tryPassword('analytical')
    }
    app.clock.now += 30
    expect((await app.sendCode()).body).toEqual({ error: 'locked', retryAfter: 870 })
    expect(app.outbox).toHaveLength(1)
  })

  it('and asking for one is no try', async () => {
    const app = createApp()
    for (let i = 0; i < 5; i++) {
      expect((await app.sendCode()).status).toBe(200)
      app.clock.now += 30
    }
    for (let i = 0; i < 4; i++) expect((await app.tryPassword('guess')).status).toBe(400)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('ten times in a quarter of an hour, over all sessions of a person', async () => {
    const sms: VerificationMethod = { ...email, id: 'sms', channel: 'sms' }
    const app = createCrowd({ methodsOf: () => [email, sms] })
    for (const sid of app.sids.slice(0, 10)) expect((await app.sendCode(sid)).status).toBe(200)
    app.clock.now += 100
    const last = app.sids[10]
    // Twice: what was refused is not told as sent a moment later.
    for (let i = 0; i < 2; i++) {
      expect((await app.sendCode(last)).body).toEqual({ error: 'locked', retryAfter: 800 })
    }
    expect(app.outbox).toHaveLength(10)
    expect((await app.sendCode(last, 'sms')).status).toBe(200)
    expect((await app.sendCode('b1')).status).toBe(200)
    app.clock.now = NOW + 900
    expect((await app.sendCode(last)).status).toBe(200)
  })

  it('ten times, and the last of them stands', async () => {
    const app = createApp()
    for (let i = 0; i < 10; i++) {
      expect((await app.sendCode()).status).toBe(200)
      app.clock.now += 30
    }
    const { status, body } = await app.sendCode()
    expect(status).toBe(200)
    expect(body).toMatchObject({ expiresIn: 570, resendIn: 600 })
    expect(app.outbox).toHaveLength(10)
    expect((await app.tryCode(app.code())).status).toBe(200)
  })

  it('ten times of fifty at once', async () => {
    const app = createCrowd()
    const answers = await Promise.all(app.sids.map((sid) => app.sendCode(sid)))
    expect(app.outbox).toHaveLength(10)
    expect([count(answers, 200), count(answers, 429)]).toEqual([10, 40])
  })

  it('as often as they are used', async () => {
    const app = createApp()
    for (let i = 0; i < 25; i++) {
      expect((await app.sendCode()).status).toBe(200)
      expect((await app.tryCode(app.code())).status).toBe(200)
    }
    expect(app.outbox).toHaveLength(25)
  })
})

/** Its mail server is at hand: each mail waits to be taken, refused, or both late. */
function createPost() {
  const mails: { code: string; taken: () => void; refused: (error: Error) => void }[] = []
  const app = createCrowd({
    code: {
      deliver: ({ code }) =>
        new Promise<void>((taken, refused) => void mails.push({ code, taken, refused })),
    },
  })
  /** Asks for a code, until its mail is on its way. */
  const begin = async (sid?: string) => {
    const before = mails.length
    const answer = app.sendCode(sid)
    while (mails.length === before) await new Promise((resolve) => setImmediate(resolve))
    return { ...mails.at(-1)!, answer }
  }
  const deliver = async () => {
    const { code, taken, answer } = await begin()
    taken()
    await answer
    return code
  }
  const fail = async (sid?: string) => {
    const { code, refused, answer } = await begin(sid)
    refused(new Error('mail server down'))
    expect((await answer).body).toEqual({ error: 'server_error' })
    expect(takeLog()).toEqual([expect.stringContaining('mail server down')])
    return code
  }
  return { ...app, mails, begin, deliver, fail }
}

describe('FAULTS 35: a code that cannot be delivered', () => {
  it('is a failure, after which there is the same pause, told as one', async () => {
    const post = createPost()
    await post.fail()
    post.clock.now += 12
    const again = await Promise.all(Array.from({ length: 20 }, () => post.sendCode()))
    for (const { status, body } of again) {
      expect({ status, body }).toEqual({ status: 429, body: { error: 'locked', retryAfter: 18 } })
    }
    expect(post.mails).toHaveLength(1)
    post.clock.now += 18
    expect((await post.tryCode(await post.deliver())).status).toBe(200)
  })

  it('is one of the ten, so that nobody hammers a mail server that is down', async () => {
    const post = createPost()
    for (const sid of post.sids.slice(0, 10)) await post.fail(sid)
    expect((await post.sendCode(post.sids[10])).status).toBe(429)
    expect(post.mails).toHaveLength(10)
  })

  it('leaves the earlier one good, for as long as that one was', async () => {
    const post = createPost()
    const first = await post.deliver()
    post.clock.now += 30
    await post.fail()
    expect((await post.tryCode(first)).status).toBe(200)
    expect(await post.tryCode(first)).toMatchObject(wrong)

    const second = await post.deliver()
    post.clock.now += 590
    await post.fail()
    post.clock.now += 10
    expect(await post.tryCode(second)).toMatchObject(wrong)
  })

  it('is good if it comes late, and only once, with the earlier one', async () => {
    const post = createPost()
    const first = await post.deliver()
    post.clock.now += 30
    const late = await post.fail()
    expect((await post.tryCode(late)).status).toBe(200)
    for (const code of [late, first]) expect(await post.tryCode(code)).toMatchObject(wrong)
    expect(post.stamps).toHaveLength(1)
  })

  it('expires as any other', async () => {
    const post = createPost()
    const late = await post.fail()
    post.clock.now += 600
    expect((await post.tryCode(late)).body).toEqual({ error: 'code_expired' })
  })
})

describe('FAULTS 35: a code on its way', () => {
  it('is good as soon as somebody can read it, and not again once it is said to be sent', async () => {
    const post = createPost()
    const { code, taken, answer } = await post.begin()
    expect((await post.tryCode(code)).status).toBe(200)
    taken()
    expect((await answer).status).toBe(200)
    expect(await post.tryCode(code)).toMatchObject(wrong)
    expect(post.stamps).toHaveLength(1)
  })

  it('leaves the earlier one good until it is there, and then no more', async () => {
    const post = createPost()
    const first = await post.deliver()
    post.clock.now += 30
    const { code, taken, answer } = await post.begin()
    const second = await post.begin('a2')
    expect((await post.tryCode(otherCode(first))).status).toBe(400)
    taken()
    second.taken()
    await Promise.all([answer, second.answer])
    if (first !== code) expect(await post.tryCode(first)).toMatchObject(wrong)
    expect((await post.tryCode(code)).status).toBe(200)
  })

  it('is good no more where the earlier one was used meanwhile, and neither is that', async () => {
    const post = createPost()
    const first = await post.deliver()
    post.clock.now += 30
    const { code, taken, refused, answer } = await post.begin()
    expect((await post.tryCode(first)).status).toBe(200)
    taken()
    refused(new Error('too late to say so'))
    await answer
    for (const used of [first, code]) expect(await post.tryCode(used)).toMatchObject(wrong)
    expect(post.stamps).toHaveLength(1)
  })

  it('does not bring back an earlier one that is used at the same moment', async () => {
    const memory = createMemoryVerificationStore(() => NOW)
    const codes: string[] = []
    let meanwhile: (() => Promise<unknown>) | undefined
    const app = createApp({
      store: {
        ...memory,
        async get(key) {
          const found = await memory.get(key)
          const first = found === null ? undefined : meanwhile
          if (first) meanwhile = undefined
          await first?.()
          return found
        },
      },
      code: {
        async deliver({ code }) {
          codes.push(code)
          if (codes.length === 2) expect(await app.tryCode(codes[0] ?? '')).toMatchObject(wrong)
        },
      },
    })
    await app.sendCode()
    app.clock.now += 30
    meanwhile = async () => expect((await app.tryCode(codes[0] ?? '')).status).toBe(200)
    expect((await app.sendCode()).status).toBe(200)
    expect(meanwhile).toBeUndefined()
    expect((await app.tryCode(codes[1] ?? '')).status).toBe(200)
    expect(app.stamps).toHaveLength(2)
  })
})
