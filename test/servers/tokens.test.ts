import { describe, expect } from 'vitest'
import { confirmOnce, leave, test } from './fixture.js'
import { claiming, without } from './scripts.js'
import type { Tab } from './tab.js'

/** Whatever the SDK got in the background: it is no proof, and a trip is. */
async function expectStale(tab: Tab): Promise<void> {
  const press = await tab.press()
  expect(tab.state.status).toBe('prompting')
  expect(press.status).toBe('open')
  expect(tab.api.requests).toEqual([])
  await tab.leave()
  await tab.travel()
  await confirmOnce(tab)
}

/** How long ago the sign-in was, as far as the page knows. */
const age = ({ client }: Tab) => Math.round(client.getAge() ?? NaN)

describe('FAULTS 27, 44: a refresh', () => {
  test('with a new ID token moves iat, and makes nobody younger', async ({ open }) => {
    const tab = await open()
    const before = tab.client.getAuthentication()
    await tab.userManager.signinSilent()
    await tab.until(() => tab.client.getAuthentication() !== before)
    expect(tab.client.getAuthentication()?.issuedAt).toBeGreaterThan(Number(before?.issuedAt))
    expect(age(tab)).toBe(3600)
    await expectStale(tab)
  })

  test('without an ID token keeps the old one, and its age', async ({ open }) => {
    const tab = await open()
    tab.provider.token.next(without('id_token'))
    const user = await tab.userManager.signinSilent()
    expect(user?.id_token).toBeDefined()
    expect(age(tab)).toBe(3600)
    await expectStale(tab)
  })

  test('that claims a newer auth_time is thrown away by the SDK', async ({ open }) => {
    const tab = await open()
    const auth_time = Math.floor(tab.clock.now().wall)
    tab.provider.token.next(claiming(tab.provider, { auth_time }))
    await expect(tab.userManager.signinSilent()).rejects.toThrow('auth_time')
    expect(age(tab)).toBe(3600)
    await expectStale(tab)
  })

  test('that fails leaves what is known', async ({ open }) => {
    const tab = await open()
    tab.provider.token.next(() => Response.json({ error: 'invalid_grant' }, { status: 400 }))
    await expect(tab.userManager.signinSilent()).rejects.toThrow('invalid_grant')
    await expectStale(tab)
  })
})

describe('FAULTS 27, 29: without a refresh token', () => {
  test('a silent code brings the old auth_time, and asks for no age', async ({ open }) => {
    const tab = await open()
    await forgetRefreshToken(tab)
    await tab.userManager.signinSilent()
    expect(tab.provider.asked).toHaveLength(1)
    expect(tab.provider.asked[0]?.get('prompt')).toBe('none')
    expect(tab.provider.asked[0]?.has('max_age')).toBe(false)
    expect(age(tab)).toBe(3600)
    await expectStale(tab)
  })

  test('and without a session there, the trip signs in', async ({ open }) => {
    const tab = await open()
    await forgetRefreshToken(tab)
    tab.provider.session = null
    await expect(tab.userManager.signinSilent()).rejects.toThrow('login_required')
    await expectStale(tab)
  })
})

/** What an app keeps whose provider gives out no refresh tokens. */
async function forgetRefreshToken({ userManager }: Tab): Promise<void> {
  const user = await userManager.getUser()
  if (!user) throw new Error('Nobody is signed in.')
  delete user.refresh_token
  await userManager.storeUser(user)
}

test('FAULTS 44: stored tokens that a second page loads are as old as ever', async ({ open }) => {
  const tab = await open()
  await tab.open()
  await tab.until(() => tab.client.getAuthentication() !== null)
  expect(age(tab)).toBe(3600)
  await leave(tab)
  await tab.travel()
  await confirmOnce(tab)
})
