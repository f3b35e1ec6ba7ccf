// What is loaded on first need is loaded before the first test, which then waits for nothing.
import { beforeAll, vi } from 'vitest'
import { createStepUpClient } from 'react-step-up'
import { createFakeAdapter, createFakeEnvironment } from 'react-step-up/testing'

beforeAll(async () => {
  const environment = createFakeEnvironment()
  createStepUpClient({ adapter: createFakeAdapter(), environment }).preload()
  await vi.dynamicImportSettled()
})
