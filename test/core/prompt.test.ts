import { describe, expect, test, vi } from 'vitest'
import type { CodeMethod, Method } from 'react-step-up'
import { FAKE_CODE } from 'react-step-up/testing'
import { StepUpError } from 'react-step-up'
import { follow, HOUR, openTab, settle } from './tab.js'

function openPasswordTab(options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  tab.offerPassword()
  return tab
}

describe('a password in the page', () => {
  test('lets the action run, once', async () => {
    const tab = openPasswordTab()
    const call = await tab.press()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      why: 'stale',
      attempt: 1,
      method: { type: 'password' },
      waiting: [{ label: 'Delete project apollo', resumable: true }],
      authentication: { subject: 'ada' },
    })
    expect(tab.run).not.toHaveBeenCalled()
    await tab.submit()
    expect(call).toMatchObject({ status: 'done', value: { deleted: 'apollo' } })
    expect(tab.state).toEqual({ status: 'idle' })
    expect(tab.run).toHaveBeenCalledOnce()
    expect(tab.clock.pending).toBe(0)
  })

  test('that is wrong is told where it was typed, and may be typed again', async () => {
    const tab = openPasswordTab()
    const call = await tab.press()
    await tab.submit('wrong')
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'invalid_credentials' } })
    expect(call.status).toBe('open')
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('waits for new tokens before the action runs', async () => {
    const tab = openPasswordTab()
    const order: string[] = []
    tab.adapter.refresh = async () => {
      order.push('refresh')
    }
    tab.run.mockImplementation(() => order.push('run'))
    await tab.press()
    await tab.submit()
    expect(order).toEqual(['refresh', 'run'])
  })

  test('submitted twice is checked once', async () => {
    const tab = openPasswordTab()
    const verify = vi.fn(() => new Promise<void>(() => {}))
    tab.adapter.offered = [{ type: 'password', id: 'password', verify }]
    await tab.press()
    void tab.submit()
    await tab.submit()
    expect(verify).toHaveBeenCalledOnce()
  })

  test('nobody checks it for 30 seconds: told, and may be tried again', async () => {
    const tab = openPasswordTab()
    tab.adapter.offered = [{ type: 'password', id: 'p', verify: () => new Promise(() => {}) }]
    const call = await tab.press()
    await Promise.race([tab.submit(), settle()])
    expect(tab.state.status).toBe('verifying')
    tab.clock.advance(30)
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    expect(call.status).toBe('open')
    await tab.cancel()
    expect(call.status).toBe('cancelled')
  })

  test('where another factor follows, it is asked for in place', async () => {
    const tab = openPasswordTab()
    const second = { ...tab.adapter.password, id: 'second' }
    const first: Method = {
      type: 'password',
      id: 'first',
      verify: async () => ({ next: [second] }),
    }
    tab.adapter.offered = [first]
    const call = await tab.press()
    await tab.submit('whatever')
    expect(tab.state).toMatchObject({
      status: 'prompting',
      method: { id: 'second' },
      error: null,
      step: 2,
    })
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('where another factor is asked for and there is none, other ways are still offered', async () => {
    const tab = openPasswordTab()
    const first: Method = { type: 'password', id: 'first', verify: async () => ({ next: [] }) }
    const { password } = tab.adapter
    tab.adapter.offered = [first, password]
    const call = await tab.press()
    await tab.submit('whatever')
    expect(tab.state).toMatchObject({
      status: 'prompting',
      method: first,
      methods: [first, password],
      error: { code: 'no_method' },
      step: 1,
    })
    expect(tab.run).not.toHaveBeenCalled()
    tab.client.controls.choose(password)
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('after a code that is wrong, what was sent is still known', async () => {
    const tab = openPasswordTab()
    tab.adapter.offered = [tab.adapter.code]
    const call = await tab.press()
    await tab.client.controls.send()
    const sent = { destination: 'a•••@acme.test', expiresIn: 600, resendIn: 30 }
    expect(tab.state).toMatchObject({ status: 'prompting', step: 1, sent })
    await tab.client.controls.submit({ code: '000000' })
    expect(tab.state).toMatchObject({ sent, error: { code: 'invalid_credentials' } })
    await tab.client.controls.submit({ code: FAKE_CODE })
    await settle()
    expect(call.status).toBe('done')
  })

  test('for another kind of method is a TypeError', async () => {
    const tab = openPasswordTab()
    await tab.press()
    await expect(tab.client.controls.submit({ code: '123456' })).rejects.toThrow(TypeError)
    expect(tab.state.status).toBe('prompting')
  })
})

test('FAULTS 1: a proof that did not move auth_time gets one more try, then `still_stale`', async () => {
  const tab = openPasswordTab()
  tab.adapter.offered = [{ type: 'password', id: 'p', verify: async () => {} }]
  const call = await tab.press()
  await tab.submit()
  expect(tab.state).toMatchObject({
    status: 'prompting',
    attempt: 2,
    error: { code: 'still_stale' },
  })
  await tab.submit()
  expect(call.status).toBe('still_stale')
  expect(tab.state.status).toBe('idle')
  expect(tab.run).not.toHaveBeenCalled()
})

test('the second try asks the adapter once, and the dialog stays open in between', async () => {
  const tab = openPasswordTab()
  tab.adapter.offered = [{ type: 'password', id: 'p', verify: async () => {} }]
  await tab.press()
  const methods = vi.spyOn(tab.adapter, 'methods')
  const closed = vi.fn()
  tab.client.subscribe(({ type }) => {
    if (type === 'closed') closed()
  })
  await tab.submit()
  expect(methods).toHaveBeenCalledOnce()
  expect(closed).not.toHaveBeenCalled()
})

test.each([
  ['0', 0],
  ['absent', undefined],
  ['null', null],
  ['a string', '1800000000'],
  ['a float', 1_799_999_999.5],
  ['NaN', NaN],
  ['negative', -5],
  ['1e20', 1e20],
  ['in milliseconds', 1_800_000_000_000],
])(
  'FAULTS 3: with an auth_time that is %s the person is asked, and a real proof ends it',
  async (_, value) => {
    for (const requirement of [300, 0]) {
      const tab = openPasswordTab({ requirement })
      tab.adapter.authentication = { ...tab.adapter.authentication!, authTime: value as number }
      const call = await tab.press()
      expect(tab.state.status).toBe('prompting')
      await tab.submit()
      expect(call.status).toBe('done')
    }
  },
)

test.each([0, undefined, null, '1800000000', NaN, 1_800_000_000_000])(
  'FAULTS 3: a provider that keeps saying auth_time is %j gets two tries, not a loop',
  async (value) => {
    const tab = openPasswordTab()
    const strange = { ...tab.adapter.authentication!, authTime: value as number }
    tab.adapter.authentication = strange
    const verify = vi.fn(async () => {
      tab.adapter.authentication = { ...strange, issuedAt: tab.clock.now().wall }
    })
    tab.adapter.offered = [{ type: 'password', id: 'p', verify }]
    const call = await tab.press()
    await tab.submit()
    await tab.submit()
    expect(call.status).toBe('still_stale')
    expect(verify).toHaveBeenCalledTimes(2)
    expect(tab.run).not.toHaveBeenCalled()
  },
)

describe('FAULTS 5: with a wrong clock', () => {
  test.each([-3 * 86_400, -600, 600, 3 * 86_400])(
    'FAULTS 5: by %i seconds, a proof in the page does',
    async (wrong) => {
      for (const requirement of [300, 0]) {
        const tab = openPasswordTab({ requirement })
        const issuer = tab.clock.now().wall
        tab.clock.setWall(issuer + wrong)
        tab.adapter.offered = [
          {
            type: 'password',
            id: 'p',
            verify: async () => {
              const now = issuer + 5
              const proof = { ...tab.adapter.authentication!, authTime: now, issuedAt: now }
              tab.adapter.authentication = proof
            },
          },
        ]
        const call = await tab.press()
        expect(tab.state.status).toBe('prompting')
        await tab.submit()
        expect(call.status).toBe('done')
      }
    },
  )

  test('FAULTS 5: set back while the dialog is open, a proof for maxAge: 0 does', async () => {
    const tab = openTab({ requirement: 0 })
    const issuer = tab.clock.now().wall
    tab.adapter.offered = [
      {
        type: 'password',
        id: 'p',
        verify: async () => {
          const proof = {
            ...tab.adapter.authentication!,
            authTime: issuer + 5,
            issuedAt: issuer + 6,
          }
          tab.adapter.authentication = proof
        },
      },
    ]
    const call = await tab.press()
    tab.clock.setWall(issuer - HOUR)
    await tab.submit()
    expect(call.status).toBe('done')
  })
})

describe('who gives up', () => {
  test('by cancelling: `cancelled`, and not run', async () => {
    const tab = openPasswordTab()
    const call = await tab.press()
    await tab.cancel()
    expect(call).toMatchObject({ status: 'cancelled', error: { reason: 'person' } })
    expect(tab.state.status).toBe('idle')
    expect(tab.run).not.toHaveBeenCalled()
    expect(tab.clock.pending).toBe(0)
  })

  test('while it is checked: a late answer runs nothing', async () => {
    const tab = openPasswordTab()
    let accept: (() => void) | undefined
    const verify = () => new Promise<void>((resolve) => (accept = resolve))
    tab.adapter.offered = [{ type: 'password', id: 'p', verify }]
    const call = await tab.press()
    void tab.submit()
    await settle()
    await tab.cancel()
    accept?.()
    await settle()
    expect(call.status).toBe('cancelled')
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('by its signal: `aborted`, and the dialog goes', async () => {
    const tab = openPasswordTab()
    const controller = new AbortController()
    const options = { signal: controller.signal }
    const requireFreshAuth = tab.client.requireFreshAuth()
    const call = follow(requireFreshAuth(tab.deleteProject, { id: 'x' }, options))
    await settle()
    controller.abort('left')
    await settle()
    expect(call).toMatchObject({ status: 'aborted', error: { cause: 'left' } })
    expect(tab.state.status).toBe('idle')
  })

  test('before it began: nobody is asked', async () => {
    const tab = openPasswordTab()
    const options = { signal: AbortSignal.abort() }
    const call = follow(tab.client.requireFreshAuth(300)(() => 1, options))
    await settle()
    expect(call.status).toBe('aborted')
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 39: by unmounting: functions are aborted, actions go on', async () => {
    const tab = openPasswordTab()
    const owner = new AbortController()
    const requireFreshAuth = tab.client.requireFreshAuth(300, owner.signal)
    const closure = follow(requireFreshAuth(() => 'ran'))
    const action = follow(requireFreshAuth(tab.deleteProject, { id: 'x' }))
    await settle()
    owner.abort()
    await settle()
    expect(closure.status).toBe('aborted')
    expect(tab.state).toMatchObject({ status: 'prompting', waiting: [{ resumable: true }] })
    await tab.submit()
    expect(action.status).toBe('done')
  })

  test('FAULTS 39: while its request was under way: a challenge to it asks nobody', async () => {
    const tab = openPasswordTab()
    const owner = new AbortController()
    const call = follow(
      tab.client.requireFreshAuth(
        7200,
        owner.signal,
      )(() => {
        owner.abort()
        return new Response(null, {
          status: 401,
          headers: { 'WWW-Authenticate': 'Bearer error="insufficient_user_authentication"' },
        })
      }),
    )
    await settle()
    expect(call.status).toBe('aborted')
    expect(tab.state.status).toBe('idle')
  })
})

describe('while the dialog is open', () => {
  test('signing out rejects what waits', async () => {
    const tab = openPasswordTab()
    const call = await tab.press()
    tab.adapter.authentication = null
    await settle()
    expect(call.status).toBe('signed_out')
    expect(tab.state.status).toBe('idle')
  })

  test('another person signing in rejects what waits', async () => {
    const tab = openPasswordTab()
    const call = await tab.press()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await settle()
    expect(call.status).toBe('wrong_account')
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('another person signing in while the dialog is being prepared does, too', async () => {
    const tab = openPasswordTab()
    let answer: (() => void) | undefined
    const { offered } = tab.adapter
    tab.adapter.methods = async () => {
      await new Promise<void>((resolve) => (answer = resolve))
      return offered
    }
    const call = await tab.press()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await settle()
    answer?.()
    await settle()
    expect(call.status).toBe('wrong_account')
    expect(tab.state.status).toBe('idle')
  })

  test('a read that fails is no sign-out', async () => {
    const tab = openPasswordTab()
    const call = await tab.press()
    const { getAuthentication } = tab.adapter
    tab.adapter.getAuthentication = () => Promise.reject(new Error('offline'))
    tab.page.wake(false)
    await settle()
    expect(call.status).toBe('open')
    tab.adapter.getAuthentication = getAuthentication
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('FAULTS 6: whoever else signs in at the step-up gets nothing run', async () => {
    const tab = openPasswordTab()
    const verify = async () => {
      const now = tab.clock.now().wall
      const { authentication } = tab.adapter
      tab.adapter.authentication = {
        ...authentication!,
        subject: 'bob',
        authTime: now,
        issuedAt: now,
      }
    }
    tab.adapter.offered = [{ type: 'password', id: 'p', verify }]
    const call = await tab.press()
    await tab.submit()
    expect(call.status).toBe('wrong_account')
    expect(tab.run).not.toHaveBeenCalled()
  })
})

describe('dead ends', () => {
  test('no method: said in the dialog, and told to the caller', async () => {
    const tab = openTab()
    tab.adapter.offered = []
    const call = await tab.press()
    expect(tab.state).toMatchObject({
      status: 'prompting',
      methods: [],
      error: { code: 'no_method' },
    })
    await tab.cancel()
    expect(call.status).toBe('no_method')
  })

  test('somebody acting as the person can prove nothing', async () => {
    const tab = openPasswordTab()
    tab.adapter.authentication = { ...tab.adapter.authentication!, impersonated: true }
    const methods = vi.spyOn(tab.adapter, 'methods')
    const call = await tab.press()
    expect(tab.state).toMatchObject({ methods: [], error: { code: 'no_method' } })
    expect(methods).not.toHaveBeenCalled()
    await tab.cancel()
    expect(call.status).toBe('no_method')
  })

  test('FAULTS 46: no dialog is on the page: `no_dialog`, never silence', async () => {
    const tab = openPasswordTab({ dialog: false })
    const call = await tab.press()
    tab.clock.advance(0)
    await settle()
    expect(call.status).toBe('no_dialog')
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 46: a dialog that was taken away is none', async () => {
    const tab = openPasswordTab({ dialog: false })
    const detach = tab.client.attachDialog()
    detach()
    detach()
    const call = await tab.press()
    tab.clock.advance(0)
    await settle()
    expect(call.status).toBe('no_dialog')
  })

  test('FAULTS 46: the dialog could not be loaded: `network`', async () => {
    const tab = openPasswordTab()
    const call = await tab.press()
    const cause = new Error('chunk')
    tab.client.dialogFailed(cause)
    await settle()
    expect(call).toMatchObject({ status: 'network', error: { cause } })
    expect(tab.state.status).toBe('idle')
  })

  test('an adapter that cannot tell its methods: told', async () => {
    const tab = openTab()
    tab.adapter.methods = () => {
      throw new StepUpError('locked', 'Too many tries.', { retryAfter: 60 })
    }
    const call = await tab.press()
    expect(call).toMatchObject({ status: 'locked', error: { retryAfter: 60 } })
    expect(tab.state.status).toBe('idle')
  })

  test('an adapter that never tells its methods: `network` after 30 seconds', async () => {
    const tab = openTab()
    tab.adapter.methods = () => new Promise(() => {})
    const call = await tab.press()
    tab.clock.advance(30)
    await settle()
    expect(call.status).toBe('network')
    expect(tab.clock.pending).toBe(0)
  })
})

describe('many at once', () => {
  test('one dialog and one proof serve all of them, and the adapter is asked once', async () => {
    const tab = openPasswordTab()
    const methods = vi.spyOn(tab.adapter, 'methods')
    const calls = Array.from({ length: 10 }, (_, i) =>
      follow(tab.client.requireFreshAuth(300)(tab.deleteProject, { id: String(i) })),
    )
    await settle()
    expect(tab.state).toMatchObject({ waiting: { length: 10 } })
    expect(methods).toHaveBeenCalledOnce()
    await tab.submit()
    expect(calls.map(({ status }) => status)).toEqual(Array(10).fill('done'))
    expect(tab.run).toHaveBeenCalledTimes(10)
  })

  test('a cancelled dialog rejects all of them, each once', async () => {
    const tab = openPasswordTab()
    const calls = [await tab.press('a'), await tab.press('b'), await tab.pressClosure(300)]
    await tab.cancel()
    expect(calls.map(({ status }) => status)).toEqual(Array(3).fill('cancelled'))
  })

  test('each maxAge: 0 is proved by itself, one dialog after the other', async () => {
    const tab = openPasswordTab({ requirement: 0 })
    const [a, b] = [await tab.press('a'), await tab.press('b')]
    expect(tab.state).toMatchObject({ waiting: { length: 1 } })
    tab.clock.advance(1)
    await tab.submit()
    expect([a.status, b.status]).toEqual(['done', 'open'])
    tab.clock.advance(1)
    await tab.submit()
    expect(b.status).toBe('done')
    expect(tab.run).toHaveBeenCalledTimes(2)
  })

  test('what one maxAge: 0 was proved with does not prove the next', async () => {
    const tab = openPasswordTab({ requirement: 0 })
    const right = tab.adapter.password
    let proofs = 0
    // From the second time on, the provider returns the authentication that it has.
    const verify = async (input: { password: string; signal: AbortSignal }) => {
      if (proofs++ === 0) await right.verify(input)
    }
    tab.adapter.offered = [{ type: 'password', id: 'password', verify }]
    const [a, b] = [await tab.press('a'), await tab.press('b')]
    tab.clock.advance(1)
    await tab.submit()
    expect(a.status).toBe('done')
    await tab.submit()
    await tab.submit()
    expect(b.status).toBe('still_stale')
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('cancelling one leaves those that need another proof their own', async () => {
    const tab = openPasswordTab({ requirement: 0 })
    const [a, b] = [await tab.press('a'), await tab.press('b')]
    await tab.cancel()
    expect([a.status, b.status]).toEqual(['cancelled', 'open'])
    await tab.submit()
    expect(b.status).toBe('done')
  })

  test('a stricter one that comes before anything was sent makes the prompt stricter', async () => {
    const tab = openPasswordTab()
    await tab.press()
    void tab.pressClosure(60)
    await settle()
    expect(tab.state).toMatchObject({ requirement: { maxAge: 60 }, waiting: { length: 2 } })
  })

  test('a stricter one that comes later waits, and is not asked twice where the proof does for it', async () => {
    const tab = openPasswordTab()
    let accept: (() => void) | undefined
    const right = tab.adapter.password
    tab.adapter.offered = [
      {
        type: 'password',
        id: 'p',
        verify: async (input) => {
          await new Promise<void>((resolve) => (accept = resolve))
          await right.verify(input)
        },
      },
    ]
    const first = await tab.press()
    void tab.submit()
    await settle()
    const [stricter, once] = [await tab.pressClosure(60), await tab.pressClosure(0)]
    expect(tab.state).toMatchObject({ status: 'verifying', waiting: { length: 1 } })
    accept?.()
    await settle()
    expect([first.status, stricter.status, once.status]).toEqual(['done', 'done', 'open'])
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 0 } })
  })

  test('each is judged by its own requirement', async () => {
    const tab = openPasswordTab({ authentication: { acr: 'pwd' } })
    const [level, age] = [await tab.pressClosure({ acrValues: ['mfa'] }), await tab.press()]
    expect(tab.state).toMatchObject({ waiting: { length: 2 } })
    await tab.submit()
    expect([level.status, age.status]).toEqual(['insufficient_acr', 'done'])
  })

  test('whoever the proof was not asked for is not refused by it', async () => {
    const tab = openPasswordTab({ authentication: { acr: 'pwd' } })
    let accept: (() => void) | undefined
    tab.adapter.offered = [
      {
        type: 'password',
        id: 'p',
        verify: () => new Promise<void>((resolve) => (accept = resolve)),
      },
    ]
    const controller = new AbortController()
    const options = { signal: controller.signal }
    const first = follow(tab.client.requireFreshAuth(300)(() => 1, options))
    await settle()
    void tab.submit()
    await settle()
    const level = await tab.pressClosure({ acrValues: ['mfa'] })
    controller.abort()
    await settle()
    accept?.()
    await settle()
    expect([first.status, level.status]).toEqual(['aborted', 'open'])
    expect(tab.state).toMatchObject({ requirement: { acrValues: ['mfa'] }, why: 'acr' })
  })
})

describe('a code', () => {
  const codeMethod = (id: string, send: CodeMethod['send']): CodeMethod => ({
    type: 'code',
    id,
    channel: id,
    ...(send && { send }),
    verify: async () => {},
  })

  test('is sent, and what the server says of it is shown', async () => {
    const tab = openTab()
    tab.adapter.offered = [codeMethod('email', async () => ({ destination: 'a…@b', resendIn: 30 }))]
    await tab.press()
    await tab.client.controls.send()
    expect(tab.state).toMatchObject({ sent: { destination: 'a…@b', resendIn: 30 } })
  })

  test('that could not be sent is told', async () => {
    const tab = openTab()
    tab.adapter.offered = [
      codeMethod('email', () => Promise.reject(new StepUpError('locked', 'x', { retryAfter: 9 }))),
    ]
    await tab.press()
    await tab.client.controls.send()
    expect(tab.state).toMatchObject({ error: { code: 'locked', retryAfter: 9 }, sent: null })
  })

  test('by mail is not shown as sent by phone, where the person has changed over', async () => {
    const tab = openTab()
    let arrive: (() => void) | undefined
    const email = codeMethod('email', async () => {
      await new Promise<void>((resolve) => (arrive = resolve))
      return { destination: 'a…@b' }
    })
    const sms = codeMethod('sms', undefined)
    tab.adapter.offered = [email, sms]
    await tab.press()
    const sending = tab.client.controls.send()
    tab.client.controls.choose(sms)
    await settle()
    arrive?.()
    await sending
    expect(tab.state).toMatchObject({ method: { id: 'sms' }, sent: null })
  })
})

test('a listener of the app that throws leaves nobody waiting', async () => {
  const tab = openPasswordTab()
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  tab.client.subscribe(() => {
    throw new Error('of the app')
  })
  const call = await tab.press()
  await tab.submit()
  expect(call.status).toBe('done')
  process.off('unhandledRejection', unhandled)
  expect(unhandled).toHaveBeenCalled()
})
