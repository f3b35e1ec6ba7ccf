import { onlineManager, useMutation } from '@tanstack/react-query'
import {
  persistQueryClientRestore,
  persistQueryClientSave,
} from '@tanstack/react-query-persist-client'
import { render, renderHook, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { cancelStepUp, completeStepUp } from 'react-step-up/testing'
import { shouldDehydrateMutation, useStepUpMutation } from 'react-step-up/query'
import { around, asked, Log, setUp } from './page.js'

afterEach(() => {
  onlineManager.setOnline(true)
})

const mutations = (text: string) =>
  waitFor(() => expect(screen.getByLabelText('Mutations').textContent).toBe(text))

describe('an action that comes back from a trip', () => {
  test('is a mutation of the app, with the callbacks that it has for it', async () => {
    const page = setUp()
    const { client, queryClient, wrapper } = await page.comeBack()
    const onMutate = vi.fn()
    const told = vi.fn()
    queryClient.setQueryData(['projects'], ['apollo'])
    queryClient.setMutationDefaults(page.deleteProject.mutationKey, {
      onMutate,
      onSuccess: () => queryClient.invalidateQueries({ queryKey: ['projects'] }),
    })
    client.onResumed(page.deleteProject, told)
    render(<Log action={page.deleteProject} />, { wrapper })
    let finish = (_: unknown) => {}
    page.run.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)))
    const done = completeStepUp(client)
    await mutations('pending {"id":"apollo"}')
    expect(onMutate).toHaveBeenCalledOnce()
    finish({ deleted: 'apollo' })
    await done
    await mutations('success {"id":"apollo"}')
    expect(queryClient.getQueryState(['projects'])?.isInvalidated).toBe(true)
    expect(page.run).toHaveBeenCalledOnce()
    expect(page.run.mock.calls[0]?.[1].resumed).toBe(true)
    await waitFor(() =>
      expect(told).toHaveBeenCalledExactlyOnceWith(
        { data: { deleted: 'apollo' } },
        { id: 'apollo' },
      ),
    )
  })

  test('runs the callbacks of the component that is there, the last one if there are several', async () => {
    const page = setUp()
    const { client, wrapper } = await page.comeBack()
    const [first, second, gone] = [vi.fn(), vi.fn(), vi.fn()]
    renderHook(() => useStepUpMutation(page.deleteProject, { onSuccess: first }), { wrapper })
    renderHook(() => useStepUpMutation(page.deleteProject, { onSuccess: second }), { wrapper })
    renderHook(() => useStepUpMutation(page.deleteProject, { onSuccess: gone }), {
      wrapper,
    }).unmount()
    await completeStepUp(client)
    await waitFor(() => expect(second).toHaveBeenCalledOnce())
    expect([first, gone].map(({ mock }) => mock.calls.length)).toEqual([0, 0])
  })

  test('fails as one, is not tried again, and is told as ever', async () => {
    const page = setUp({ mutations: { retry: 3, retryDelay: 0 } })
    const { client, errors, wrapper } = await page.comeBack()
    page.run.mockRejectedValue(new TypeError('Failed to fetch'))
    render(<Log action={page.deleteProject} />, { wrapper })
    client.attachDialog()
    await vi.waitUntil(() => client.getState().status === 'confirming')
    await client.controls.confirm()
    await mutations('error {"id":"apollo"}')
    expect(errors).toHaveBeenCalledExactlyOnceWith(new TypeError('Failed to fetch'))
    expect(client.getState()).toMatchObject({ status: 'resumed', outcome: 'failed' })
    expect(page.run).toHaveBeenCalledOnce()
  })

  test('is one that failed where it is given up or refused, so that nobody misses it', async () => {
    const page = setUp()
    const { client, errors, wrapper } = await page.comeBack()
    const onError = vi.fn()
    renderHook(() => useStepUpMutation(page.deleteProject, { onError }), { wrapper })
    await cancelStepUp(client)
    await waitFor(() => expect(onError).toHaveBeenCalledOnce())
    expect(onError.mock.calls[0]?.slice(0, 2)).toMatchObject([
      { code: 'cancelled' },
      { id: 'apollo' },
    ])
    expect(errors).toHaveBeenCalledOnce()
    expect(page.run).not.toHaveBeenCalled()
  })

  test('waits neither for a network nor for others in its scope', async () => {
    const page = setUp()
    const { client, queryClient, wrapper } = await page.comeBack()
    queryClient.setMutationDefaults(page.deleteProject.mutationKey, { scope: { id: 'projects' } })
    const { result } = renderHook(
      () =>
        useMutation({
          mutationFn: () => new Promise(() => undefined),
          scope: { id: 'projects' },
        }),
      { wrapper },
    )
    result.current.mutate()
    onlineManager.setOnline(false)
    await completeStepUp(client)
    expect(page.run).toHaveBeenCalledOnce()
  })
})

describe('a mutation that names its action by the key alone', () => {
  test('runs through the client', async () => {
    const page = setUp()
    const { mutationKey } = page.deleteProject
    const { result } = renderHook(
      () => useMutation<unknown, Error, { id: string }>({ mutationKey }),
      {
        wrapper: page.wrapper,
      },
    )
    result.current.mutate({ id: 'apollo' })
    page.client.attachDialog()
    await asked(page.client)
    await completeStepUp(page.client)
    await waitFor(() => expect(result.current.data).toEqual({ deleted: 'apollo' }))
  })

  test('of an app that does not know it is an error that says so', async () => {
    const page = setUp()
    const { result } = renderHook(() => useMutation({ mutationKey: ['step-up', 'moon.land'] }), {
      wrapper: page.wrapper,
    })
    result.current.mutate()
    await waitFor(() => expect(result.current.error?.message).toMatch(/"moon.land".*actions/))
  })
})

describe('offline', () => {
  test('nobody is asked before there is a network, and freshness is judged then', async () => {
    const page = setUp()
    page.adapter.age(10)
    onlineManager.setOnline(false)
    const { result } = renderHook(() => useStepUpMutation(page.deleteProject), {
      wrapper: page.wrapper,
    })
    result.current.mutate({ id: 'apollo' })
    await waitFor(() => expect(result.current.isPaused).toBe(true))
    page.clock.advance(600)
    page.client.attachDialog()
    expect(page.client.getState().status).toBe('idle')
    onlineManager.setOnline(true)
    await asked(page.client)
    expect(page.run).not.toHaveBeenCalled()
    await completeStepUp(page.client)
    await waitFor(() => expect(result.current.status).toBe('success'))
  })

  test('with networkMode "always" the person is asked at once', async () => {
    const page = setUp()
    onlineManager.setOnline(false)
    const { result } = renderHook(
      () => useStepUpMutation(page.deleteProject, { networkMode: 'always' }),
      { wrapper: page.wrapper },
    )
    result.current.mutate({ id: 'apollo' })
    page.client.attachDialog()
    await asked(page.client)
    await completeStepUp(page.client)
    await waitFor(() => expect(result.current.status).toBe('success'))
  })
})

describe('persisted', () => {
  /** What a persister has written, to be read by the next page. */
  function createPersister() {
    let stored: unknown
    return {
      persistClient: (state: unknown) => void (stored = structuredClone(state)),
      restoreClient: () => stored as never,
      removeClient: () => void (stored = undefined),
      text: () => JSON.stringify(stored),
    }
  }
  // The persister brings a copy of TanStack Query of its own, so only the types differ.
  const optionsOf = (queryClient: object, persister: object) =>
    ({ queryClient, persister }) as unknown as Parameters<typeof persistQueryClientSave>[0]

  test('what waited for a network asks on the next page, and runs once', async () => {
    const page = setUp()
    const persister = createPersister()
    onlineManager.setOnline(false)
    const { result, unmount } = renderHook(() => useStepUpMutation(page.deleteProject), {
      wrapper: page.wrapper,
    })
    result.current.mutate({ id: 'apollo' })
    await waitFor(() => expect(result.current.isPaused).toBe(true))
    await persistQueryClientSave(optionsOf(page.queryClient, persister))
    unmount()

    const next = page.open()
    await persistQueryClientRestore(optionsOf(next.queryClient, persister))
    render(<Log action={page.deleteProject} />, { wrapper: around(next.client, next.queryClient) })
    next.client.attachDialog()
    onlineManager.setOnline(true)
    void next.queryClient.resumePausedMutations()
    await asked(next.client)
    await completeStepUp(next.client)
    await mutations('success {"id":"apollo"}')
    expect(page.run).toHaveBeenCalledOnce()
  })

  test.each([
    'by default',
    'by a filter of the app that lets all through',
    'by the exported filter',
  ])('an action with secret variables is not written, %s', async (how) => {
    const page = setUp()
    if (how.includes('lets all through')) {
      page.queryClient.setDefaultOptions({ dehydrate: { shouldDehydrateMutation: () => true } })
      page.connect()
    }
    const persister = createPersister()
    onlineManager.setOnline(false)
    const { result } = renderHook(
      () => [useStepUpMutation(page.changePin), useStepUpMutation(page.deleteProject)] as const,
      { wrapper: page.wrapper },
    )
    result.current[0].mutate({ pin: '4711' })
    result.current[1].mutate({ id: 'apollo' })
    await waitFor(() => expect(result.current.every(({ isPaused }) => isPaused)).toBe(true))
    await persistQueryClientSave({
      ...optionsOf(page.queryClient, persister),
      ...(how.includes('exported') && {
        dehydrateOptions: { shouldDehydrateMutation: shouldDehydrateMutation as never },
      }),
    })
    expect(persister.text()).toContain('apollo')
    expect(persister.text()).not.toContain('4711')
  })
})
