import { useMutation, useQueries } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { cancelStepUp, completeStepUp } from 'react-step-up/testing'
import { around, asked, challenged, setUp } from './page.js'
import { createQueryClient } from './recipe.js'
import { until } from '../patience.js'

/** Call sites that know nothing of any step-up, over an API that wants a sign-in of the last minute. */
function open(age: number) {
  const page = setUp()
  page.adapter.age(age)
  page.client.attachDialog()
  const api = vi.fn(async (name: string) => {
    await Promise.resolve()
    const { authTime = 0 } = page.adapter.authentication ?? {}
    if (page.clock.now().wall - authTime <= 60) return name
    throw Object.assign(new Error('401'), { response: challenged() })
  })
  const prompts = vi.fn()
  page.client.subscribe(({ type }) => {
    if (type === 'prompted') prompts()
  })
  const { result } = renderHook(
    () => ({
      queries: useQueries({
        queries: ['a', 'b', 'c'].map((name) => ({
          queryKey: [name],
          queryFn: () => api(name),
        })),
      }),
      mutation: useMutation({ mutationFn: (name: string) => api(name) }),
    }),
    { wrapper: around(page.client, createQueryClient(page.client)) },
  )
  return { ...page, api, prompts, result }
}

test.each([
  ['is known to be old', 3600],
  ['looks fresh', 100],
])('where a sign-in %s, whatever the API refuses waits for one proof', async (_, age) => {
  const page = open(age)
  const done = page.result.current.mutation.mutateAsync('d')
  await until(() => {
    const state = page.client.getState()
    return state.status === 'prompting' && state.waiting.length === 4
  })
  expect(page.result.current.mutation.status).toBe('pending')
  const before = page.prompts.mock.calls.length
  page.clock.advance(5)
  await completeStepUp(page.client)
  await expect(done).resolves.toBe('d')
  await waitFor(() =>
    expect(page.result.current.queries.map(({ data }) => data)).toEqual(['a', 'b', 'c']),
  )
  expect(page.prompts.mock.calls.length).toBe(before)
})

test('after a cancel all have their errors, and nobody is asked again', async () => {
  const page = open(3600)
  const done = expect(page.result.current.mutation.mutateAsync('d')).rejects.toMatchObject({
    code: 'cancelled',
  })
  await asked(page.client)
  await until(() => {
    const state = page.client.getState()
    return state.status === 'prompting' && state.waiting.length === 4
  })
  await cancelStepUp(page.client)
  await done
  await waitFor(() =>
    expect(page.result.current.queries.map(({ status }) => status)).toEqual([
      'error',
      'error',
      'error',
    ]),
  )
  expect(page.client.getState().status).toBe('idle')
  expect(page.api).toHaveBeenCalledTimes(4)
})
