import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { cancelStepUp, completeStepUp } from 'react-step-up/testing'
import { shouldDehydrateQuery, useStepUpQuery } from 'react-step-up/query'
import { asked, challenged, setUp, written } from './page.js'
import { until } from '../patience.js'

type Page = ReturnType<typeof setUp>
const KEY = ['api-key', 'ci']

/** The API refused it. */
class Refusal extends Error {
  readonly response = challenged()
}

interface ApiKeyProps {
  readonly page: ReturnType<typeof withKey>
  readonly select?: (data: { key: string }) => { key: string }
  readonly requirement?: number
}

/** The key of an API, for those who have just proved who they are. */
function ApiKey({ page, select, requirement = 300 }: ApiKeyProps) {
  const { query, fresh, verify, error } = useStepUpQuery({
    queryKey: KEY,
    queryFn: page.fetchKey,
    requirement,
    retryDelay: 0,
    ...(select && { select }),
  })
  return (
    <>
      <output aria-label="Key">{query.data?.key}</output>
      <output aria-label="Query">
        {fresh ? 'fresh' : 'locked'} {query.status} {query.fetchStatus}
      </output>
      <output aria-label="Errors">
        {error?.code} {query.error?.message}
      </output>
      <button onClick={() => void verify()}>Show</button>
      <button onClick={() => void query.refetch()}>Refetch</button>
    </>
  )
}

/** Shows whatever is in the cache. */
function Other({ page }: ApiKeyProps) {
  const { data } = useQuery({ queryKey: KEY, queryFn: page.fetchKey, enabled: false })
  return <output aria-label="Other">{data?.key}</output>
}

function withKey(page = setUp()) {
  let count = 0
  const fetchKey = vi.fn<() => Promise<{ key: string }>>(async () => ({
    key: `secret-${String(++count)}`,
  }))
  return { ...page, fetchKey }
}

function show(page: ReturnType<typeof withKey>, others = <></>) {
  page.client.attachDialog()
  const { rerender, unmount } = render(
    <>
      <ApiKey page={page} />
      {others}
    </>,
    { wrapper: page.wrapper },
  )
  const label = (name: string, text: string) =>
    waitFor(() => expect(screen.getByLabelText(name).textContent.trim()).toBe(text))
  return {
    label,
    rerender,
    unmount,
    press: () => screen.getByRole('button', { name: 'Show' }).click(),
    cached: () => page.queryClient.getQueryData(KEY),
  }
}

const fresh = (page: Page) => page.adapter.age(10)

describe('useStepUpQuery', () => {
  test('asks nobody and nothing by itself; verify asks for the proof, and then for the data', async () => {
    const page = withKey()
    const { label, press } = show(page)
    await label('Query', 'locked pending idle')
    page.queryClient.invalidateQueries().catch(() => undefined)
    window.dispatchEvent(new Event('visibilitychange'))
    await label('Query', 'locked pending idle')
    expect(page.client.getState().status).toBe('idle')
    expect(page.fetchKey).not.toHaveBeenCalled()
    press()
    await asked(page.client)
    expect(page.fetchKey).not.toHaveBeenCalled()
    await completeStepUp(page.client)
    await label('Key', 'secret-1')
    await label('Query', 'fresh success idle')
    await until(() => page.client.getState().status === 'idle')
    expect(page.fetchKey).toHaveBeenCalledOnce()
  })

  test('when it lapses, the data is gone from the page, the cache and whoever else shows it', async () => {
    const page = withKey()
    fresh(page)
    const { label, cached } = show(page, <Other page={page} />)
    await label('Key', 'secret-1')
    await label('Other', 'secret-1')
    page.clock.advance(291)
    expect(cached()).toBeUndefined()
    await label('Key', '')
    await label('Other', '')
    await label('Query', 'locked pending idle')
    expect(page.fetchKey).toHaveBeenCalledOnce()
  })

  test('what is under way when it lapses is thrown away', async () => {
    const page = withKey()
    fresh(page)
    let answer = (_: { key: string }) => {}
    page.fetchKey.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
    const { label, cached } = show(page)
    await label('Query', 'fresh pending fetching')
    page.clock.advance(291)
    answer({ key: 'late' })
    await label('Query', 'locked pending idle')
    expect(cached()).toBeUndefined()
  })

  test('a timer that is late shows nothing that has lapsed', async () => {
    const page = withKey()
    fresh(page)
    const { label, rerender } = show(page)
    await label('Key', 'secret-1')
    page.clock.setWall(page.clock.now().wall + 3600)
    rerender(<ApiKey page={page} />)
    expect(screen.getByLabelText('Key').textContent).toBe('')
    expect(screen.getByLabelText('Query').textContent.trim()).toBe('locked pending idle')
  })

  test('it leaves the cache with its component', async () => {
    const page = withKey()
    fresh(page)
    const { label, unmount } = show(page)
    await label('Key', 'secret-1')
    unmount()
    await waitFor(() => expect(page.queryClient.getQueryCache().getAll()).toEqual([]))
  })

  test('what something else has put there is not shown, and does not outlive it', async () => {
    const page = withKey()
    fresh(page)
    page.queryClient.setQueryData(KEY, { key: 'seeded' })
    const { label, rerender, cached } = show(page, <Other page={page} />)
    await label('Key', 'secret-1')
    rerender(<Other page={page} />)
    await label('Other', '')
    expect(cached()).toBeUndefined()
  })

  test('what arrives while it is locked goes at once', async () => {
    const page = withKey()
    const { label, cached } = show(page, <Other page={page} />)
    await label('Query', 'locked pending idle')
    page.queryClient.setQueryData(KEY, { key: 'late' })
    expect(cached()).toBeUndefined()
    screen.getByRole('button', { name: 'Refetch' }).click()
    await waitFor(() => expect(page.fetchKey).toHaveBeenCalledOnce())
    await label('Query', 'locked pending idle')
    await label('Other', '')
    expect(cached()).toBeUndefined()
  })

  test('maxAge 0 never opens it: a proof for one action is none for what comes later', async () => {
    const page = withKey()
    fresh(page)
    page.client.attachDialog()
    render(
      <>
        <ApiKey page={page} requirement={0} />
        <Other page={page} />
      </>,
      { wrapper: page.wrapper },
    )
    screen.getByRole('button', { name: 'Show' }).click()
    await asked(page.client)
    page.clock.advance(5)
    await completeStepUp(page.client)
    await until(() => page.client.getState().status === 'idle')
    await waitFor(() => expect(screen.getByLabelText('Query').textContent).toMatch(/^locked/))
    expect(page.queryClient.getQueryData(KEY)).toBeUndefined()
    expect(screen.getByLabelText('Other').textContent).toBe('')
  })

  test('after a `select` that threw, somebody else does not see what it had made', async () => {
    const page = withKey()
    fresh(page)
    const select = vi.fn((data: { key: string }) => data)
    page.client.attachDialog()
    render(<ApiKey page={page} select={select} />, { wrapper: page.wrapper })
    await waitFor(() => expect(screen.getByLabelText('Key').textContent).toBe('secret-1'))
    select.mockImplementation(() => {
      throw new Error('bad')
    })
    screen.getByRole('button', { name: 'Refetch' }).click()
    await waitFor(() => expect(screen.getByLabelText('Errors').textContent).toContain('bad'))
    page.fetchKey.mockReturnValue(new Promise(() => undefined))
    page.adapter.authentication = { ...page.adapter.authentication!, subject: 'bob' }
    await waitFor(() => expect(screen.getByLabelText('Key').textContent).toBe(''))
  })

  test('the app’s own defaults for a key count', async () => {
    const page = withKey()
    fresh(page)
    page.queryClient.setQueryDefaults(['api-key'], { retry: false })
    page.fetchKey.mockRejectedValue(new Error('down'))
    const { label } = show(page)
    await label('Errors', 'down')
    expect(page.fetchKey).toHaveBeenCalledOnce()
  })

  test('whoever signs out takes it along', async () => {
    const page = withKey()
    fresh(page)
    const { label, cached } = show(page)
    await label('Key', 'secret-1')
    page.adapter.authentication = null
    await label('Key', '')
    expect(cached()).toBeUndefined()
  })

  test('somebody else who is fresh does not see it, but what is theirs', async () => {
    const page = withKey()
    fresh(page)
    const { label } = show(page)
    await label('Key', 'secret-1')
    let answer = (_: { key: string }) => {}
    page.fetchKey.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
    page.adapter.authentication = { ...page.adapter.authentication!, subject: 'bob' }
    await label('Query', 'fresh pending fetching')
    await label('Key', '')
    answer({ key: "bob's" })
    await label('Key', "bob's")
  })

  test('a new proof by the same person keeps it', async () => {
    const page = withKey()
    fresh(page)
    const { label } = show(page)
    await label('Key', 'secret-1')
    page.adapter.age(0)
    await label('Key', 'secret-1')
    expect(page.fetchKey).toHaveBeenCalledOnce()
  })

  test('where the app keeps previous data, it does not come back', async () => {
    const page = withKey(
      setUp({ queries: { placeholderData: keepPreviousData, gcTime: Infinity } }),
    )
    fresh(page)
    const { label } = show(page)
    await label('Key', 'secret-1')
    page.clock.advance(291)
    await label('Query', 'locked pending idle')
    await label('Key', '')
  })

  test('a cancel is no error; what else goes wrong is one', async () => {
    const page = withKey()
    const { label, press } = show(page)
    press()
    await asked(page.client)
    await cancelStepUp(page.client)
    await label('Errors', '')
    page.adapter.offered = []
    press()
    await asked(page.client)
    await cancelStepUp(page.client)
    await label('Errors', 'no_method')
  })

  test('an API that refuses what looks fresh: an error that is not tried again, and verify asks', async () => {
    const page = withKey()
    fresh(page)
    page.fetchKey.mockRejectedValueOnce(new Refusal('refused'))
    const { label, press } = show(page)
    await label('Errors', 'refused')
    expect(page.fetchKey).toHaveBeenCalledOnce()
    expect(page.client.getState().status).toBe('idle')
    page.fetchKey.mockRejectedValueOnce(new Refusal('refused'))
    page.clock.advance(5)
    press()
    await asked(page.client)
    await completeStepUp(page.client)
    await waitFor(() => expect(screen.getByLabelText('Key').textContent).toMatch(/^secret-/))
    await label('Errors', '')
  })

  test('any other failure is tried again as ever, and is the query’s to tell', async () => {
    const page = withKey()
    fresh(page)
    page.fetchKey.mockRejectedValue(new Error('down'))
    const { label, press } = show(page)
    await label('Errors', 'down')
    expect(page.fetchKey).toHaveBeenCalledTimes(4)
    page.fetchKey.mockResolvedValue({ key: 'up' })
    press()
    await label('Key', 'up')
    await label('Errors', '')
  })

  test.each([
    'by default',
    'by a filter that lets all through',
    'by the exported filter',
    'after the app has set other defaults',
  ])('no secret is ever persisted, %s', async (how) => {
    const page = withKey()
    fresh(page)
    if (how.includes('lets all through')) {
      page.queryClient.setDefaultOptions({ dehydrate: { shouldDehydrateQuery: () => true } })
      page.connect()
    }
    if (how.includes('other defaults')) page.queryClient.setDefaultOptions({ queries: {} })
    const { label } = show(page)
    await label('Key', 'secret-1')
    page.queryClient.setQueryData(['projects'], ['apollo'])
    const text = await written(
      page.queryClient,
      how.includes('exported') ? { shouldDehydrateQuery } : undefined,
    )
    expect(text).toContain('apollo')
    expect(text).not.toContain('secret')
  })
})
