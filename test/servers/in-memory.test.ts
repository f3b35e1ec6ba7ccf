import { describe, expect } from 'vitest'
import { confirmOnce, expectRefusal, leave, test, trip } from './fixture.js'
import { reset } from './http.js'
import { bob } from './provider.js'

// Apps that keep tokens in memory alone: each page load begins with nobody signed in, and the page
// that a trip ends on knows who came back only if the code could be spent.
describe('FAULTS 37: with users kept in memory', () => {
  test('a trip ends in a proof', async ({ open }) => {
    const tab = await open({ user: 'in memory' })
    await trip(tab)
    await confirmOnce(tab)
  })

  test('a lost token request, Try again: a new trip, then the proof', async ({ open }) => {
    const tab = await open({ user: 'in memory' })
    tab.provider.token.next(() => reset)
    await trip(tab)
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'network' }, retry: true })
    await tab.retry()
    await tab.travel()
    await confirmOnce(tab)
  })

  test('a lost token request and a reload: signing in again brings it back', async ({ open }) => {
    const tab = await open({ user: 'in memory' })
    tab.provider.token.next(() => reset)
    await trip(tab)
    await tab.open()
    await tab.rests()
    expectRefusal(tab, 'signed_out', true)
    expect(tab.state).toMatchObject({ items: [] })
    await tab.retry()
    await tab.travel()
    await confirmOnce(tab)
  })

  test('a reload at the confirmation: signing in again brings it back', async ({ open }) => {
    const tab = await open({ user: 'in memory' })
    await trip(tab)
    await tab.open()
    await tab.rests()
    expectRefusal(tab, 'signed_out', true)
    await tab.retry()
    await tab.travel()
    await confirmOnce(tab)
  })

  test('a reload, and the app that signs in silently by itself: it is offered again', async ({
    open,
  }) => {
    const tab = await open({ user: 'in memory' })
    await trip(tab)
    await tab.open()
    await tab.userManager.signinSilent()
    await tab.until(() => tab.state.status === 'confirming')
    await confirmOnce(tab)
  })

  test('somebody else who signs in instead destroys it, and sees nothing of it', async ({
    open,
  }) => {
    const tab = await open({ user: 'in memory' })
    await leave(tab)
    tab.provider.token.next(() => reset)
    await tab.travel()
    await tab.open()
    await tab.rests()
    tab.provider.person = bob
    await tab.retry()
    await tab.travel()
    expectRefusal(tab, 'wrong_account', true)
    expect(JSON.stringify([tab.state, tab.record])).not.toContain('apollo')
  })
})
