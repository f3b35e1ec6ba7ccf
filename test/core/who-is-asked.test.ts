import { describe, expect, test, vi } from 'vitest'
import type { Authentication, PasswordMethod, TripMethod } from 'react-step-up'
import { StepUpError } from 'react-step-up'
import { HOUR, MINUTE, openTab, settle } from './tab.js'

/** A password that is checked for as long as the test likes. */
function openSlowTab(options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  let answer: (refusal?: Error) => void = () => {}
  const verify: PasswordMethod['verify'] = () =>
    new Promise((resolve, reject) => {
      answer = (refusal) => {
        if (refusal) reject(refusal)
        else resolve()
      }
    })
  tab.adapter.offered = [{ type: 'password', id: 'p', verify }]
  const signIn = async (authentication: Authentication | null) => {
    tab.adapter.authentication = authentication
    await settle()
  }
  const say = async (refusal?: Error) => {
    answer(refusal)
    await settle()
  }
  return Object.assign(tab, {
    ada: tab.adapter.authentication!,
    bob: { ...tab.adapter.authentication!, subject: 'bob' },
    signIn,
    async begin() {
      void tab.submit()
      await settle()
    },
    answer: say,
    /** Whoever is signed in has just proved it, says the server. */
    async prove(who: Authentication) {
      const now = tab.clock.now().wall
      await signIn({ ...who, authTime: now, issuedAt: now })
      await say()
    },
  })
}

describe('a sign-in that is under way', () => {
  test.each(['nobody', 'somebody else'])(
    'may pass through %s: what it ends in counts',
    async (who) => {
      const tab = openSlowTab()
      const call = await tab.press()
      await tab.begin()
      await tab.signIn(who === 'nobody' ? null : tab.bob)
      expect(call.status).toBe('open')
      await tab.prove(tab.ada)
      expect(call.status).toBe('done')
    },
  )

  test('in a popup, too', async () => {
    const tab = openTab()
    const { authentication } = tab.adapter
    const trip: TripMethod = { ...tab.adapter.trip, popup: true }
    tab.adapter.offered = [trip]
    const call = await tab.press()
    tab.client.controls.leave('popup')
    await settle()
    tab.adapter.authentication = null
    await settle()
    expect(call.status).toBe('open')
    tab.adapter.authentication = authentication
    tab.adapter.signInAtProvider()
    await tab.openTab(tab.adapter.returnUrl(), true)
    expect(call.status).toBe('done')
  })

  test('whose SDK forgets the person on the way out loses nothing', async () => {
    const tab = openTab()
    const { authentication } = tab.adapter
    await tab.press()
    await tab.leave()
    tab.adapter.authentication = null
    await settle()
    expect(tab.record).toMatchObject({
      phase: 'leaving',
      actions: [{ variables: { id: 'apollo' } }],
    })
    tab.adapter.authentication = authentication
    await tab.comeBack()
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })
})

describe('FAULTS 6: a prompt is for whoever was signed in when the first of them began to wait', () => {
  test.each([
    ['somebody else', 'wrong_account'],
    ['nobody', 'signed_out'],
  ] as const)(
    'FAULTS 6: %s is signed in after the proof of one: the next is not theirs',
    async (who, code) => {
      const tab = openSlowTab({ requirement: 0 })
      const calls = [await tab.press('a'), await tab.press('b')]
      await tab.begin()
      if (who === 'nobody') {
        await tab.signIn(null)
        await tab.answer()
      } else await tab.prove(tab.bob)
      expect(calls.map(({ status }) => status)).toEqual([code, code])
      expect(tab.state.status).toBe('idle')
      expect(tab.run).not.toHaveBeenCalled()
    },
  )

  test('FAULTS 6: who comes to wait in the middle of a sign-in does not make it theirs', async () => {
    const tab = openSlowTab()
    const first = await tab.press('a')
    await tab.begin()
    await tab.signIn(tab.bob)
    const second = await tab.press('b')
    await tab.answer(new StepUpError('invalid_credentials', 'No.'))
    expect([first.status, second.status]).toEqual(['open', 'open'])
    await tab.signIn({ ...tab.bob, issuedAt: tab.bob.issuedAt! + 1 })
    expect([first.status, second.status]).toEqual(['wrong_account', 'wrong_account'])
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 6: what came back and is asked for once more is not asked of somebody else', async () => {
    const tab = openTab()
    await tab.travel()
    tab.clock.advance(5 * MINUTE + 1)
    await tab.confirm()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'expired' } })
    tab.offerPassword()
    await tab.retry()
    expect(tab.state).toMatchObject({ status: 'prompting', authentication: { subject: 'ada' } })
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await settle()
    expect(tab.state.status).toBe('idle')
    expect(tab.record).toBeNull()
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('FAULTS 6: who has proved it long ago is no measure for those who come later', async () => {
    const tab = openTab()
    tab.offerPassword()
    await tab.press('a')
    await tab.submit()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    tab.adapter.age(HOUR)
    await settle()
    const call = await tab.press('b')
    tab.adapter.age(HOUR + 1)
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', authentication: { subject: 'bob' } })
    await tab.submit()
    expect(call.status).toBe('done')
  })
})

describe('who waits behind something that came back', () => {
  /** At the confirmation of one action, which has lapsed for the next. */
  async function confirmLater(options: Parameters<typeof openTab>[0] = {}) {
    const tab = openTab(options)
    await tab.travel()
    expect(tab.state.status).toBe('confirming')
    tab.offerPassword()
    const methods = vi.spyOn(tab.adapter, 'methods')
    return { tab, methods }
  }

  test('and gives up leaves it on the screen', async () => {
    const { tab } = await confirmLater()
    const controller = new AbortController()
    const call = tab.client.requireFreshAuth(0)(() => 'ran', { signal: controller.signal })
    const outcome = expect(call).rejects.toMatchObject({ code: 'aborted' })
    await settle()
    controller.abort()
    await outcome
    expect(tab.state.status).toBe('confirming')
    await tab.confirm()
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('and is signed out is told, and so is whoever reads what came back', async () => {
    const { tab } = await confirmLater()
    const call = await tab.pressClosure(0)
    tab.adapter.authentication = null
    await settle()
    expect(call.status).toBe('signed_out')
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'signed_out' }, items: [] })
  })

  test('is not prepared for before its turn', async () => {
    let finish: () => void = () => {}
    const { tab, methods } = await confirmLater({
      run: () => new Promise<void>((resolve) => (finish = resolve)),
    })
    const calls = [await tab.pressClosure(0), await tab.pressClosure({ acrValues: ['mfa'] })]
    void tab.confirm()
    await settle()
    expect(tab.state.status).toBe('resuming')
    expect(methods).not.toHaveBeenCalled()
    finish()
    await settle()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'done' })
    expect(methods).not.toHaveBeenCalled()
    await tab.cancel()
    expect(tab.state).toMatchObject({ status: 'prompting', why: 'stale' })
    expect(calls.map(({ status }) => status)).toEqual(['open', 'open'])
  })

  test('is asked in the end, though something else took the screen as its dialog was prepared', async () => {
    let fail: (error: Error) => void = () => {}
    const { tab, methods } = await confirmLater({
      run: () => new Promise((_, reject) => (fail = reject)),
    })
    void tab.confirm()
    await settle()
    // Put away while it runs.
    await tab.cancel()
    expect(tab.state.status).toBe('idle')
    let answer: () => void = () => {}
    const offered = tab.adapter.offered
    methods.mockImplementation(() => new Promise((resolve) => (answer = () => resolve(offered))))
    const call = await tab.pressClosure(0)
    expect(methods).toHaveBeenCalledOnce()
    fail(new Error('No'))
    await settle()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
    answer()
    await settle()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
    await tab.cancel()
    answer()
    await settle()
    expect(tab.state.status).toBe('prompting')
    tab.clock.advance(1)
    await tab.submit()
    expect(call.status).toBe('done')
  })
})
