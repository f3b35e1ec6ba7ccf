import { describe, expect } from 'vitest'
import { confirmOnce, expectRefusal, leave, test, trip, tryAgain } from './fixture.js'
import { claiming, ignoring, refusing, refusingMaxAgeZero } from './scripts.js'
import type { Tab } from './tab.js'
import { HOUR, MINUTE } from './tab.js'

const DAY = 24 * HOUR

const authTime = ({ provider }: Tab) => provider.session?.authTime ?? 0

describe('FAULTS 1: a provider that ignores max_age', () => {
  test('is asked once more with prompt=login, and that is a proof', async ({ open }) => {
    const tab = await open()
    tab.provider.authorize.always(ignoring('max_age'))
    await trip(tab)
    expectRefusal(tab, 'still_stale', true)
    await tryAgain(tab)
    expect(tab.provider.asked.map((asked) => asked.get('prompt'))).toEqual([null, 'login'])
  })

  test('and prompt=login too gets no third request', async ({ open }) => {
    const tab = await open()
    tab.provider.authorize.always(ignoring('max_age', 'prompt'))
    await trip(tab)
    await tab.retry()
    await tab.travel()
    expectRefusal(tab, 'still_stale', false)
    await tab.retry()
    expect(tab.provider.asked).toHaveLength(2)
  })

  test('where it says 0, says 1 and prompt=login the second time', async ({ open }) => {
    const tab = await open({ requirement: 0 })
    tab.api.requirement = 0
    tab.provider.authorize.next(ignoring('max_age'))
    await trip(tab)
    expectRefusal(tab, 'still_stale', true)
    await tryAgain(tab)
    expect(tab.provider.asked.map((asked) => asked.get('max_age'))).toEqual(['0', '1'])
  })
})

test('FAULTS 1: the proof of a second try that lapses before a reload is sought again', async ({
  open,
}) => {
  const tab = await open()
  tab.provider.authorize.next(ignoring('max_age'))
  await trip(tab)
  await tab.retry()
  await tab.travel()
  expect(tab.state.status).toBe('confirming')
  tab.clock.advance(6 * MINUTE)
  await tab.open()
  await tab.rests()
  expectRefusal(tab, 'expired', true)
  await tryAgain(tab)
})

describe('FAULTS 2: a provider that refuses max_age=0', () => {
  test('is asked in another way, once', async ({ open }) => {
    const tab = await open({ requirement: 0 })
    tab.api.requirement = 0
    tab.provider.authorize.always(refusingMaxAgeZero)
    await trip(tab)
    expectRefusal(tab, 'provider_error', true)
    await tryAgain(tab)
    const asked = tab.provider.asked.at(-1)
    expect([asked?.get('max_age'), asked?.get('prompt')]).toEqual(['1', 'login'])
  })

  test('and the other way too ends it', async ({ open }) => {
    const tab = await open({ requirement: 0 })
    tab.provider.authorize.always(refusing('invalid_request'))
    await trip(tab)
    await tab.retry()
    await tab.travel()
    expectRefusal(tab, 'provider_error', false)
    expect(tab.record).toBeNull()
    expect(tab.provider.asked).toHaveLength(2)
  })
})

test.for<[string, (now: number) => unknown]>([
  ['0', () => 0],
  ['in milliseconds', (now) => now * 1000],
  ['absent', () => undefined],
  ['null', () => null],
  ['a string', (now) => String(now)],
  ['a float', (now) => now + 0.5],
  ['negative', (now) => -now],
  ['1e20', () => 1e20],
])('FAULTS 3: auth_time %s is no proof, twice at most', async ([, insane], { open }) => {
  const tab = await open()
  tab.provider.token.always(async (asked, honest) =>
    claiming(tab.provider, { auth_time: insane(authTime(tab)) })(asked, honest),
  )
  await trip(tab)
  expectRefusal(tab, 'still_stale', true)
  await tab.retry()
  await tab.travel()
  expectRefusal(tab, 'still_stale', false)
  expect(tab.provider.asked).toHaveLength(2)
})

test('FAULTS 3: an ID token that is no JSON, for auth_time is NaN, is no proof', async ({
  open,
}) => {
  const tab = await open()
  tab.provider.token.next(async (asked, honest) => {
    const nonce = JSON.stringify(tab.provider.asked.at(-1)?.get('nonce'))
    const text = `{"iss":"${tab.provider.issuer}","sub":"ada","nonce":${nonce},"auth_time":NaN}`
    return { ...(await honest(asked)), id_token: await tab.provider.sign(text) }
  })
  await trip(tab)
  expect(tab.state).toMatchObject({ status: 'failed', retry: true })
  await tryAgain(tab)
})

test.for([
  ['inside the skew passes', 20, true],
  ['beyond it buys nothing', 2 * MINUTE, false],
] as const)('FAULTS 4: auth_time in the future %s', async ([, ahead, passes], { open }) => {
  const tab = await open()
  tab.provider.token.always(async (asked, honest) =>
    claiming(tab.provider, { auth_time: authTime(tab) + ahead })(asked, honest),
  )
  await trip(tab)
  if (passes) await confirmOnce(tab)
  else expectRefusal(tab, 'still_stale', true)
})

describe.for([3 * MINUTE, -3 * MINUTE, 3 * DAY, -3 * DAY])(
  'FAULTS 5: with a clock that is %i s ahead',
  (clockAhead) => {
    test('one proof is enough', async ({ open }) => {
      const tab = await open({ clockAhead })
      await trip(tab)
      await confirmOnce(tab)
      expect(tab.provider.asked).toHaveLength(1)
    })

    test('a reload at the confirmation ends in a proof, after two more questions at most', async ({
      open,
    }) => {
      const tab = await open({ clockAhead })
      await trip(tab)
      await tab.open()
      await tab.rests()
      while (tab.state.status === 'failed') {
        expect(tab.state.retry).toBe(true)
        await tab.retry()
        await tab.travel()
      }
      await confirmOnce(tab)
      // The first, one whose old sign-in the provider thinks good enough, and one that it has to renew.
      expect(tab.provider.asked.length).toBeLessThanOrEqual(3)
    })

    test('which is set right while the person is away, nothing runs unproved', async ({ open }) => {
      const tab = await open({ clockAhead })
      await leave(tab)
      tab.clock.setWall(tab.clock.now().wall - clockAhead)
      await tab.travel()
      if (tab.state.status === 'confirming') await confirmOnce(tab)
      else expectRefusal(tab, 'expired', false)
    })
  },
)
