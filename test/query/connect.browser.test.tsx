import { onlineManager, useMutation } from '@tanstack/react-query'
import { render, renderHook, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { cancelStepUp, completeStepUp } from 'react-step-up/testing'
import { shouldDehydrateMutation, useStepUpMutation } from 'react-step-up/query'
import { asked, Log, setUp, written } from './page.js'
import { until } from '../patience.js'

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

  test('runs no callback of a component, which may be there for another row', async () => {
    const page = setUp()
    const { client, wrapper } = await page.comeBack()
    const onSuccess = vi.fn()
    renderHook(() => useStepUpMutation(page.deleteProject, { onSuccess }), { wrapper })
    await completeStepUp(client)
    expect(page.run).toHaveBeenCalledOnce()
    expect(onSuccess).not.toHaveBeenCalled()
  })

  test.each([
    ['throws', () => Promise.reject(new Error('the list did not load'))],
    ['never ends', () => new Promise(() => undefined)],
  ])('is done when it has run, also where a callback %s', async (_, onSuccess) => {
    const page = setUp()
    const { client, queryClient } = await page.comeBack()
    queryClient.setMutationDefaults(page.deleteProject.mutationKey, { onSuccess })
    const told = vi.fn()
    client.onResumed(page.deleteProject, told)
    client.start()
    client.attachDialog()
    await until(() => client.getState().status === 'confirming')
    await client.controls.confirm()
    expect(client.getState()).toMatchObject({ status: 'resumed', outcome: 'done' })
    expect(told.mock.calls).toEqual([[{ data: { deleted: 'apollo' } }, { id: 'apollo' }]])
  })

  test('is not run where its `onMutate` fails, and the person is told', async () => {
    const page = setUp()
    const { client, queryClient } = await page.comeBack()
    queryClient.setMutationDefaults(page.deleteProject.mutationKey, {
      onMutate: () => Promise.reject(new Error('no list')),
    })
    client.start()
    client.attachDialog()
    await until(() => client.getState().status === 'confirming')
    await client.controls.confirm()
    expect(client.getState()).toMatchObject({ status: 'resumed', outcome: 'failed' })
    expect(page.run).not.toHaveBeenCalled()
  })

  test('fails as one, is not tried again, and is told as ever', async () => {
    const page = setUp({ mutations: { retry: 3, retryDelay: 0 } })
    const { client, errors, wrapper } = await page.comeBack()
    page.run.mockRejectedValue(new TypeError('Failed to fetch'))
    render(<Log action={page.deleteProject} />, { wrapper })
    client.attachDialog()
    await until(() => client.getState().status === 'confirming')
    await client.controls.confirm()
    await mutations('error {"id":"apollo"}')
    expect(errors).toHaveBeenCalledExactlyOnceWith(new TypeError('Failed to fetch'))
    expect(client.getState()).toMatchObject({ status: 'resumed', outcome: 'failed' })
    expect(page.run).toHaveBeenCalledOnce()
  })

  test('is one that failed where it is given up or refused, so that nobody misses it', async () => {
    const page = setUp()
    const { client, errors, queryClient } = await page.comeBack()
    const onError = vi.fn()
    queryClient.setMutationDefaults(page.deleteProject.mutationKey, { onError })
    client.start()
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

test('callbacks of the app’s defaults run for a component too, where it brings none of its own', async () => {
  const page = setUp()
  const [onMutate, onError, own] = [vi.fn(() => 'before'), vi.fn(), vi.fn()]
  page.queryClient.setMutationDefaults(page.deleteProject.mutationKey, { onMutate, onError })
  const { result } = renderHook(
    () => [
      useStepUpMutation(page.deleteProject),
      useStepUpMutation(page.deleteProject, { onMutate: own }),
    ],
    { wrapper: page.wrapper },
  )
  result.current[0]?.mutate({ id: 'apollo' })
  await waitFor(() => expect(onMutate).toHaveBeenCalledOnce())
  await cancelStepUp(page.client)
  await waitFor(() => expect(onError.mock.calls[0]?.[2]).toBe('before'))
  result.current[1]?.mutate({ id: 'gemini' })
  await waitFor(() => expect(own).toHaveBeenCalledOnce())
  expect(onMutate).toHaveBeenCalledOnce()
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

describe('FAULTS 6: somebody else signs in', () => {
  const becomeBob = ({ adapter }: ReturnType<typeof setUp>) => {
    adapter.authentication = { ...adapter.authentication!, subject: 'bob' }
  }

  test('before a retry: it is not theirs to run', async () => {
    const page = setUp()
    page.adapter.age(10)
    page.run.mockImplementation(() => {
      becomeBob(page)
      throw new TypeError('Failed to fetch')
    })
    const { result } = renderHook(
      () => useStepUpMutation(page.deleteProject, { retry: 3, retryDelay: 0 }),
      { wrapper: page.wrapper },
    )
    await expect(result.current.mutateAsync({ id: 'apollo' })).rejects.toMatchObject({
      code: 'wrong_account',
    })
    expect(page.run).toHaveBeenCalledOnce()
  })

  test('while it waits for a network: it is not theirs to run', async () => {
    const page = setUp()
    page.adapter.age(10)
    onlineManager.setOnline(false)
    const { result } = renderHook(() => useStepUpMutation(page.deleteProject), {
      wrapper: page.wrapper,
    })
    await until(() => page.client.getAuthentication())
    const refused = expect(result.current.mutateAsync({ id: 'apollo' })).rejects.toMatchObject({
      code: 'wrong_account',
    })
    await waitFor(() => expect(result.current.isPaused).toBe(true))
    becomeBob(page)
    await until(() => page.client.getAuthentication()?.subject === 'bob')
    onlineManager.setOnline(true)
    await refused
    expect(page.run).not.toHaveBeenCalled()
  })
})

test.each([
  'by default',
  'by a filter of the app that lets all through',
  'by the exported filter',
  'after the app has set other defaults',
])('no action is persisted, to run once more or for somebody else from there: %s', async (how) => {
  const page = setUp()
  if (how.includes('lets all through')) {
    page.queryClient.setDefaultOptions({ dehydrate: { shouldDehydrateMutation: () => true } })
    page.connect()
  }
  if (how.includes('other defaults')) {
    const defaults = page.queryClient.getDefaultOptions()
    page.queryClient.setDefaultOptions({ ...defaults, mutations: { retry: 1 } })
  }
  onlineManager.setOnline(false)
  const { result } = renderHook(
    () =>
      [
        useStepUpMutation(page.changePin),
        useMutation({ mutationFn: (_: string) => Promise.resolve() }),
      ] as const,
    { wrapper: page.wrapper },
  )
  result.current[0].mutate({ pin: '4711' })
  result.current[1].mutate('anything else')
  await waitFor(() => expect(result.current.every(({ isPaused }) => isPaused)).toBe(true))
  const text = await written(
    page.queryClient,
    how.includes('exported') ? { shouldDehydrateMutation } : undefined,
  )
  expect(text).toContain('anything else')
  expect(text).not.toContain('4711')
})
