import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { persistQueryClientSave } from '@tanstack/react-query-persist-client'
import { render, screen, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { cancelStepUp, completeStepUp } from 'react-step-up/testing'
import { shouldDehydrateQuery, useStepUpQuery } from 'react-step-up/query'
import { asked, challenged, setUp } from './page.js'

type Page = ReturnType<typeof setUp>
const KEY = ['api-key', 'ci']

/** The API refused it. */
class Refusal extends Error {
  readonly response = challenged()
}

/** The key of an API, for those who have just proved who they are. */
function ApiKey({ page }: { readonly page: ReturnType<typeof withKey> }) {
  const { query, fresh, verify, error } = useStepUpQuery({
    queryKey: KEY,
    queryFn: page.fetchKey,
    requirement: 300,
    retryDelay: 0,
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
    </>
  )
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
    await vi.waitUntil(() => page.client.getState().status === 'idle')
    expect(page.fetchKey).toHaveBeenCalledOnce()
  })

  test('when it lapses, the data is gone from the page, the cache and whoever else shows it', async () => {
    const page = withKey()
    fresh(page)
    function Other() {
      const { data } = useQuery({ queryKey: KEY, queryFn: page.fetchKey, enabled: false })
      return <output aria-label="Other">{data?.key}</output>
    }
    const { label, cached } = show(page, <Other />)
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

  test.each(['by default', 'by a filter that lets all through', 'by the exported filter'])(
    'no secret is ever persisted, %s',
    async (how) => {
      const page = withKey()
      fresh(page)
      if (how.includes('lets all through')) {
        page.queryClient.setDefaultOptions({ dehydrate: { shouldDehydrateQuery: () => true } })
        page.connect()
      }
      const { label } = show(page)
      await label('Key', 'secret-1')
      page.queryClient.setQueryData(['projects'], ['apollo'])
      const written = vi.fn()
      await persistQueryClientSave({
        queryClient: page.queryClient as never,
        persister: {
          persistClient: written,
          restoreClient: () => undefined,
          removeClient: () => undefined,
        },
        ...(how.includes('exported') && {
          dehydrateOptions: { shouldDehydrateQuery: shouldDehydrateQuery as never },
        }),
      })
      const text = JSON.stringify(written.mock.calls)
      expect(text).toContain('apollo')
      expect(text).not.toContain('secret')
    },
  )
})
