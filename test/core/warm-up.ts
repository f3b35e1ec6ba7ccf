// What is loaded on first need is loaded before the first test, which then waits for nothing.
import { beforeAll, vi } from 'vitest'
import { createStepUpClient } from 'react-step-up'
import { createFakeAdapter, createFakeEnvironment } from 'react-step-up/testing'

beforeAll(async () => {
  try {
    const environment = createFakeEnvironment()
    createStepUpClient({ adapter: createFakeAdapter(), environment }).preload()
    await vi.dynamicImportSettled()
  } catch {
    // A mutant that breaks even this is for the tests to find: here it would only skip them.
  }
})
