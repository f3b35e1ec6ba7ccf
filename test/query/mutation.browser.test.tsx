import { useMutation, useQueryClient } from '@tanstack/react-query'
import { render, renderHook, screen, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { cancelStepUp, completeStepUp } from 'react-step-up/testing'
import { isCancelled, stepUpMutationOptions, useStepUpMutation } from 'react-step-up/query'
import { asked, challenged, Log, setUp } from './page.js'
import { until } from '../patience.js'

type Page = ReturnType<typeof setUp>

/** A list that shows at once what it expects, and a button. */
function Projects({ page: { deleteProject } }: { readonly page: Page }) {
  const queryClient = useQueryClient()
  const { mutate, status, error } = useStepUpMutation(deleteProject, {
    onMutate: ({ id }) => {
      const before = queryClient.getQueryData<string[]>(['projects']) ?? []
      queryClient.setQueryData(
        ['projects'],
        before.filter((name) => name !== id),
      )
      return { before }
    },
    onError: (_error, _variables, context) => {
      queryClient.setQueryData(['projects'], context?.before)
    },
  })
  return (
    <>
      <button onClick={() => mutate({ id: 'apollo' })}>Delete</button>
      <output aria-label="Status">
        {status} {error && 'code' in error ? String(error.code) : error?.message}
      </output>
      <Log action={deleteProject} />
    </>
  )
}

function showProjects(page = setUp()) {
  page.queryClient.setQueryData(['projects'], ['apollo', 'gemini'])
  render(<Projects page={page} />, { wrapper: page.wrapper })
  const press = () => screen.getByRole('button', { name: 'Delete' }).click()
  const status = (text: string) =>
    waitFor(() => expect(screen.getByLabelText('Status').textContent.trim()).toBe(text))
  return { page, press, status, projects: () => page.queryClient.getQueryData(['projects']) }
}

describe('useStepUpMutation', () => {
  test('is pending while the person confirms, and then done', async () => {
    const { page, press, status, projects } = showProjects()
    press()
    await status('pending')
    await asked(page.client)
    expect(projects()).toEqual(['gemini'])
    expect(page.run).not.toHaveBeenCalled()
    await completeStepUp(page.client)
    await status('success')
    expect(page.run).toHaveBeenCalledOnce()
    expect(screen.getByLabelText('Mutations').textContent).toBe('success {"id":"apollo"}')
  })

  test('a cancel rolls back, and is told from what is worth a toast', async () => {
    const { page, press, status, projects } = showProjects()
    press()
    await asked(page.client)
    await cancelStepUp(page.client)
    await status('error cancelled')
    expect(projects()).toEqual(['apollo', 'gemini'])
    expect(page.run).not.toHaveBeenCalled()
    const [[error]] = page.errors.mock.calls as [[Error]]
    expect(isCancelled(error)).toBe(true)
    expect(isCancelled(new Error('cancelled'))).toBe(false)
  })

  test('where it is fresh, it runs at once and nobody is asked', async () => {
    const page = setUp()
    page.adapter.age(10)
    const { press, status } = showProjects(page)
    press()
    await status('success')
    expect(page.run).toHaveBeenCalledOnce()
  })

  test.each([
    ['of the hook', setUp, { retry: 3, retryDelay: 0 }],
    ['of the app', () => setUp({ mutations: { retry: true, retryDelay: 0 } }), {}],
  ])('a StepUpError is never tried again by the `retry` %s', async (_, open, options) => {
    const page = open()
    const { result } = renderHook(() => useStepUpMutation(page.deleteProject, options), {
      wrapper: page.wrapper,
    })
    const call = result.current.mutateAsync({ id: 'apollo' })
    const refused = expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await asked(page.client)
    await cancelStepUp(page.client)
    await refused
    expect(result.current.failureCount).toBe(1)
    expect(page.client.getState().status).toBe('idle')
  })

  test('a `retry` that is spread over the options asks nobody again', async () => {
    const page = setUp()
    const options = stepUpMutationOptions(page.client, page.deleteProject)
    const { result } = renderHook(() => useMutation({ ...options, retry: 2, retryDelay: 0 }), {
      wrapper: page.wrapper,
    })
    const prompted = vi.fn()
    page.client.subscribe(({ type }) => {
      if (type === 'prompted') prompted()
    })
    const call = result.current.mutateAsync({ id: 'apollo' })
    const refused = expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await asked(page.client)
    await cancelStepUp(page.client)
    await refused
    expect(prompted).toHaveBeenCalledOnce()
  })

  test('what failed otherwise is tried again as the same request', async () => {
    const page = setUp()
    page.adapter.age(10)
    page.run
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    const { result } = renderHook(
      () => useStepUpMutation(page.deleteProject, { retry: 2, retryDelay: 0 }),
      { wrapper: page.wrapper },
    )
    await result.current.mutateAsync({ id: 'apollo' })
    await result.current.mutateAsync({ id: 'apollo' })
    const ids = page.run.mock.calls.map(([, { requestId }]) => requestId)
    expect(new Set(ids.slice(0, 3)).size).toBe(1)
    expect(ids[3]).not.toBe(ids[0])
    expect(ids[0]).toMatch(/^\d+-\d+$/)
  })

  test('an API that refuses is answered with one proof, and asked once more', async () => {
    const page = setUp()
    page.adapter.age(10)
    page.run.mockReturnValueOnce(challenged())
    page.client.attachDialog()
    const { press, status } = showProjects(page)
    press()
    await asked(page.client)
    page.clock.advance(5)
    await completeStepUp(page.client)
    await status('success')
    expect(page.run).toHaveBeenCalledTimes(2)
  })

  test('a signal gives it up', async () => {
    const page = setUp()
    const controller = new AbortController()
    const { result } = renderHook(
      () => useStepUpMutation(page.deleteProject, { signal: controller.signal }),
      { wrapper: page.wrapper },
    )
    const call = result.current.mutateAsync({ id: 'apollo' })
    const refused = expect(call).rejects.toMatchObject({ code: 'aborted' })
    page.client.attachDialog()
    await asked(page.client)
    controller.abort()
    await refused
    expect(page.client.getState().status).toBe('idle')
  })

  test('five at once share one prompt, and each runs once', async () => {
    const page = setUp()
    const { result } = renderHook(() => useStepUpMutation(page.deleteProject), {
      wrapper: page.wrapper,
    })
    const ids = ['a', 'b', 'c', 'd', 'e']
    const calls = Promise.all(ids.map((id) => result.current.mutateAsync({ id })))
    page.client.attachDialog()
    await until(() => {
      const state = page.client.getState()
      return state.status === 'prompting' && state.waiting.length === 5
    })
    await completeStepUp(page.client)
    await expect(calls).resolves.toHaveLength(5)
    expect(page.run.mock.calls.map(([{ id }]) => id)).toEqual(ids)
  })

  test('two components with one action have a state each', async () => {
    const page = setUp()
    const useRemoval = () => useStepUpMutation(page.deleteProject)
    const { result } = renderHook(() => [useRemoval(), useRemoval()] as const, {
      wrapper: page.wrapper,
    })
    result.current[0].mutate({ id: 'apollo' })
    page.client.attachDialog()
    await asked(page.client)
    expect(result.current.map(({ status }) => status)).toEqual(['pending', 'idle'])
    await completeStepUp(page.client)
    await waitFor(() => expect(result.current[0].status).toBe('success'))
    expect(result.current[1].status).toBe('idle')
  })

  test('goes on where its component has left the page', async () => {
    const page = setUp()
    const done = vi.fn()
    const { result, unmount } = renderHook(
      () => useStepUpMutation(page.deleteProject, { onSuccess: done }),
      { wrapper: page.wrapper },
    )
    result.current.mutate({ id: 'apollo' })
    page.client.attachDialog()
    await asked(page.client)
    unmount()
    await completeStepUp(page.client)
    await waitFor(() => expect(done).toHaveBeenCalledOnce())
  })

  test('an error with a list of errors is tried again as told, as any other', async () => {
    const page = setUp()
    page.adapter.age(10)
    page.run.mockRejectedValueOnce(new AggregateError([new Error('a')], 'all replicas down'))
    const { result } = renderHook(
      () => useStepUpMutation(page.deleteProject, { retry: 1, retryDelay: 0 }),
      { wrapper: page.wrapper },
    )
    await result.current.mutateAsync({ id: 'apollo' })
    expect(page.run).toHaveBeenCalledTimes(2)
  })

  test('secret variables leave the cache with their component', async () => {
    const page = setUp()
    page.adapter.age(10)
    const { result, unmount } = renderHook(() => useStepUpMutation(page.changePin), {
      wrapper: page.wrapper,
    })
    await result.current.mutateAsync({ pin: '4711' })
    const all = () => page.queryClient.getMutationCache().getAll()
    expect(all()).toHaveLength(1)
    unmount()
    await waitFor(() => expect(all()).toHaveLength(0))
  })
})
