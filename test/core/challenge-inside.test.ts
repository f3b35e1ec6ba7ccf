import { describe, expect, test, vi } from 'vitest'
import type { RunContext } from 'react-step-up'
import { challenged, follow, HOUR, openTab, settle } from './tab.js'

/** A person whom the page thinks fresh, with a password to prove it again. */
function openFreshTab(options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  tab.offerPassword()
  tab.adapter.age(10)
  return tab
}

const hidden = (body: unknown, init: ResponseInit = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status: 401,
    headers: { 'Content-Type': 'application/json' },
    ...init,
  })
const mirror = { error: 'insufficient_user_authentication', max_age: 60 }

describe('a challenge in what a run gives back', () => {
  test('asks the person, and runs once more with the same request', async () => {
    const tab = openFreshTab()
    tab.run.mockReturnValueOnce(challenged())
    const call = await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
    expect(call.status).toBe('open')
    tab.clock.advance(1)
    await tab.submit()
    expect(call).toMatchObject({ status: 'done', value: { deleted: 'apollo' } })
    expect(tab.run).toHaveBeenCalledTimes(2)
    const requests = tab.run.mock.calls.map(
      ([, context]: [unknown, RunContext]) => context.requestId,
    )
    expect(new Set(requests).size).toBe(1)
  })

  test.each([
    ['thrown', (response: Response) => Promise.reject(response as unknown as Error)],
    [
      'in an error',
      (response: Response) => Promise.reject(Object.assign(new Error('401'), { response })),
    ],
    ['given back', (response: Response) => Promise.resolve(response)],
  ])('is the same %s', async (_, give) => {
    const tab = openFreshTab()
    tab.run.mockImplementationOnce(() => give(challenged()))
    const call = await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 300 } })
    tab.clock.advance(1)
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('is read from the body where the header is hidden, and the caller’s Response stays unread', async () => {
    const tab = openFreshTab()
    const response = hidden(mirror)
    tab.run.mockReturnValueOnce(response)
    await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 60 } })
    expect(response.bodyUsed).toBe(false)
  })

  test('that names no demand is one for a proof of its own', async () => {
    const tab = openFreshTab()
    tab.run.mockReturnValueOnce(hidden({ error: 'insufficient_user_authentication' }))
    await tab.press()
    expect(tab.state).toMatchObject({ requirement: { maxAge: 0 } })
  })

  test('of a vendor is read by the adapter', async () => {
    const tab = openFreshTab()
    tab.adapter.readChallenge = ({ status, body }) =>
      status === 403 && (body as { claim?: string }).claim === 'stale' ? { maxAge: 120 } : null
    tab.run.mockReturnValueOnce(hidden({ claim: 'stale' }, { status: 403 }))
    await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 120 } })
  })

  test.each([
    ['an ordinary 401', () => new Response(null, { status: 401 })],
    ['an ordinary 401 with HTML', () => hidden('<h1>401</h1>')],
    [
      'another error in the header',
      () => hidden({}, { headers: { 'WWW-Authenticate': 'Bearer' } }),
    ],
    ['a challenge with status 200', () => hidden(mirror, { status: 200 })],
    ['a challenge with status 500', () => hidden(mirror, { status: 500 })],
    ['an age that nobody can meet', () => hidden({ ...mirror, max_age: -1 })],
    ['a text', () => 'insufficient_user_authentication'],
    ['nothing', () => null],
  ])('is not in %s: the caller gets it as it is', async (_, make) => {
    const tab = openFreshTab()
    const value = make()
    tab.run.mockReturnValueOnce(value)
    const call = await tab.press()
    expect(call.status).toBe('done')
    expect(call.value).toBe(value)
    expect(tab.run).toHaveBeenCalledOnce()
  })

  test('a reader of the adapter that throws, or asks for the impossible, is an ordinary 401', async () => {
    for (const read of [
      () => {
        throw new Error('of the SDK')
      },
      () => ({ maxAge: -1 }),
      () => ({}) as { maxAge: number },
    ]) {
      const tab = openFreshTab()
      tab.adapter.readChallenge = read
      const response = hidden({ claim: 'stale' })
      tab.run.mockReturnValueOnce(response)
      const call = await tab.press()
      expect(call.value).toBe(response)
    }
  })

  test('a Response that was read already is left alone', async () => {
    const tab = openFreshTab()
    const response = hidden(mirror)
    await response.text()
    tab.run.mockReturnValueOnce(response)
    const call = await tab.press()
    expect(call.value).toBe(response)
  })

  test('cancelled: not run again', async () => {
    const tab = openFreshTab()
    tab.run.mockReturnValueOnce(challenged())
    const call = await tab.press()
    await tab.cancel()
    expect(call.status).toBe('cancelled')
    expect(tab.run).toHaveBeenCalledOnce()
  })
})

test('FAULTS 25: a server that is never satisfied gets one step-up per call, then `still_stale`', async () => {
  const tab = openFreshTab({ run: () => challenged() })
  const prompts = vi.fn()
  tab.client.subscribe(({ type }) => {
    if (type === 'prompted') prompts()
  })
  const call = await tab.press()
  tab.clock.advance(1)
  await tab.submit()
  expect(call.status).toBe('still_stale')
  expect(tab.state.status).toBe('idle')
  expect(tab.run).toHaveBeenCalledTimes(2)
  expect(prompts).toHaveBeenCalledOnce()
})

test('FAULTS 25: also where the trip was what it asked for', async () => {
  const tab = openTab({ run: () => challenged() })
  tab.adapter.age(10)
  const call = await tab.press()
  await tab.leave()
  expect(tab.record).toMatchObject({ actions: [{ challenged: true }] })
  await tab.comeBack()
  await tab.confirm()
  expect(call.status).toBe('open')
  expect(tab.state).toMatchObject({
    status: 'resumed',
    outcome: 'failed',
    error: { code: 'still_stale' },
  })
  expect(tab.run).toHaveBeenCalledTimes(2)
  expect(tab.page.stored).toBeNull()
})

test('a challenge to what the page thought fresh is answered only by a newer authentication', async () => {
  const tab = openFreshTab()
  tab.adapter.offered = [{ type: 'password', id: 'p', verify: async () => {} }]
  tab.run.mockReturnValueOnce(challenged())
  const call = await tab.press()
  await tab.submit()
  expect(tab.state).toMatchObject({ attempt: 2, error: { code: 'still_stale' } })
  await tab.submit()
  expect(call.status).toBe('still_stale')
  expect(tab.run).toHaveBeenCalledOnce()
})

test('FAULTS 30: freshness that runs out between dialog and server is worth one more step-up', async () => {
  const tab = openTab()
  tab.offerPassword()
  tab.run.mockImplementationOnce(() => {
    tab.clock.advance(301)
    return challenged()
  })
  const call = await tab.press()
  await tab.submit()
  expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
  await tab.submit()
  expect(call.status).toBe('done')
  expect(tab.run).toHaveBeenCalledTimes(2)
})

describe('many challenged at once', () => {
  test('FAULTS 31: ten parallel calls get one dialog, and each runs once more after it', async () => {
    const tab = openFreshTab()
    const served: string[] = []
    let proved = false
    tab.run.mockImplementation(({ id }) => {
      if (!proved) return challenged()
      served.push(id)
      return { deleted: id }
    })
    const methods = vi.spyOn(tab.adapter, 'methods')
    const ids = Array.from({ length: 10 }, (_, i) => String(i))
    const calls = ids.map((id) => follow(tab.client.requireFreshAuth()(tab.deleteProject, { id })))
    await settle()
    expect(tab.state).toMatchObject({ status: 'prompting', waiting: { length: 10 } })
    expect(methods).toHaveBeenCalledOnce()
    proved = true
    tab.clock.advance(1)
    await tab.submit()
    expect(calls.map(({ status }) => status)).toEqual(Array(10).fill('done'))
    expect(served.sort()).toEqual(ids)
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 31: or all of them are rejected on cancel', async () => {
    const tab = openFreshTab({ run: () => challenged() })
    const ids = Array.from({ length: 10 }, (_, i) => String(i))
    const calls = ids.map((id) => follow(tab.client.requireFreshAuth()(tab.deleteProject, { id })))
    await settle()
    await tab.cancel()
    expect(calls.map(({ status }) => status)).toEqual(Array(10).fill('cancelled'))
    expect(tab.run).toHaveBeenCalledTimes(10)
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 31: one that was on its way while the others were proved needs no second dialog', async () => {
    const tab = openFreshTab()
    let answer: ((response: Response) => void) | undefined
    const slow = new Promise<Response>((resolve) => (answer = resolve))
    tab.run.mockReturnValueOnce(slow)
    const late = await tab.press('late')
    tab.run.mockReturnValueOnce(challenged())
    const early = await tab.press('early')
    tab.clock.advance(1)
    await tab.submit()
    expect([early.status, late.status]).toEqual(['done', 'open'])
    answer?.(challenged())
    await settle()
    expect(tab.state.status).toBe('idle')
    expect(late.status).toBe('done')
    expect(tab.run.mock.calls.filter(([{ id }]) => id === 'late')).toHaveLength(2)
  })
})

test('a run that a trip brought back and the server challenges waits for one more proof', async () => {
  const tab = openTab()
  await tab.travel()
  tab.run.mockReturnValueOnce(challenged(0))
  tab.offerPassword()
  tab.clock.advance(1)
  await tab.confirm()
  expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
  const outcome = vi.fn()
  tab.client.onResumed(tab.deleteProject, outcome)
  tab.clock.advance(1)
  await tab.submit()
  expect(outcome).toHaveBeenCalledExactlyOnceWith({ data: { deleted: 'apollo' } }, { id: 'apollo' })
  expect(tab.run).toHaveBeenCalledTimes(2)
  expect(tab.page.stored).toBeNull()
})

test('FAULTS 27: what a refresh brings is no proof to a challenge', async () => {
  const tab = openFreshTab()
  tab.adapter.age(HOUR)
  tab.adapter.offered = [
    {
      type: 'password',
      id: 'p',
      verify: async () => {
        tab.adapter.authentication = {
          ...tab.adapter.authentication!,
          issuedAt: tab.clock.now().wall,
        }
      },
    },
  ]
  const call = await tab.press()
  await tab.submit()
  await tab.submit()
  expect(call.status).toBe('still_stale')
  expect(tab.run).not.toHaveBeenCalled()
})
