import { expect, test, vi } from 'vitest'
import { createStepUpClient, defineAction, type StepUpClient } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import * as v from 'valibot'
import { settled } from '../settled.js'

function setUp() {
  const clock = createFakeClock()
  const environment = createFakeEnvironment({ clock, url: 'https://app.test/projects?tab=1#top' })
  const adapter = createFakeAdapter({ clock })
  const run = vi.fn((input: { id: string }) => ({ deleted: input.id }))
  const deleteProject = defineAction({
    id: 'project.delete',
    requirement: 300,
    schema: v.object({ id: v.string() }),
    run,
    describe: ({ id }) => `Delete project ${id}`,
  })
  const open = (env = environment): StepUpClient => {
    const client = createStepUpClient({ adapter, actions: [deleteProject], environment: env })
    client.start()
    client.attachDialog()
    return client
  }
  return { clock, environment, adapter, run, deleteProject, open }
}

test('a fresh person goes straight through', async () => {
  const { open, deleteProject, run } = setUp()
  const client = open()
  await expect(client.requireFreshAuth()(deleteProject, { id: 'apollo' })).resolves.toEqual({
    deleted: 'apollo',
  })
  expect(run).toHaveBeenCalledOnce()
})

test('a stale person leaves, comes back, confirms, and it runs once', async () => {
  const { open, deleteProject, run, adapter, environment, clock } = setUp()
  adapter.age(3600)
  const client = open()
  void client.requireFreshAuth()(deleteProject, { id: 'apollo' })
  await settled()
  expect(client.getState()).toMatchObject({ status: 'prompting', why: 'stale' })
  client.controls.leave('tab')
  expect(client.getState().status).toBe('leaving')
  expect(adapter.trips[0]).toMatchObject({ maxAge: 270, loginHint: 'ada@acme.test' })
  clock.advance(5)
  adapter.signInAtProvider()
  const next = environment.reload(adapter.returnUrl())
  const back = open(next)
  expect(back.returning).toBe(true)
  await settled()
  expect(back.getState()).toMatchObject({
    status: 'confirming',
    items: [{ label: 'Delete project apollo', kind: 'run' }],
  })
  expect(next.url().href).toBe('https://app.test/projects?tab=1#top')
  expect(run).not.toHaveBeenCalled()
  await Promise.all([back.controls.confirm(), back.controls.confirm()])
  expect(run).toHaveBeenCalledOnce()
  expect(back.getState()).toMatchObject({ status: 'resumed', outcome: 'done' })
  expect(next.stored).toBeNull()
})
