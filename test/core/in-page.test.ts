import { describe, expect, test, vi } from 'vitest'
import type { CodeMethod, Method, PasswordMethod, Sent } from 'react-step-up'
import { StepUpError } from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { follow, openTab, settle } from './tab.js'

const wrong = () => new StepUpError('invalid_credentials', 'That was not accepted.')

/** A tab whose person proves it by what `verify` says. */
async function askFor(verify: PasswordMethod['verify'], more: readonly Method[] = []) {
  const tab = openTab()
  tab.adapter.offered = [{ type: 'password', id: 'p', verify }, ...more]
  const refresh = vi.fn(async () => {})
  tab.adapter.refresh = refresh
  return { tab, refresh, call: await tab.press() }
}

describe('an answer that was lost', () => {
  const offline = () => new Error('offline')

  test('where it was a yes: new tokens tell, and nobody is asked again', async () => {
    const { tab, call } = await askFor(async () => {
      tab.adapter.age(0)
      throw offline()
    })
    await tab.submit()
    expect(call.status).toBe('done')
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('where the yes is in the next tokens only: they are fetched', async () => {
    const { tab, refresh, call } = await askFor(() => Promise.reject(offline()))
    refresh.mockImplementation(async () => tab.adapter.age(0))
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('where nothing was proved: said, with its cause, and nothing runs', async () => {
    const cause = offline()
    const { tab, call } = await askFor(() => Promise.reject(cause))
    await tab.submit()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network', cause } })
    expect(call.status).toBe('open')
    expect(tab.run).not.toHaveBeenCalled()
  })

  test('where the new tokens do not come either: the first error is said', async () => {
    const cause = offline()
    const { tab, refresh } = await askFor(() => Promise.reject(cause))
    refresh.mockRejectedValue(new StepUpError('locked', 'Later.'))
    await tab.submit()
    expect(tab.state).toMatchObject({ error: { code: 'network', cause } })
  })

  test('where the person has been signed out: nobody’s new tokens are no proof', async () => {
    const { tab, call } = await askFor(() => Promise.reject(offline()))
    const { getAuthentication } = tab.adapter
    tab.adapter.getAuthentication = () => null
    await tab.submit()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    tab.adapter.getAuthentication = getAuthentication
    expect(call.status).toBe('open')
    expect(tab.run).not.toHaveBeenCalled()
  })

  test.each([
    ['after half a minute of silence', () => new Promise<void>(() => {}), 30],
    ['after an error', () => Promise.reject(offline()), 0],
  ])('%s, a code that is spent by then still proves it', async (_, first, seconds) => {
    const verify = vi.fn<PasswordMethod['verify']>().mockImplementationOnce(first)
    verify.mockRejectedValue(wrong())
    const { tab, refresh, call } = await askFor(verify)
    void tab.submit()
    await settle()
    tab.clock.advance(seconds)
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'network' } })
    refresh.mockImplementation(async () => tab.adapter.age(0))
    await tab.submit()
    expect(verify).toHaveBeenCalledTimes(2)
    expect(call.status).toBe('done')
  })

  test('a no that was heard is believed, however often, and before and after a yes', async () => {
    const { tab, refresh, call } = await askFor(async ({ password }) => {
      if (password !== FAKE_PASSWORD) throw wrong()
      tab.adapter.age(0)
    })
    const isToldNo = async () => {
      await tab.submit('wrong')
      expect(tab.state).toMatchObject({ error: { code: 'invalid_credentials' } })
    }
    await isToldNo()
    await isToldNo()
    expect(refresh).not.toHaveBeenCalled()
    await tab.submit()
    expect(call.status).toBe('done')
    expect(refresh).toHaveBeenCalledOnce()
    tab.adapter.age(3600)
    await tab.press()
    await isToldNo()
    expect(refresh).toHaveBeenCalledOnce()
  })
})

test('between two factors no new tokens are asked for', async () => {
  const second: Method = { type: 'password', id: 'second', verify: async () => {} }
  const { tab, refresh } = await askFor(async () => ({ next: [second] }))
  await tab.submit()
  expect(tab.state).toMatchObject({ method: { id: 'second' }, step: 2 })
  expect(refresh).not.toHaveBeenCalled()
  await tab.submit()
  expect(refresh).toHaveBeenCalledOnce()
})

describe('a code on its way', () => {
  /** Two ways to get a code; that of the first is sent when the test says so. */
  async function sendCode() {
    const answers: { resolve(sent: Sent): void; reject(error: Error): void }[] = []
    const email: CodeMethod = {
      type: 'code',
      id: 'email',
      channel: 'email',
      send: () =>
        new Promise((resolve, reject) => {
          answers.push({ resolve, reject })
        }),
      verify: () => new Promise(() => {}),
    }
    const app: CodeMethod = { type: 'code', id: 'app', channel: 'app', verify: async () => {} }
    const tab = openTab()
    tab.adapter.offered = [email, app]
    const call = await tab.press()
    const send = async () => {
      const sending = follow(tab.client.controls.send())
      await settle()
      return sending
    }
    return { tab, call, answers, email, app, send }
  }

  test('that cannot be sent: said, with its cause', async () => {
    const { tab, answers, send } = await sendCode()
    await send()
    const cause = new Error('offline')
    answers[0]!.reject(cause)
    await settle()
    expect(tab.state).toMatchObject({ sent: null, error: { code: 'network', cause } })
  })

  test.each(['another way', 'none'])(
    'that cannot be sent says nothing where %s has been chosen meanwhile',
    async (which) => {
      const { tab, answers, app, send } = await sendCode()
      const sending = await send()
      tab.client.controls.choose(which === 'none' ? null : app)
      answers[0]!.reject(new Error('offline'))
      await settle()
      expect(tab.state).toMatchObject({ status: 'prompting', error: null })
      expect(sending.status).toBe('done')
    },
  )

  test('asked for once more, only the second is heard of', async () => {
    const { tab, answers, send } = await sendCode()
    await send()
    await send()
    expect(tab.state).toMatchObject({ sent: null, error: null })
    answers[1]!.resolve({ destination: 'second' })
    await settle()
    answers[0]!.resolve({ destination: 'first' })
    await settle()
    expect(tab.state).toMatchObject({ sent: { destination: 'second' }, error: null })
  })

  test('is not asked for while one is checked', async () => {
    const { tab, answers, send } = await sendCode()
    void tab.client.controls.submit({ code: '123456' })
    await settle()
    await send()
    expect(answers).toEqual([])
    expect(tab.state.status).toBe('verifying')
  })

  test('is not asked for where the person has it already, or has chosen no way', async () => {
    const { tab, answers, app, send } = await sendCode()
    for (const method of [app, null]) {
      tab.client.controls.choose(method)
      expect((await send()).status).toBe('done')
      expect(tab.state).toMatchObject({ status: 'prompting', sent: null, error: null })
    }
    expect(answers).toEqual([])
  })

  test('before anything is sent, whoever is stricter makes the prompt stricter, whatever is chosen', async () => {
    const { tab, app } = await sendCode()
    tab.client.controls.choose(app)
    await tab.pressClosure(60)
    expect(tab.state).toMatchObject({ requirement: { maxAge: 60 }, waiting: { length: 2 } })
  })
})
