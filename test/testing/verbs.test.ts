import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AnyAction, Method, StandardSchemaV1 } from 'react-step-up'
import { defineAction } from 'react-step-up'
import {
  cancelStepUp,
  completeStepUp,
  createTestStepUp,
  makeStale,
  type FakeAnswer,
} from 'react-step-up/testing'
import { follow } from '../core/tab.js'
import { eventually } from '../patience.js'

afterEach(() => {
  vi.useRealTimers()
})

const schema: StandardSchemaV1<{ id: string }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => ({ value: value as { id: string } }),
  },
}

/** Somebody who signed in an hour ago. */
async function setUp(more: readonly AnyAction[] = []) {
  const run = vi.fn(({ id }: { id: string }) => ({ deleted: id }))
  const deleteProject = defineAction({
    id: 'project.delete',
    requirement: 300,
    schema,
    run: (variables) => run(variables),
    describe: ({ id }) => `Delete ${id}`,
  })
  const kit = createTestStepUp({ actions: [deleteProject, ...more] })
  kit.client.start()
  await makeStale(kit.adapter)
  const press = () => follow(kit.client.requireFreshAuth()(deleteProject, { id: 'apollo' }))
  return { ...kit, run, deleteProject, press }
}

describe('makeStale', () => {
  test('makes the sign-in an hour old, or as old as one says', async () => {
    const { client, adapter } = createTestStepUp()
    client.start()
    await makeStale(adapter)
    expect(client.getAge()).toBe(3600)
    await makeStale(adapter, 7200)
    expect(client.getAge()).toBe(7200)
  })
})

describe('completeStepUp', () => {
  test('types the password, and the action has run', async () => {
    const { client, run, press } = await setUp()
    const call = press()
    await completeStepUp(client)
    expect(run).toHaveBeenCalledOnce()
    expect(call).toMatchObject({ status: 'done', value: { deleted: 'apollo' } })
    expect(client.getState().status).toBe('idle')
  })

  test('needs no dialog, and leaves none', async () => {
    const { client, clock, press } = await setUp()
    press()
    await completeStepUp(client)
    const alone = follow(client.requireFreshAuth(0)(() => 'ran'))
    await eventually(() => expect(client.getState().status).toBe('prompting'))
    clock.advance(0)
    expect(client.getState().status).toBe('idle')
    await eventually(() => expect(alone.status).toBe('no_dialog'))
  })

  test('serves everything that waits, one proof after the other', async () => {
    const { client, clock, adapter } = await setUp()
    const runs = [1, 2].map((value) => follow(client.requireFreshAuth(0)(() => value)))
    const stop = client.subscribe(({ type }) => {
      if (type === 'verifying') clock.advance(2)
    })
    await completeStepUp(client)
    stop()
    expect(runs.map(({ status }) => status)).toEqual(['done', 'done'])
    expect(adapter.trips).toEqual([])
  })

  test('fails as the proof does, and the person can try again', async () => {
    const { client, adapter, run, press } = await setUp()
    press()
    await expect(completeStepUp(client, { password: 'wrong' })).rejects.toMatchObject({
      code: 'invalid_credentials',
    })
    adapter.next('fail', new RangeError('down'))
    await expect(completeStepUp(client)).rejects.toMatchObject({ code: 'invalid_credentials' })
    await expect(completeStepUp(client)).rejects.toMatchObject({
      code: 'network',
      cause: new RangeError('down'),
    })
    expect(run).not.toHaveBeenCalled()
    await completeStepUp(client)
    expect(run).toHaveBeenCalledOnce()
  })

  test('is asked a second time where max_age was ignored', async () => {
    const { client, adapter, run, press } = await setUp()
    const call = press()
    adapter.next('ignore_max_age', 'ignore_max_age')
    await expect(completeStepUp(client)).rejects.toMatchObject({ code: 'still_stale' })
    await completeStepUp(client)
    expect(call.status).toBe('still_stale')
    expect(run).not.toHaveBeenCalled()
  })

  test('ends for everybody where somebody else has signed in', async () => {
    const { client, adapter, run, press } = await setUp()
    const call = press()
    adapter.next('wrong_account')
    await completeStepUp(client)
    expect(call.status).toBe('wrong_account')
    expect(adapter.authentication?.subject).toBe('grace')
    expect(run).not.toHaveBeenCalled()
  })

  test.each<[Exclude<FakeAnswer, 'wait'>, string]>([
    ['succeed', 'done'],
    ['wrong_account', 'wrong_account'],
  ])('waits for an answer until it is given: %s', async (answer, status) => {
    const { client, adapter, press } = await setUp()
    expect(() => adapter.answer()).toThrow("adapter.next('wait')")
    const call = press()
    adapter.next('wait')
    const done = completeStepUp(client)
    await eventually(() => expect(client.getState().status).toBe('verifying'))
    expect(call.status).toBe('open')
    await eventually(() => adapter.answer(answer))
    await done
    expect(call.status).toBe(status)
  })

  test('types a code, holds a passkey, and goes on to the next factor', async () => {
    const { client, adapter, press } = await setUp()
    const verify = vi.fn(() => adapter.password.verify(right))
    const passkey: Method = {
      type: 'passkey',
      id: 'passkey',
      verify: async () => ({ next: [code] }),
    }
    const code: Method = { type: 'code', id: 'code', channel: 'totp', verify }
    adapter.offered = [passkey, adapter.trip]
    const call = press()
    await expect(completeStepUp(client)).rejects.toThrow('completeStepUp(client, { code })')
    await completeStepUp(client, { code: '123456' })
    expect(verify).toHaveBeenCalledWith(expect.objectContaining({ code: '123456' }))
    expect(call.status).toBe('done')
  })

  test('says what is offered where the password is not', async () => {
    const { client, adapter, press } = await setUp()
    adapter.offered = [adapter.trip]
    press()
    await expect(completeStepUp(client, { password: 'x' })).rejects.toThrow('offered: redirect')
  })

  test('says so where there is no way to confirm', async () => {
    const { client, adapter, press } = await setUp()
    adapter.offered = []
    const call = press()
    await expect(completeStepUp(client)).rejects.toMatchObject({ code: 'no_method' })
    await cancelStepUp(client)
    expect(call.status).toBe('no_method')
  })

  test('never hangs where nobody is asked, and says why that may be', async () => {
    const { client, adapter, deleteProject } = await setUp()
    await makeStale(adapter, 10)
    await client.requireFreshAuth()(deleteProject, { id: 'apollo' })
    await expect(completeStepUp(client)).rejects.toThrow('was 10 seconds ago')
    await expect(cancelStepUp(client)).rejects.toThrow('Nobody is asked')
  })

  test('never hangs where the proof is not answered', async () => {
    const { client, adapter, press } = await setUp()
    press()
    adapter.next('wait')
    await expect(completeStepUp(client)).rejects.toThrow('adapter.answer()')
  })

  test('works while a test holds the timers', async () => {
    const { client, run, press } = await setUp()
    vi.useFakeTimers()
    press()
    await completeStepUp(client)
    expect(run).toHaveBeenCalledOnce()
  })
})

describe('a trip', () => {
  const travel = async (...answers: FakeAnswer[]) => {
    const page = await setUp()
    page.adapter.offered = [page.adapter.trip]
    page.press()
    await completeStepUp(page.client)
    expect(page.client.getState().status).toBe('leaving')
    page.adapter.next(...answers)
    const back = page.comeBack()
    const outcome = vi.fn()
    back.client.start()
    back.client.onResumed(page.deleteProject, outcome)
    return { ...page, back, outcome }
  }

  test('leaves, comes back on another page, and is confirmed there', async () => {
    const { back, run, outcome } = await travel()
    expect(back.client.returning).toBe(true)
    expect(run).not.toHaveBeenCalled()
    await completeStepUp(back.client)
    expect(run).toHaveBeenCalledOnce()
    expect(outcome).toHaveBeenCalledWith({ data: { deleted: 'apollo' } }, { id: 'apollo' })
    expect(back.client.getState().status).toBe('idle')
  })

  test('does not leave with what could not come back', async () => {
    const upload = defineAction({
      ...{ id: 'upload', requirement: 300, schema, describe: () => 'Upload', run: () => 'done' },
      secret: ['id'],
    })
    const { client, adapter } = await setUp([upload])
    const link: Method = { type: 'link', id: 'link', send: async () => ({}) }
    adapter.offered = [link, adapter.trip]
    follow(client.requireFreshAuth()(upload, { id: 'x' }))
    await expect(completeStepUp(client)).rejects.toMatchObject({ code: 'not_resumable' })
    expect(adapter.trips).toEqual([])
    expect(() => adapter.finishTrip()).toThrow('Nobody is at the provider')
  })

  test('can be cancelled when back', async () => {
    const { back, run, outcome } = await travel()
    await cancelStepUp(back.client)
    expect(run).not.toHaveBeenCalled()
    expect(outcome.mock.calls).toMatchObject([[{ error: { code: 'cancelled' } }, { id: 'apollo' }]])
  })

  test('fails with what the action fails with', async () => {
    const { back, run } = await travel()
    run.mockImplementation(() => {
      throw new RangeError('gone')
    })
    await expect(completeStepUp(back.client)).rejects.toThrow(new RangeError('gone'))
    await cancelStepUp(back.client)
  })

  test.each<[FakeAnswer, string]>([
    ['fail', 'cancelled'],
    ['wrong_account', 'wrong_account'],
    ['ignore_max_age', 'still_stale'],
    [new RangeError('down'), 'network'],
  ])('fails as the provider does: %s', async (answer, code) => {
    const { back, run } = await travel(answer)
    await eventually(() =>
      expect(back.client.getState()).toMatchObject({ status: 'failed', error: { code } }),
    )
    expect(run).not.toHaveBeenCalled()
    await expect(completeStepUp(back.client)).rejects.toMatchObject({ code })
  })

  test('waits for the tokens until they are given', async () => {
    const { adapter, back, run } = await travel('wait')
    const done = completeStepUp(back.client)
    await eventually(() => adapter.answer())
    await done
    expect(run).toHaveBeenCalledOnce()
  })
})

describe('cancelStepUp', () => {
  test('gives up what waits, and nothing has run', async () => {
    const { client, run, press } = await setUp()
    const call = press()
    await cancelStepUp(client)
    expect(call.status).toBe('cancelled')
    expect(run).not.toHaveBeenCalled()
    expect(client.getState().status).toBe('idle')
  })
})

const right = { password: 'correct horse', signal: new AbortController().signal }
