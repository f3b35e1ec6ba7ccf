import { describe, expect, it, vi } from 'vitest'
import type { TripArrival, TripDeparture, TripVerification } from '../../src/server/index.js'
import { NOW } from './tokens.js'
import { createApp } from './verification-app.js'

const google = { type: 'redirect', id: 'google', label: 'Google' } as const
const STATE = `r.${'s'.repeat(43)}`

/** A provider that says of everybody who comes back what it is told to. */
function createTrips(arrived: Awaited<ReturnType<TripVerification['arrive']>>) {
  const left: TripDeparture[] = []
  const spent: TripArrival[] = []
  const trip: TripVerification = {
    async leave(departure) {
      left.push(departure)
      return { url: `https://id.test/auth?state=${departure.state}`, kept: 'verifier' }
    },
    async arrive(arrival) {
      spent.push(arrival)
      return arrived
    },
  }
  const app = createApp({ methodsOf: () => [google], trip })
  const leave = (more: object = {}) => app.post('trip', { id: 'google', state: STATE, ...more })
  const back = (sid?: string) =>
    app.post('trip/back', { state: STATE, answer: { code: 'c', iss: 'https://id.test' } }, sid)
  return { app, left, spent, leave, back }
}

describe('a trip that the handler leads', () => {
  it('gives the address, keeps the verifier, and stamps when the provider asked', async () => {
    const { app, left, spent, leave, back } = createTrips({ authTime: NOW - 20 })
    const { body } = await leave({ max_age: 270 })
    expect(body).toEqual({ url: `https://id.test/auth?state=${STATE}` })
    expect(left).toMatchObject([{ method: google, state: STATE, maxAge: 270 }])
    app.clock.now += 5
    expect((await back()).body).toEqual({ authTime: NOW - 20, now: NOW + 5 })
    expect(spent).toMatchObject([
      { kept: 'verifier', answer: { code: 'c', iss: 'https://id.test' } },
    ])
    expect(app.stamps).toMatchObject([{ methods: [google], authTime: NOW - 20 }])
  })

  it.each([
    ['is older than was asked for', { authTime: NOW - 276 }],
    ['lies in the future', { authTime: NOW + 6 }],
    ['is not told', {}],
    ['is no number', { authTime: String(NOW) as never }],
    ['is NaN', { authTime: NaN }],
  ])('FAULTS 3: stamps nothing where the sign-in %s', async (_what, arrived) => {
    const { app, leave, back } = createTrips(arrived)
    await leave({ max_age: 270 })
    expect(await back()).toMatchObject({ status: 400, body: { error: 'stale' } })
    expect(app.stamps).toEqual([])
  })

  it('FAULTS 50: one sign-in of a clock that is ahead stays one, however many trips tell of it', async () => {
    const { app, leave, back } = createTrips({ authTime: NOW + 4 })
    for (const _trip of [1, 2]) {
      await leave({ max_age: 0 })
      expect((await back()).body).toMatchObject({ authTime: NOW + 4 })
      app.clock.now += 1
    }
  })

  it('that proves nothing is no try: nobody is locked out by it', async () => {
    const { leave, back } = createTrips({})
    for (let trip = 0; trip < 7; trip++) {
      expect((await leave({ max_age: 0 })).status).toBe(200)
      expect((await back()).body).toEqual({ error: 'stale' })
    }
  })

  it.each([{ max_age: 0 }, { max_age: 270, prompt: 'login' }])(
    'FAULTS 1: %j takes nothing that was proved before it left',
    async (asked) => {
      const { app, leave, back } = createTrips({ authTime: NOW - 6 })
      await leave(asked)
      expect((await back()).body).toEqual({ error: 'stale' })
      expect(app.stamps).toEqual([])
    },
  )

  it('FAULTS 6: somebody else confirms nothing', async () => {
    const { app, leave, back } = createTrips(null)
    await leave({ max_age: 0 })
    expect((await back()).body).toEqual({ error: 'invalid_credentials' })
    expect(app.stamps).toEqual([])
  })

  it('FAULTS 8: a state that nobody left with, or that another session did, spends nothing', async () => {
    const { spent, leave, back } = createTrips({ authTime: NOW })
    expect((await back()).body).toEqual({ error: 'code_expired' })
    await leave()
    expect((await back('a2')).body).toEqual({ error: 'code_expired' })
    expect((await back('b1')).body).toEqual({ error: 'code_expired' })
    expect(spent).toEqual([])
  })

  it('FAULTS 10: comes back once, also where both come at once, and not after ten minutes', async () => {
    const { app, spent, leave, back } = createTrips({ authTime: NOW })
    await leave()
    const answers = await Promise.all([back(), back()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(spent).toHaveLength(1)
    await leave()
    app.clock.now += 600
    expect((await back()).body).toEqual({ error: 'code_expired' })
    expect(spent).toHaveLength(1)
  })

  it.each([-1, 1.5, '300', 1e20, null])('FAULTS 23: max_age %j never travels', async (max_age) => {
    const { left, leave } = createTrips({ authTime: NOW })
    expect((await leave({ max_age })).body).toEqual({ error: 'bad_request' })
    expect(left).toEqual([])
  })

  it('is not there without `trip`, and a provider that fails confirms nothing', async () => {
    const plain = createApp({ methodsOf: () => [google] })
    expect((await plain.post('trip', { id: 'google', state: STATE })).body).toEqual({
      error: 'no_method',
    })
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const arrive = () => Promise.reject(new Error('invalid_grant'))
    const leave = () => Promise.resolve({ url: 'https://id.test/', kept: '' })
    const app = createApp({ methodsOf: () => [google], trip: { leave, arrive } })
    await app.post('trip', { id: 'google', state: STATE })
    const back = await app.post('trip/back', { state: STATE, answer: { code: 'c' } })
    expect(back).toMatchObject({ status: 500, body: { error: 'server_error' } })
    expect(app.stamps).toEqual([])
    vi.restoreAllMocks()
  })
})

describe('codes that somebody else makes and checks', () => {
  const code = {
    type: 'code',
    id: 'email',
    channel: 'email',
    destination: 'ada@acme.test',
  } as const
  const createService = (verdict: boolean | 'expired') => {
    const checked: { ticket: string; code: string }[] = []
    const send = vi.fn(async () => ({ ticket: 'device 1', expiresIn: 900 }))
    const check = async ({ ticket, code }: { ticket: string; code: string }) => {
      checked.push({ ticket, code })
      return verdict
    }
    return { app: createApp({ methodsOf: () => [code], code: { send, check } }), checked, send }
  }

  it('are sent by it, told of with its time, checked by its ticket, and good once', async () => {
    const { app, checked } = createService(true)
    expect((await app.sendCode()).body).toEqual({
      ...{ destination: 'a•••@acme.test', expiresIn: 900, resendIn: 30 },
    })
    expect((await app.tryCode('123 456')).status).toBe(200)
    expect(checked).toEqual([{ ticket: 'device 1', code: '123456' }])
    expect((await app.tryCode('123456')).body).toEqual({ error: 'invalid_credentials' })
    expect(checked).toHaveLength(1)
  })

  it.each([
    [false, 'invalid_credentials'],
    ['expired', 'code_expired'],
  ] as const)('that it calls %s are %s', async (verdict, error) => {
    const { app } = createService(verdict)
    await app.sendCode()
    expect((await app.tryCode('123456')).body).toEqual({ error })
    expect(app.stamps).toEqual([])
  })

  it('are checked by nobody once their time is over', async () => {
    const { app, checked } = createService(true)
    await app.sendCode()
    app.clock.now += 900
    expect((await app.tryCode('123456')).body).toEqual({ error: 'code_expired' })
    expect(checked).toEqual([])
  })

  it('of before are good where the next cannot be sent', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { app, send } = createService(true)
    await app.sendCode()
    app.clock.now += 31
    send.mockRejectedValueOnce(new Error('No mails today'))
    expect((await app.sendCode()).status).toBe(500)
    expect((await app.tryCode('123456')).status).toBe(200)
    vi.restoreAllMocks()
  })
})
