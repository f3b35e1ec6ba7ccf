import * as v from 'valibot'
import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { Action, StandardSchemaV1 } from 'react-step-up'
import { defineAction } from 'react-step-up'
import { follow, openTab, settle } from './tab.js'

type Transfer = StandardSchemaV1<{ to: string; due: string }, { to: string; due: Date }>
type Rename = StandardSchemaV1<{ id: string; name: string }>

/** Of both libraries: one that turns a text into a date, and one that takes its time. */
const transfers: [string, Transfer][] = [
  [
    'valibot',
    v.object({
      to: v.string(),
      due: v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
      ),
    }),
  ],
  ['zod', z.object({ to: z.string(), due: z.string().transform((text) => new Date(text)) })],
]
const renames = (isFree: (name: string) => Promise<boolean>): [string, Rename][] => [
  [
    'valibot',
    v.objectAsync({
      id: v.string(),
      name: v.pipeAsync(v.string(), v.checkAsync(isFree, 'is taken')),
    }),
  ],
  ['zod', z.object({ id: z.string(), name: z.string().refine(isFree, 'is taken') })],
]

function transferBy(schema: Transfer, secret: readonly 'to'[] = []) {
  const run = vi.fn()
  const action = defineAction({
    id: 'transfer',
    requirement: 300,
    schema,
    secret,
    run: (variables) => run(variables) as unknown,
    describe: ({ due }) => `Send it on ${due.toISOString()}`,
  })
  return { run, action, tab: openTab({ more: [action] }) }
}

function renameBy(schema: Rename) {
  const run = vi.fn()
  const action = defineAction({
    id: 'rename',
    requirement: 300,
    schema,
    run: (variables) => run(variables) as unknown,
    describe: ({ name }) => `Rename it to ${name}`,
  })
  return { run, action, tab: openTab({ more: [action] }) }
}

const DUE = '2027-01-15T00:00:00.000Z'

describe.each(transfers)('a schema of %s that transforms', (_, schema) => {
  test('has its input stored and shows and runs its output', async () => {
    const { run, action, tab } = transferBy(schema)
    void tab.client.requireFreshAuth()(action, { to: 'bob', due: DUE })
    await settle()
    await tab.leave()
    expect(tab.record).toMatchObject({
      actions: [{ variables: { to: 'bob', due: DUE }, label: `Send it on ${DUE}` }],
    })
    await tab.comeBack()
    await tab.confirm()
    expect(run).toHaveBeenCalledExactlyOnceWith({ to: 'bob', due: new Date(DUE) })
  })

  test('gives its input to whoever listens', async () => {
    const { action, tab } = transferBy(schema)
    void tab.client.requireFreshAuth()(action, { to: 'bob', due: DUE })
    await settle()
    await tab.leave()
    await tab.comeBack()
    const outcome = vi.fn()
    tab.client.onResumed(action, outcome)
    await tab.confirm()
    expect(outcome).toHaveBeenCalledExactlyOnceWith({ data: undefined }, { to: 'bob', due: DUE })
  })

  test('FAULTS 19: names the field that it refuses, and nobody is asked', async () => {
    const { action, tab } = transferBy(schema)
    const call = tab.client.requireFreshAuth()
    const refusal = call(action, { to: 'bob', due: 5 as never })
    await expect(refusal).rejects.toThrow(TypeError)
    await expect(refusal).rejects.toThrow(/"transfer".*: due: /)
    expect(tab.state.status).toBe('idle')
  })

  test('FAULTS 19: a field of its input that is a secret keeps it on the page', async () => {
    const { run, action, tab } = transferBy(schema, ['to'])
    const call = follow(tab.client.requireFreshAuth()(action, { to: 'bob', due: DUE }))
    await settle()
    expect(call.status).toBe('not_resumable')
    expect(call.error?.message).toContain('to must not or cannot be stored')
    expect(run).not.toHaveBeenCalled()
  })
})

test.each([
  [
    'valibot',
    v.pipe(
      v.object({ when: v.date() }),
      v.transform(({ when }) => when.toISOString()),
    ),
  ],
  ['zod', z.object({ when: z.date() }).transform(({ when }) => when.toISOString())],
] as [string, StandardSchemaV1<{ when: Date }, string>][])(
  'FAULTS 19: %s: an input that cannot be stored is named, whatever becomes of it',
  async (_, schema) => {
    const action = defineAction({
      id: 'plan',
      requirement: 300,
      schema,
      run: () => 1,
      describe: (when) => `Plan it for ${when}`,
    })
    const tab = openTab({ more: [action] })
    const call = follow(tab.client.requireFreshAuth()(action, { when: new Date(DUE) }))
    await settle()
    expect(call.status).toBe('not_resumable')
    expect(call.error?.message).toContain('variables.when')
    expect(tab.page.stored).toBeNull()
  },
)

describe('an asynchronous schema', () => {
  test.each(renames(async () => true))(
    'of %s: asked before the trip and after',
    async (_, schema) => {
      const { run, action, tab } = renameBy(schema)
      void tab.client.requireFreshAuth()(action, { id: '1', name: 'Apollo' })
      await settle()
      await tab.leave()
      await tab.comeBack()
      expect(tab.state).toMatchObject({ items: [{ label: 'Rename it to Apollo', kind: 'run' }] })
      await tab.confirm()
      expect(run).toHaveBeenCalledExactlyOnceWith({ id: '1', name: 'Apollo' })
    },
  )

  test.each(renames(async (name) => name !== 'taken'))(
    'FAULTS 19: of %s: names the field',
    async (_, schema) => {
      const { action, tab } = renameBy(schema)
      const call = tab.client.requireFreshAuth()(action, { id: '1', name: 'taken' })
      await expect(call).rejects.toThrow(/"rename".*: name: is taken/)
    },
  )

  let free = true
  test.each(renames(async () => free))(
    'FAULTS 17: of %s: what it refuses after the trip is not run, and said',
    async (_, schema) => {
      free = true
      const { run, action, tab } = renameBy(schema)
      void tab.client.requireFreshAuth()(action, { id: '1', name: 'Apollo' })
      await settle()
      await tab.leave()
      free = false
      await tab.comeBack()
      expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'not_resumable' } })
      expect(run).not.toHaveBeenCalled()
      expect(tab.page.stored).toBeNull()
    },
  )
})

test('FAULTS 43: three actions of three schemas over one trip: each runs once, and its listener is told once', async () => {
  const [first, second] = [transferBy(transfers[0]![1]), renameBy(renames(async () => true)[1]![1])]
  const tab = openTab({ more: [first.action, second.action] })
  const call = tab.client.requireFreshAuth()
  const calls = [
    follow(call(first.action, { to: 'bob', due: DUE })),
    follow(call(second.action, { id: '1', name: 'Apollo' })),
    follow(call(tab.deleteProject, { id: 'mercury' })),
  ]
  await settle()
  await tab.leave()
  await tab.comeBack()
  expect(tab.state).toMatchObject({
    status: 'confirming',
    items: [
      { label: `Send it on ${DUE}` },
      { label: 'Rename it to Apollo' },
      { label: 'Delete project mercury' },
    ],
  })
  const told: string[] = []
  const listen = <Variables>(action: Action<Variables, unknown>) =>
    tab.client.onResumed(action, (outcome) => told.push(`${action.id} ${Object.keys(outcome)[0]!}`))
  listen(first.action)
  listen(second.action)
  listen(tab.deleteProject)
  await tab.confirm()
  expect([first.run, second.run, tab.run].map((run) => run.mock.calls.length)).toEqual([1, 1, 1])
  expect(told.toSorted()).toEqual(['project.delete data', 'rename data', 'transfer data'])
  expect(calls.map(({ status }) => status)).toEqual(['open', 'open', 'open'])
})

test('FAULTS 43: of several, the one that cannot take the trip is refused, and the others take it', async () => {
  const { action } = transferBy(transfers[1]![1], ['to'])
  const tab = openTab({ more: [action] })
  const call = tab.client.requireFreshAuth()
  const tied = follow(call(action, { to: 'bob', due: DUE }))
  const free = follow(call(tab.deleteProject, { id: 'apollo' }))
  await settle()
  expect([tied.status, free.status]).toEqual(['not_resumable', 'open'])
  await tab.leave()
  expect(tab.page.stored).not.toContain('bob')
  await tab.comeBack()
  await tab.confirm()
  expect(tab.run).toHaveBeenCalledOnce()
})
