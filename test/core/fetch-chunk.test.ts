import { expect, test, vi } from 'vitest'
import { createStepUpClient, createStepUpFetch, formatChallenge } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'

vi.mock('../../src/core/flow.js', () => {
  throw new Error('Failed to fetch dynamically imported module')
})

test('FAULTS 46: where the part that reads challenges cannot be loaded, a 401 is the caller’s, unread', async () => {
  const clock = createFakeClock()
  const adapter = createFakeAdapter({ clock })
  const client = createStepUpClient({ adapter, environment: createFakeEnvironment({ clock }) })
  const headers = { 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', maxAge: 300 }) }
  const response = new Response(null, { status: 401, headers })
  const send = vi.fn(async () => response)
  const origins = ['https://api.test']
  const fetch = createStepUpFetch(client, { fetch: send, origins })
  expect(await fetch('https://api.test/x')).toBe(response)
  expect(send).toHaveBeenCalledOnce()
  expect(client.getState().status).toBe('idle')
})
