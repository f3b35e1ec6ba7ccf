import { bench, describe } from 'vitest'
import { createStepUpClient, defineAction } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'

const clock = createFakeClock()
const run = () => Promise.resolve(1)
const action = defineAction({ id: 'x', requirement: 300, run, describe: () => 'X' })
const client = createStepUpClient({
  adapter: createFakeAdapter({ clock }),
  actions: [action],
  environment: createFakeEnvironment({ clock }),
})
client.start()
const requireFreshAuth = client.requireFreshAuth(300)
await requireFreshAuth(action)

describe('a call while the person is fresh', () => {
  bench('the bare function', async () => {
    await run()
  })
  bench('through requireFreshAuth, a function', async () => {
    await requireFreshAuth(run)
  })
  bench('through requireFreshAuth, an action', async () => {
    await requireFreshAuth(action)
  })
})
