import type { StepUpClient, StepUpClientOptions } from '../core/client.js'
import { createClient } from '../core/client.js'
import type { FakeAdapter } from './fake-adapter.js'
import { createFakeAdapter } from './fake-adapter.js'
import type { FakeClock } from './fake-clock.js'
import type { FakeEnvironment } from './fake-environment.js'
import { createFakeEnvironment } from './fake-environment.js'

/** A page of an app, as far as step-up goes: the real client, on an auth system and a browser in memory. */
export interface TestStepUp {
  /** For `<StepUpProvider client={client}>`. */
  readonly client: StepUpClient
  readonly adapter: FakeAdapter
  readonly clock: FakeClock
  readonly environment: FakeEnvironment
  /** After `completeStepUp` has left: the provider answers, and the next page of this tab is made, with a client of its own. */
  comeBack(): TestStepUp
}

/** As for `createStepUpClient`. */
export type TestStepUpOptions = Omit<StepUpClientOptions, 'adapter' | 'environment'>

/**
 * Makes a real client for a test, on fakes, with one person signed in just now.
 *
 * @throws TypeError as createStepUpClient does
 * @example
 * const { client, adapter } = createTestStepUp({ actions: [deleteProject] })
 * render(<StepUpProvider client={client}><DeleteButton /></StepUpProvider>)
 */
export function createTestStepUp(options: TestStepUpOptions = {}): TestStepUp {
  const environment = createFakeEnvironment({ url: 'https://app.test/' })
  const { clock } = environment
  const adapter = createFakeAdapter({ clock })
  const open = (page: FakeEnvironment): TestStepUp => ({
    client: createClient({ ...options, adapter, environment: page }),
    adapter,
    clock,
    environment: page,
    comeBack: () => open(page.reload(adapter.finishTrip())),
  })
  return open(environment)
}
