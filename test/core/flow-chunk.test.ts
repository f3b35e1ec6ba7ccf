import { expect, test, vi } from 'vitest'
import { createStepUpClient } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'

vi.mock('../../src/core/flow.js', () => {
  throw new Error('Failed to fetch dynamically imported module')
})

function open(age: number) {
  const clock = createFakeClock()
  const adapter = createFakeAdapter({ clock })
  adapter.age(age)
  const client = createStepUpClient({ adapter, environment: createFakeEnvironment({ clock }) })
  client.start()
  return client.requireFreshAuth(300)
}

test('FAULTS 46: the part that asks cannot be loaded: `network`, and not run', async () => {
  const run = vi.fn()
  await expect(open(3600)(run)).rejects.toMatchObject({
    code: 'network',
    cause: expect.any(Error) as Error,
  })
  expect(run).not.toHaveBeenCalled()
})

test('a refusal that it would have read stays the caller’s own', async () => {
  const refused = new Response(null, { status: 401 })
  await expect(open(10)(() => refused)).resolves.toBe(refused)
})

test('the fresh path does without it', async () => {
  await expect(open(10)(() => 'ran')).resolves.toBe('ran')
})

test('given up meanwhile, nothing is left over', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const controller = new AbortController()
  const call = open(3600)(() => 'ran', { signal: controller.signal })
  controller.abort()
  await expect(call).rejects.toMatchObject({ code: 'aborted' })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})
