import { afterEach, beforeEach, describe, expect, vi } from 'vitest'
import { confirmOnce, expectRefusal, leave, test, trip, tryAgain } from './fixture.js'
import type { Fault, Twist } from './http.js'
import { half, htmlWith200, reset, serverError, silence } from './http.js'
import { HOUR } from './tab.js'

interface Out {
  readonly name: string
  readonly answer: () => Response | Fault
}
const faults: readonly Out[] = [
  { name: 'a cut connection', answer: () => reset },
  { name: 'half an answer', answer: () => half },
  { name: '500', answer: serverError },
  { name: 'HTML with 200', answer: htmlWith200 },
  { name: 'silence', answer: () => silence },
]

describe.for(faults)('FAULTS 37: $name', ({ name, answer }) => {
  // Nobody is kept from closing a page that does not load, nor an API from giving up.
  const loud = name === 'silence' ? () => reset : answer

  test('of the token endpoint: the code is never used again, a new one is', async ({ open }) => {
    const tab = await open()
    tab.provider.token.next(answer)
    await trip(tab)
    expectRefusal(tab, 'network', true)
    expect(tab.provider.spent).toEqual([1])
    await tab.open()
    await tab.rests()
    expect(tab.provider.spent).toEqual([1])
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    await tryAgain(tab)
    expect(tab.provider.spent).toEqual([1, 1])
  })

  test('of the token endpoint, every time: refused each time, and never stuck', async ({
    open,
  }) => {
    const tab = await open()
    tab.provider.token.always(answer)
    await trip(tab)
    for (const trips of [2, 3]) {
      expectRefusal(tab, 'network', true)
      await tab.retry()
      await tab.travel()
      expect(tab.provider.spent).toHaveLength(trips)
    }
    await tab.cancel()
    expect(tab.state.status).toBe('idle')
    expect(tab.resumed).toMatchObject([{ status: 'network' }])
  })

  test('of discovery before leaving: nobody leaves, and the next click does', async ({ open }) => {
    const tab = await open()
    tab.provider.discovery.next(answer)
    // A page that has not asked for it yet.
    await tab.open()
    const press = await tab.press()
    await tab.leave()
    expect(tab.left).toBeNull()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    expect(press.status).toBe('open')
    expect(tab.record).toBeNull()
    await tab.leave()
    await tab.travel()
    await confirmOnce(tab)
  })

  test('of discovery on the way back: no code is spent, and it is offered again', async ({
    open,
  }) => {
    const tab = await open()
    await leave(tab)
    tab.provider.discovery.next(answer)
    await tab.travel()
    expectRefusal(tab, 'network', true)
    expect(tab.provider.spent).toEqual([])
    await tryAgain(tab)
  })

  test('of the sign-in page: whoever goes back is asked again', async ({ open }) => {
    const tab = await open()
    await leave(tab)
    tab.provider.authorize.next(loud)
    await tab.travel()
    expectRefusal(tab, 'cancelled', true)
    await tryAgain(tab)
  })

  test('of the keys: the API refuses without doing it, and does it once asked again', async ({
    open,
  }) => {
    const tab = await open()
    tab.provider.jwks.next(loud)
    await trip(tab)
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
    expect(tab.api.effects).toEqual([])
    await tab.cancel()
    expect((await tab.press()).status).toBe('done')
    expect(tab.api.effects).toHaveLength(1)
  })
})

describe('FAULTS 37: new signing keys while the person is away', () => {
  // How long a key source trusts its keys, it reads off the real clock.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('are found by the API', async ({ open }) => {
    const tab = await open()
    await trip(tab)
    await confirmOnce(tab)
    await tab.cancel()
    tab.clock.advance(HOUR)
    vi.advanceTimersByTime(HOUR * 1000)
    await tab.provider.rotateKeys()
    await trip(tab)
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
    expect(tab.api.effects).toHaveLength(2)
  })

  test('that the API has not found yet: an ordinary 401, and no question', async ({ open }) => {
    const tab = await open()
    await trip(tab)
    await confirmOnce(tab)
    await tab.cancel()
    await tab.provider.rotateKeys()
    await tab.userManager.signinSilent()
    expect((await tab.press()).status).toBe('HTTP 401')
    expect(tab.state.status).toBe('idle')
    expect(tab.api.effects).toHaveLength(1)
  })
})

/** The API does what it is asked, and the answer is lost. */
const losing =
  (answer: () => Response | Fault): Twist<Request, Response> =>
  async (asked, honest) => {
    await honest(asked)
    return answer()
  }

describe.for(faults.filter(({ name }) => name !== 'silence'))(
  'FAULTS 37: $name of the API',
  ({ answer }) => {
    test('before it did anything: the caller is told, and nothing is sent again', async ({
      open,
    }) => {
      const tab = await open()
      tab.api.serve.next(answer)
      await trip(tab)
      await tab.confirm()
      expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
      expect(tab.resumed).toHaveLength(1)
      expect([tab.api.requests.length, tab.api.effects.length]).toEqual([1, 0])
    })

    test('after it did it: the caller is told, and it is not done again', async ({ open }) => {
      const tab = await open()
      tab.api.serve.next(losing(answer))
      await trip(tab)
      await tab.confirm()
      expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
      await tab.cancel()
      await tab.open()
      await tab.rests()
      expect(tab.state.status).toBe('idle')
      expect([tab.api.requests.length, tab.api.effects.length]).toEqual([1, 1])
    })
  },
)

test('FAULTS 37, 42: silence of the API, and a reload: it may have been done', async ({ open }) => {
  const tab = await open()
  tab.api.serve.next(losing(() => silence))
  await trip(tab)
  void tab.client.controls.confirm()
  await tab.until(() => tab.api.effects.length === 1)
  await tab.open()
  await tab.rests()
  expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'unknown' })
  expect(tab.resumed).toMatchObject([{ status: 'outcome_unknown' }])
  await tab.open()
  await tab.rests()
  expect([tab.api.requests.length, tab.api.effects.length]).toEqual([1, 1])
})
