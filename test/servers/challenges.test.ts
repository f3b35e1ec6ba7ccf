import { decodeJwt, SignJWT } from 'jose'
import { describe, expect } from 'vitest'
import { challenge } from './api.js'
import { confirmOnce, test } from './fixture.js'
import type { Tab } from './tab.js'
import { HOUR } from './tab.js'

/** The page thinks her fresh; whatever the API says comes as a surprise. */
async function openFresh(open: (options: { requirement: number }) => Promise<Tab>): Promise<Tab> {
  const tab = await open({ requirement: 2 * HOUR })
  tab.api.requirement = 2 * HOUR
  return tab
}

const error = 'error="insufficient_user_authentication"'

describe('FAULTS 25: an API that challenges', () => {
  test('once gets a proof, and the same request once more', async ({ open }) => {
    const tab = await openFresh(open)
    tab.api.serve.next(() => challenge())
    const press = await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
    await tab.leave()
    await tab.travel()
    expect(press.status).toBe('open')
    await confirmOnce(tab)
    expect(new Set(tab.api.requests).size).toBe(1)
    expect(tab.api.requests).toHaveLength(2)
  })

  test('every time gets one proof, and is not asked a third time', async ({ open }) => {
    const tab = await openFresh(open)
    tab.api.serve.always(() => challenge())
    await tab.press()
    await tab.leave()
    await tab.travel()
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
    expect(tab.resumed).toMatchObject([{ status: 'still_stale' }])
    expect([tab.api.requests.length, tab.provider.asked.length]).toEqual([2, 1])
  })

  test('with max_age=0 every time gets one proof for it', async ({ open }) => {
    const tab = await openFresh(open)
    tab.api.requirement = 0
    await tab.press()
    await tab.leave()
    expect(tab.provider.asked).toEqual([])
    expect(tab.left?.searchParams.get('max_age')).toBe('0')
    await tab.travel()
    await confirmOnce(tab)
  })
})

test('FAULTS 28: an access token that tells no auth_time is refused by the guard after any proof, and that is said', async ({
  open,
}) => {
  const tab = await openFresh(open)
  tab.provider.token.always(async (asked, honest) => {
    const tokens = await honest(asked)
    const claims = { ...decodeJwt(tokens.access_token ?? ''), auth_time: undefined }
    return { ...tokens, access_token: await tab.provider.sign(claims, 'at+jwt') }
  })
  await tab.userManager.signinSilent()
  await tab.press()
  expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
  await tab.leave()
  await tab.travel()
  // The provider thinks an hour young enough for two; the second try has it ask.
  expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'still_stale' }, retry: true })
  await tab.retry()
  await tab.travel()
  await tab.confirm()
  expect(tab.resumed).toMatchObject([{ status: 'still_stale' }])
  expect(tab.api.effects).toEqual([])
})

test('FAULTS 7: another issuer’s token of the same shape does nothing, and asks nothing', async ({
  open,
}) => {
  const tab = await openFresh(open)
  tab.provider.token.next(async (asked, honest) => ({
    ...(await honest(asked)),
    access_token: await new SignJWT({ sub: 'ada', auth_time: 1_800_000_000 })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .sign(new Uint8Array(32)),
  }))
  await tab.userManager.signinSilent()
  expect((await tab.press()).status).toBe('HTTP 401')
  expect(tab.state.status).toBe('idle')
  expect(tab.api.effects).toEqual([])
})

describe('FAULTS 22: over real HTTP, a header that', () => {
  test.for([
    ['is of DPoP with a challenge', `DPoP ${error}, max_age="60"`],
    ['comes after Basic', `Basic realm="api, v2", Bearer ${error}, max_age=60`],
    ['shouts', `BEARER ERROR="insufficient_user_authentication" , MAX_AGE = "60"`],
    ['has quoted commas and quotes', `Bearer realm="a \\"b\\", c", ${error}, max_age=60`],
  ])('%s is understood', async ([, header], { open }) => {
    const tab = await openFresh(open)
    tab.api.serve.next(() => challenge(header))
    await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 60 } })
  })

  test.for([
    ['has an unterminated quote', `Bearer ${error}, max_age="60`],
    ['repeats a parameter', `Bearer ${error}, max_age=60, max_age=6000`],
    ['is a token68', 'Bearer aGVsbG8='],
    ['is empty', ''],
    ['is not ASCII', `Bearer ${error}, max_age="60", error_description="nö`],
    ['is of another scheme', `Negotiate ${error}, max_age=60`],
  ])('%s is an ordinary 401', async ([, header], { open }) => {
    await expectOrdinary(await openFresh(open), challenge(header))
  })

  test('is 100 KB long is refused by the connection, and the caller is told', async ({ open }) => {
    const tab = await openFresh(open)
    tab.api.serve.next(() => challenge(`Bearer ${error}, x="${'a'.repeat(100_000)}", max_age=60`))
    expect((await tab.press()).status).toBe('TypeError')
    expect(tab.state.status).toBe('idle')
    expect(tab.api.requests).toHaveLength(1)
  })
})

describe('FAULTS 23: over real HTTP, a demand of', () => {
  test.for([
    'max_age=-1',
    'max_age=1.5',
    'max_age=abc',
    'max_age=1e20',
    'max_age=""',
    'acr_values=""',
  ])('%s is an ordinary 401', async (demand, { open }) => {
    await expectOrdinary(await openFresh(open), challenge(`Bearer ${error}, ${demand}`))
  })
})

describe('FAULTS 26: without the header, the body', () => {
  test('counts where it is JSON and says the very words', async ({ open }) => {
    const tab = await openFresh(open)
    const body = { error: 'insufficient_user_authentication', max_age: 60 }
    tab.api.serve.next(() => Response.json(body, { status: 401 }))
    await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 60 } })
  })

  test.for([
    ['HTML', new Response('<h1>insufficient_user_authentication</h1>', { status: 401 })],
    ['other words', Response.json({ error: 'insufficient_scope', max_age: 60 }, { status: 401 })],
    [
      'no JSON',
      new Response('{', { status: 401, headers: { 'Content-Type': 'application/json' } }),
    ],
  ] as const)('is nothing where it is %s', async ([, response], { open }) => {
    await expectOrdinary(await openFresh(open), response)
  })
})

/** Asked once, told once, and nobody was bothered. */
async function expectOrdinary(tab: Tab, response: Response): Promise<void> {
  tab.api.serve.next(() => response)
  expect((await tab.press()).status).toBe('HTTP 401')
  expect(tab.state.status).toBe('idle')
  expect([tab.api.requests.length, tab.api.effects.length]).toEqual([1, 0])
}
