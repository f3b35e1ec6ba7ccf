import { describe, expect, test } from 'vitest'
import { createDrafts } from '../../src/core/draft.js'
import { HOME, MINUTE, openTab, settle } from './tab.js'

type Tab = ReturnType<typeof openTab>

async function setPerson(tab: Tab, subject: string | null, change = {}) {
  const { authentication } = tab.adapter
  tab.adapter.authentication = subject === null ? null : { ...authentication!, subject, ...change }
  await settle()
}

/** The person who left is not signed in on the page that comes back. */
async function comeBackSignedOut(tab: Tab, load = () => tab.comeBack()) {
  const { authentication } = tab.adapter
  tab.adapter.authentication = null
  await load()
  return async () => {
    tab.adapter.authentication = authentication
    await settle()
  }
}

async function leaveFrom(tab = openTab()) {
  const call = await tab.press()
  await tab.leave()
  return { tab, call }
}

describe('who is signed in when something comes back', () => {
  test('nobody, with a confirmation waiting: the same person signs in and finds it', async () => {
    const tab = openTab()
    await tab.travel()
    const signIn = await comeBackSignedOut(tab, () => tab.reload(HOME))
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'signed_out' }, items: [] })
    await signIn()
    expect(tab.state).toMatchObject({ status: 'confirming', items: { length: 1 } })
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('nobody: "try again" leads to the sign-in, and what waits comes back with the person', async () => {
    const { tab } = await leaveFrom()
    await comeBackSignedOut(tab)
    const signedIn = { issuer: 'https://id.test', subject: 'ada' }
    await tab.retry()
    expect(tab.adapter.trips).toHaveLength(2)
    expect(tab.adapter.trips[1]).toMatchObject({ prompt: 'login', requirement: { maxAge: 300 } })
    const now = tab.clock.now().wall
    tab.adapter.authentication = { ...signedIn, authTime: now, issuedAt: now }
    await tab.reload(tab.adapter.returnUrl())
    expect(tab.state).toMatchObject({ status: 'confirming', items: { length: 1 } })
  })

  test('somebody else, and nothing waits: the first signs in again, and not by a password', async () => {
    const { tab } = await leaveFrom()
    tab.page.stored = JSON.stringify({ ...tab.record, actions: [] })
    await tab.comeBack({ subject: 'bob' })
    tab.adapter.offered = [tab.adapter.password, tab.adapter.trip]
    await tab.retry()
    expect(tab.adapter.trips).toHaveLength(2)
    expect(tab.adapter.trips[1]).toMatchObject({ prompt: 'login', requirement: { maxAge: 0 } })
  })

  test('nobody, and the sign-in cannot be reached: it waits as before', async () => {
    const { tab } = await leaveFrom()
    const signIn = await comeBackSignedOut(tab)
    const { methods } = tab.adapter
    tab.adapter.methods = () => new Promise(() => {})
    await tab.retry()
    tab.clock.advance(30)
    await settle()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'network' }, retry: true })
    expect(tab.page.stored).toContain('apollo')
    tab.adapter.methods = methods
    await signIn()
    tab.offerPassword()
    await tab.retry()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      waiting: [{ label: 'Delete project apollo' }],
    })
  })

  test.each([
    ['nobody, where there is no way to sign in', null, 'wrong_account'],
    ['somebody else, with nothing that waits', 'bob', 'network'],
  ])('%s: there is nothing to try again', async (_, subject, code) => {
    const { tab } = await leaveFrom()
    if (subject) await tab.comeBack({ subject })
    else await comeBackSignedOut(tab)
    if (subject) tab.adapter.methods = () => Promise.reject(new TypeError('offline'))
    else tab.offerPassword()
    if (code === 'network') tab.adapter.methods = () => new Promise(() => {})
    await tab.retry()
    tab.clock.advance(30)
    await settle()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code }, retry: false })
  })

  test.each([
    ['expired', {}, 11 * MINUTE],
    ['claimed', { phase: 'claimed' }, 0],
    ['given up', { phase: 'cancelled', actions: [] }, 0],
  ])('nobody, and what was kept is %s: nothing to try again', async (_, change, later) => {
    const { tab } = await leaveFrom()
    tab.page.stored = JSON.stringify({ ...tab.record, ...change })
    tab.clock.advance(later)
    await comeBackSignedOut(tab)
    expect(tab.state).toMatchObject({ error: { code: 'signed_out' }, retry: false })
  })

  test('FAULTS 6: somebody else at the confirmation: the first may sign in again', async () => {
    const tab = openTab()
    await tab.travel()
    await setPerson(tab, 'bob')
    expect(tab.state).toMatchObject({ error: { code: 'wrong_account' }, items: [], retry: true })
    await setPerson(tab, null)
    expect(tab.state).toMatchObject({ error: { code: 'wrong_account' }, retry: true })
  })

  test.each([
    ['somebody else', 'bob', 'wrong_account'],
    ['nobody', null, 'signed_out'],
  ])(
    'FAULTS 6: %s, where it could be tried again: nothing is shown of it',
    async (_, who, code) => {
      const { tab } = await leaveFrom()
      await tab.comeBackWith('access_denied')
      expect(tab.state).toMatchObject({ items: { length: 1 } })
      await setPerson(tab, who)
      expect(tab.state).toMatchObject({ status: 'failed', error: { code }, items: [] })
      expect(tab.record).toBeNull()
    },
  )

  test('the same, with new tokens: what went wrong is still said', async () => {
    const { tab } = await leaveFrom()
    await tab.comeBackWith('access_denied')
    const { state } = tab
    await setPerson(tab, 'ada', { issuedAt: tab.clock.now().wall })
    expect(tab.state).toBe(state)
  })

  test('FAULTS 42: not known while it ran: known again, the person hears of it', async () => {
    const tab = openTab()
    await tab.travel()
    tab.page.stored = JSON.stringify({ ...tab.record, phase: 'claimed' })
    const { getAuthentication } = tab.adapter
    tab.adapter.getAuthentication = () => Promise.reject(new Error('offline'))
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ error: { code: 'network' }, items: [], retry: true })
    tab.adapter.getAuthentication = getAuthentication
    await tab.retry()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'unknown' })
  })

  test('FAULTS 42: somebody else, after it was cut off: nothing of it is left', async () => {
    const tab = openTab()
    await tab.travel()
    tab.page.stored = JSON.stringify({ ...tab.record, phase: 'claimed' })
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await tab.reload(HOME)
    expect(tab.state).toMatchObject({ error: { code: 'wrong_account' } })
    expect(tab.record).toBeNull()
  })

  test('not known for the moment: what was typed is still there', async () => {
    const tab = openTab()
    tab.client.lendDrafts(createDrafts).write('rename', { title: 'Apollo 11' })
    await leaveFrom(tab)
    const { getAuthentication } = tab.adapter
    tab.adapter.getAuthentication = () => Promise.reject(new Error('offline'))
    await tab.comeBack()
    expect(tab.state).toMatchObject({ error: { code: 'network' }, items: [] })
    tab.adapter.getAuthentication = getAuthentication
    await tab.retry()
    expect(tab.client.lendDrafts(createDrafts).read('rename')?.value).toEqual({
      title: 'Apollo 11',
    })
  })
})
