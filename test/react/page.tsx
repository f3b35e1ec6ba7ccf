import { act, cleanup, configure } from '@testing-library/react'
import type { ReactNode } from 'react'
import { StrictMode } from 'react'
import { afterEach, vi } from 'vitest'
import { createStepUpClient, defineAction, StepUpProvider } from 'react-step-up'
import type { StandardSchemaV1, StepUpClient } from 'react-step-up'
import {
  completeStepUp,
  createFakeAdapter,
  createFakeClock,
  createFakeEnvironment,
} from 'react-step-up/testing'
// Here already, so that loading it takes no time of a test.
import '../../src/core/flow.js'

// A limit and no expectation: a busy machine fails nothing.
configure({ asyncUtilTimeout: 10_000 })
afterEach(cleanup)

/** Lets everything happen that needs no time. */
export const settle = () =>
  act(async () => {
    for (let turn = 0; turn < 20; turn++) {
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        port2.postMessage(null)
      })
    }
  })

const schema: StandardSchemaV1<{ id: string }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => ({ value: value as { id: string } }),
  },
}

interface PageOptions {
  readonly age?: number
  readonly resume?: 'confirm' | 'auto'
}

/** A page of somebody who signed in `age` seconds ago. */
export function setUp({ age = 3600, resume }: PageOptions = {}) {
  const clock = createFakeClock()
  const environment = createFakeEnvironment({ clock, url: 'https://app.test/projects' })
  const adapter = createFakeAdapter({ clock })
  adapter.offered = [adapter.trip]
  adapter.age(age)
  const run = vi.fn(({ id }: { id: string }) => ({ deleted: id }))
  const deleteProject = defineAction({
    id: 'project.delete',
    requirement: 300,
    schema,
    run: (variables) => run(variables),
    describe: ({ id }) => `Delete ${id}`,
    ...(resume && { resume }),
  })
  const open = (page = environment): StepUpClient =>
    createStepUpClient({ adapter, actions: [deleteProject], environment: page })
  const client = open()
  return {
    clock,
    environment,
    adapter,
    run,
    deleteProject,
    open,
    client,
    wrapper: inStrictMode(client),
    offerPassword() {
      adapter.offered = [adapter.password]
    },
    /** A call leaves the page, the person proves it, and the next page is made. */
    async comeBack() {
      const stop = client.start()
      client
        .requireFreshAuth()(deleteProject, { id: 'apollo' })
        .catch(() => {})
      await completeStepUp(client)
      stop()
      clock.advance(5)
      adapter.signInAtProvider()
      return open(environment.reload(adapter.returnUrl()))
    },
  }
}

export const inStrictMode = (client: StepUpClient) =>
  function Wrapper({ children }: { readonly children: ReactNode }) {
    return (
      <StrictMode>
        <StepUpProvider client={client}>{children}</StepUpProvider>
      </StrictMode>
    )
  }
