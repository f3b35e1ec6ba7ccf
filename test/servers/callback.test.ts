import { createHash, randomBytes } from 'node:crypto'
import { describe, expect } from 'vitest'
import { confirmOnce, expectRefusal, leave, test, trip, tryAgain } from './fixture.js'
import type { Provider } from './provider.js'
import { ada, bob, CLIENT } from './provider.js'
import { answering, claiming, ignoring, refusing } from './scripts.js'
import type { Tab } from './tab.js'
import { CALLBACK } from './page.js'

/** What the provider sent back, with other parameters. */
const changed = (change: Readonly<Record<string, string | null>>) => (back: URL) => {
  const url = new URL(back)
  for (const [name, value] of Object.entries(change)) {
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url
}

const stateOf = (back: URL) => back.searchParams.get('state') ?? ''

describe('FAULTS 8: no token request, and the action is offered again, where the state', () => {
  test.for<[string, (back: URL) => URL]>([
    ['is unknown', changed({ state: 'b0b' })],
    ['is missing', changed({ state: null })],
    ['comes twice', (back) => new URL(`${back.href}&state=${encodeURIComponent(stateOf(back))}`)],
    [
      'has another handle',
      (back) => changed({ state: `${stateOf(back).slice(0, -9)}aaaaaaaaa` })(back),
    ],
    ['is not one of the SDK', (back) => changed({ state: `0000${stateOf(back).slice(4)}` })(back)],
  ])('%s', async ([, change], { open }) => {
    const tab = await open()
    await trip(tab, change)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    expect(tab.provider.tokenRequests).toEqual([])
    await tryAgain(tab)
  })
})

describe('FAULTS 6: another person at the sign-in page', () => {
  test('runs nothing and sees nothing of the first', async ({ open }) => {
    const tab = await open()
    tab.provider.person = bob
    await trip(tab)
    expectRefusal(tab, 'wrong_account', true)
    expect(tab.state).toMatchObject({ items: [] })
    expect(JSON.stringify([tab.state, tab.record])).not.toContain('apollo')
    tab.provider.person = ada
    await tab.retry()
    await tab.travel()
    expect(tab.client.getAuthentication()).toMatchObject({ subject: 'ada' })
    expect(tab.api.requests).toEqual([])
  })

  test('of another issuer is another person, whatever the name', async ({ open }) => {
    const tab = await open()
    tab.provider.token.next(claiming(tab.provider, { iss: 'https://evil.test' }))
    await trip(tab)
    expectRefusal(tab, 'wrong_account', true)
  })
})

describe('FAULTS 13: an answer', () => {
  test.for<[string, string | null]>([
    ['of another issuer', 'https://evil.test'],
    ['of nobody, where the provider names itself', null],
  ])('%s is refused before its code is spent', async ([, iss], { open }) => {
    const tab = await open()
    tab.provider.authorize.next(answering({ iss }))
    await trip(tab)
    expectRefusal(tab, 'provider_error', true)
    expect(tab.provider.tokenRequests).toEqual([])
    await tryAgain(tab)
  })

  test('of nobody is taken from a provider that does not say it names itself', async ({ open }) => {
    const tab = await open()
    const silent = async (asked: URLSearchParams, honest: (asked: URLSearchParams) => object) => ({
      ...honest(asked),
      authorization_response_iss_parameter_supported: undefined,
    })
    tab.provider.discovery.always(silent)
    tab.provider.authorize.next(answering({ iss: null }))
    await trip(tab)
    await confirmOnce(tab)
  })
})

/** A code that the provider gave to somebody who asked for it elsewhere. */
async function stolenCode({ issuer }: Provider): Promise<string> {
  const url = new URL('/authorize', issuer)
  url.search = new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: CALLBACK,
    state: 'elsewhere',
    nonce: 'elsewhere',
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
  }).toString()
  const response = await fetch(url, { redirect: 'manual' })
  return new URL(response.headers.get('Location') ?? '').searchParams.get('code') ?? ''
}

/** As the one who knows the verifier would have sent it: a provider that checks no PKCE. */
function withoutPkce({ provider }: Tab): void {
  provider.token.next(async (asked, honest) => {
    const code = provider.asked.findLast((other) => other.get('state') === 'elsewhere')
    code?.delete('code_challenge')
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url')
    code?.set('code_challenge', challenge)
    return honest(asked)
  })
}

describe('FAULTS 14: refused is', () => {
  test('a code of another session, by its PKCE verifier', async ({ open }) => {
    const tab = await open()
    await leave(tab)
    const code = await stolenCode(tab.provider)
    await tab.travel(changed({ code }))
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    expect(tab.api.requests).toEqual([])
    await tryAgain(tab)
  })

  test('the same code by its nonce, where the provider checks no PKCE', async ({ open }) => {
    const tab = await open()
    await leave(tab)
    const code = await stolenCode(tab.provider)
    withoutPkce(tab)
    await tab.travel(changed({ code }))
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    expect(String((tab.state as { error?: Error }).error?.cause)).toContain('nonce')
    expect(tab.api.requests).toEqual([])
    await tryAgain(tab)
  })

  test.for([
    ['another nonce', 'other'],
    ['no nonce', undefined],
  ] as const)('an ID token with %s', async ([, nonce], { open }) => {
    const tab = await open()
    tab.provider.token.next(claiming(tab.provider, { nonce }))
    await trip(tab)
    expect(tab.state).toMatchObject({ status: 'failed', retry: true })
    expect(tab.api.requests).toEqual([])
    await tryAgain(tab)
  })
})

describe('FAULTS 15: the provider sends the person back with', () => {
  test.for([
    ['access_denied', 'cancelled'],
    ['login_required', 'provider_error'],
    ['interaction_required', 'provider_error'],
    ['server_error', 'provider_error'],
    ['temporarily_unavailable', 'provider_error'],
  ] as const)('%s: it is offered again', async ([error, code], { open }) => {
    const tab = await open()
    tab.provider.authorize.next(refusing(error))
    await trip(tab)
    expectRefusal(tab, code, true)
    expect(tab.provider.tokenRequests).toEqual([])
    await tryAgain(tab)
  })

  test.for([
    ['unmet_authentication_requirements', 'insufficient_acr'],
    ['invalid_scope', 'provider_error'],
    ['<b>strange</b>', 'provider_error'],
    ['', 'provider_error'],
  ] as const)('%s: refused, and nothing waits any more', async ([error, code], { open }) => {
    const tab = await open()
    tab.provider.authorize.next(refusing(error, '<img src=x onerror=alert(1)>'))
    await trip(tab)
    expectRefusal(tab, code, false)
    expect(tab.record).toBeNull()
    // A stranger's words are the cause, and never ours.
    expect(tab.state).not.toMatchObject({
      error: { message: expect.stringContaining('<') as string },
    })
    await tab.cancel()
    expect(tab.resumed).toMatchObject([{ status: code }])
  })
})

describe('FAULTS 24: a level that the provider', () => {
  test('ignores is refused at once', async ({ open }) => {
    const tab = await open({ requirement: { acrValues: ['mfa'] } })
    tab.provider.authorize.always(ignoring('acr_values'))
    await trip(tab)
    expectRefusal(tab, 'insufficient_acr', false)
    expect(tab.provider.asked).toHaveLength(1)
  })

  test('denies is refused at once', async ({ open }) => {
    const tab = await open({ requirement: { acrValues: ['mfa'] } })
    tab.provider.authorize.next(refusing('unmet_authentication_requirements'))
    await trip(tab)
    expectRefusal(tab, 'insufficient_acr', false)
    expect(tab.provider.asked).toHaveLength(1)
  })

  test('reaches with this person is a proof', async ({ open }) => {
    const tab = await open({ requirement: { acrValues: ['phr', 'mfa'] } })
    tab.api.requirement = { acrValues: ['mfa'] }
    tab.provider.person = { ...ada, acrs: ['pwd', 'mfa'] }
    await trip(tab)
    await confirmOnce(tab)
    expect(tab.provider.asked[0]?.get('acr_values')).toBe('phr mfa')
  })
})
