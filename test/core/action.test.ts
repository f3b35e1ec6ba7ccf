import * as v from 'valibot'
import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { StandardSchemaV1 } from 'react-step-up'
import { createStepUpClient, defineAction } from 'react-step-up'
import { createFakeAdapter, createFakeClock, createFakeEnvironment } from 'react-step-up/testing'
import { definitionOf, parseVariables } from '../../src/core/action.js'
import { unstorable } from '../../src/core/storable.js'
import { openTab, settle } from './tab.js'

const parse = (schema: StandardSchemaV1, variables: unknown) =>
  parseVariables({ id: 'a', requirement: 300, run: () => 1, describe: () => '', schema }, variables)

describe('schemas', () => {
  test.each([
    ['valibot', v.object({ id: v.string() }) as StandardSchemaV1],
    ['zod', z.object({ id: z.string() }) as StandardSchemaV1],
  ])('of %s check variables at once', (_, schema) => {
    expect(parse(schema, { id: 'x', more: 1 })).toEqual({ id: 'x' })
    expect(() => parse(schema, { id: 3 })).toThrow(TypeError)
    expect(() => parse(schema, { id: 3 })).toThrow(/"a".*id: /)
    expect(() => parse(schema, null)).toThrow(TypeError)
  })

  test.each([
    [
      'valibot',
      v.pipeAsync(
        v.objectAsync({ id: v.string() }),
        v.checkAsync(async ({ id }) => id !== 'gone'),
      ) as StandardSchemaV1,
    ],
    [
      'zod',
      z.object({ id: z.string() }).refine(async ({ id }) => id !== 'gone') as StandardSchemaV1,
    ],
  ])('of %s may be asynchronous', async (_, schema) => {
    await expect(parse(schema, { id: 'x' })).resolves.toEqual({ id: 'x' })
    await expect(parse(schema, { id: 'gone' })).rejects.toThrow(TypeError)
  })

  test('an action without a schema takes no variables', () => {
    const definition = { id: 'a', requirement: 300, run: () => 1, describe: () => '' }
    expect(parseVariables(definition, { id: 'x' })).toBeUndefined()
  })

  test('run and describe get what the schema gives, the record what it takes', async () => {
    const run = vi.fn()
    const transfer = defineAction({
      id: 'transfer',
      requirement: 300,
      schema: z.object({ amount: z.coerce.number<string>() }),
      run: (variables) => run(variables) as unknown,
      describe: ({ amount }) => `Send ${amount.toFixed(2)}`,
    })
    const tab = openTab({ more: [transfer] })
    void tab.client.requireFreshAuth()(transfer, { amount: '30' })
    await settle()
    expect(tab.state).toMatchObject({ waiting: [{ label: 'Send 30.00' }] })
    await tab.leave()
    expect(tab.record).toMatchObject({ actions: [{ variables: { amount: '30' } }] })
    await tab.comeBack()
    await tab.confirm()
    expect(run).toHaveBeenCalledExactlyOnceWith({ amount: 30 })
  })

  test('variables that do not fit are refused before any dialog', async () => {
    const tab = openTab()
    const call = tab.client.requireFreshAuth()
    await expect(call(tab.deleteProject, { id: 3 } as never)).rejects.toThrow(TypeError)
    await settle()
    expect(tab.state.status).toBe('idle')
  })

  test('an asynchronous schema refuses them too, also where the call was given up', async () => {
    const rename = defineAction({
      id: 'rename',
      requirement: 300,
      schema: z.object({ name: z.string().refine(async () => false) }),
      run: () => 1,
      describe: () => 'Rename',
    })
    const tab = openTab({ more: [rename] })
    const call = tab.client.requireFreshAuth()
    await expect(call(rename, { name: 'x' })).rejects.toThrow(TypeError)
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const signal = AbortSignal.abort()
    await expect(call(rename, { name: 'x' }, { signal })).rejects.toMatchObject({ code: 'aborted' })
    await settle()
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

describe('what can be stored', () => {
  const cyclic: Record<string, unknown> = {}
  cyclic.self = cyclic
  const at = <T>(value: T) => ({ deep: [{ value }] })

  test.each([
    ['a function', () => 1],
    ['a File', new File([], 'a.txt')],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['a BigInt', 1n],
    ['a symbol', Symbol('a')],
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['an undefined in a list', [undefined]],
    ['a hole in a list', [1, , 2]],
    ['half a character', 'a\ud800'],
    ['bytes', new Uint8Array(2)],
  ])('FAULTS 19: not %s, and the path to it is told', (_, value) => {
    expect(unstorable(at(value))).toMatch(/^variables\.deep\.0\.value/)
  })

  test('FAULTS 19: not what holds itself', () => {
    expect(unstorable(cyclic)).toBe('variables.self')
  })

  test.each(['__proto__', 'constructor', 'prototype'])(
    'FAULTS 19: not a member named %s, which no record gives back',
    (key) => {
      expect(unstorable(JSON.parse(`{"a":{"${key}":1}}`))).toBe(`variables.a.${key}`)
    },
  )

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['plain data', { a: [1, 'x', true, null, { b: -1.5 }], c: undefined, d: '😀' }],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['the same object twice', ((same: object) => ({ a: same, b: same }))({ c: 1 })],
  ])('FAULTS 19: %s can', (_, value) => {
    expect(unstorable(value)).toBeNull()
  })
})

describe('secrets', () => {
  const changePassword = () => {
    const run = vi.fn()
    return {
      run,
      action: defineAction({
        id: 'password.change',
        requirement: 300,
        secret: ['password'],
        schema: v.object({ user: v.string(), password: v.optional(v.string()) }),
        run: (variables) => run(variables) as unknown,
        describe: ({ user }) => `Change the password of ${user}`,
      }),
    }
  }

  test('FAULTS 19: an action that holds one cannot leave, and says so before the dialog', async () => {
    const { action, run } = changePassword()
    const tab = openTab({ more: [action] })
    const call = tab.client.requireFreshAuth()
    await expect(call(action, { user: 'ada', password: 'hunter2' })).rejects.toMatchObject({
      code: 'not_resumable',
      message: expect.stringMatching(/password/) as string,
    })
    expect(tab.state.status).toBe('idle')
    expect(tab.page.stored).toBeNull()
    expect(run).not.toHaveBeenCalled()
  })

  test('FAULTS 19: the same action without its secret can', async () => {
    const { action } = changePassword()
    const tab = openTab({ more: [action] })
    void tab.client.requireFreshAuth()(action, { user: 'ada' })
    await settle()
    await tab.leave()
    expect(tab.state.status).toBe('leaving')
  })

  test('FAULTS 19: in the page, it runs with its secret, and nothing of it is stored', async () => {
    const { action, run } = changePassword()
    const tab = openTab({ more: [action] })
    tab.offerPassword()
    const write = vi.spyOn(tab.page.storage, 'write')
    void tab.client.requireFreshAuth()(action, { user: 'ada', password: 'hunter2' })
    await settle()
    await tab.submit()
    expect(run).toHaveBeenCalledExactlyOnceWith({ user: 'ada', password: 'hunter2' })
    expect(write).not.toHaveBeenCalled()
  })

  test('FAULTS 19: one that its schema renames is a secret by its old name too', async () => {
    const action = defineAction({
      id: 'password.change',
      requirement: 300,
      secret: ['password'],
      schema: v.pipe(
        v.object({ pw: v.string() }),
        v.transform(({ pw }) => ({ password: pw })),
      ),
      run: () => 1,
      describe: () => 'Change the password',
    })
    const tab = openTab({ more: [action] })
    const call = tab.client.requireFreshAuth()
    await expect(call(action, { pw: 'hunter2' })).rejects.toMatchObject({ code: 'not_resumable' })
  })

  test('FAULTS 19: one that comes while the page is leaving does not get into the record', async () => {
    const { action } = changePassword()
    const tab = openTab({ more: [action] })
    await tab.press()
    await tab.leave()
    const call = tab.client.requireFreshAuth()
    await expect(call(action, { user: 'ada', password: 'hunter2' })).rejects.toMatchObject({
      code: 'not_resumable',
    })
    expect(tab.page.stored).toContain('apollo')
    expect(tab.page.stored).not.toContain('hunter2')
  })

  test('FAULTS 19: what the person types is in no event and no state', async () => {
    const tab = openTab()
    tab.offerPassword()
    const seen: string[] = []
    tab.client.subscribe((event) => seen.push(JSON.stringify([event, tab.state])))
    await tab.press()
    await tab.submit('wrong horse')
    await tab.submit()
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.join()).not.toContain('horse')
  })
})

describe('misuse', () => {
  const good = { id: 'a', requirement: 300, run: () => 1, describe: () => '' }

  test.each([
    ['without an id', { ...good, id: '' }],
    ['without run', { ...good, run: undefined }],
    ['without describe', { ...good, describe: 'Delete' }],
    ['without a requirement', { ...good, requirement: undefined }],
    ['with an insane requirement', { ...good, requirement: -1 }],
    ['with an empty requirement', { ...good, requirement: {} }],
  ])('an action %s is a TypeError', (_, options) => {
    expect(() => defineAction(options as never)).toThrow(TypeError)
  })

  const clock = createFakeClock()
  const create = (options: object) => () =>
    createStepUpClient({
      adapter: createFakeAdapter({ clock }),
      environment: createFakeEnvironment({ clock }),
      ...options,
    })

  test.each([
    [
      'an action that names no policy',
      { actions: [defineAction({ ...good, requirement: 'no' as never })] },
    ],
    ['two actions of one id', { actions: [defineAction(good), defineAction(good)] }],
    ['what defineAction did not make', { actions: [{ id: 'a', describe: () => '' }] }],
    ['an insane policy', { policies: { a: 1.5 } }],
  ])('a client with %s is a TypeError', (_, options) => {
    expect(create(options)).toThrow(TypeError)
  })

  test('a copy of an action is none', () => {
    expect(definitionOf({ ...defineAction(good) })).toBeUndefined()
  })
})
