import { act, render, renderHook, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { FreshAuthGate, StepUpProvider, useAuthentication, useFreshness } from 'react-step-up'
import type { RequirementInput } from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { setUp, settle } from './page.js'

describe('useFreshness', () => {
  test('is loading first, and then what the clock says', async () => {
    const { client, clock } = setUp({ age: 100 })
    const seen: unknown[] = []
    function Probe() {
      seen.push(useFreshness(300))
      return null
    }
    render(
      <StepUpProvider client={client}>
        <Probe />
      </StepUpProvider>,
    )
    expect(seen).toEqual([{ fresh: false, reason: 'loading' }])
    await settle()
    expect(seen.slice(1)).toEqual([{ fresh: true, reason: null }])
    act(() => {
      clock.advance(200)
    })
    expect(seen).toHaveLength(2)
    act(() => {
      clock.advance(1)
    })
    expect(seen.slice(2)).toEqual([{ fresh: false, reason: 'stale' }])
    act(() => {
      clock.advance(3600)
    })
    expect(seen).toHaveLength(3)
  })

  test('renders nothing anew for a refresh that changes nothing', async () => {
    const { client, adapter, clock } = setUp({ age: 100 })
    let renders = 0
    function Probe() {
      useFreshness({ maxAge: 300 })
      renders++
      return null
    }
    render(
      <StepUpProvider client={client}>
        <Probe />
      </StepUpProvider>,
    )
    await settle()
    expect(renders).toBe(2)
    act(() => {
      adapter.authentication = { ...adapter.authentication!, issuedAt: clock.now().wall }
    })
    await settle()
    expect(renders).toBe(2)
  })

  test('10,000 of them share one timer, and none renders for a refresh', async () => {
    const { client, adapter, clock } = setUp({ age: 100 })
    let renders = 0
    function Probe() {
      useFreshness({ maxAge: 300 })
      renders++
      return null
    }
    render(
      <StepUpProvider client={client}>
        {Array.from({ length: 10_000 }, (_, i) => (
          <Probe key={i} />
        ))}
      </StepUpProvider>,
    )
    await settle()
    expect(renders).toBe(20_000)
    expect(clock.pending).toBe(1)
    act(() => {
      adapter.authentication = { ...adapter.authentication!, issuedAt: clock.now().wall }
    })
    await settle()
    expect(renders).toBe(20_000)
    expect(clock.pending).toBe(1)
    act(() => {
      clock.advance(201)
    })
    expect(renders).toBe(30_000)
    expect(clock.pending).toBe(0)
  })

  test('leaves no timer behind', async () => {
    const { wrapper, clock } = setUp({ age: 100 })
    const { unmount } = renderHook(() => useFreshness(300), { wrapper })
    await settle()
    expect(clock.pending).toBe(1)
    unmount()
    expect(clock.pending).toBe(0)
  })

  test('follows a requirement that changes', async () => {
    const { wrapper } = setUp({ age: 100 })
    const { result, rerender } = renderHook(({ maxAge }) => useFreshness({ maxAge }), {
      wrapper,
      initialProps: { maxAge: 300 },
    })
    await settle()
    expect(result.current.fresh).toBe(true)
    rerender({ maxAge: 60 })
    expect(result.current).toEqual({ fresh: false, reason: 'stale' })
  })

  test.each([-1, 1.5, NaN, {}, 'no such policy'])(
    'with %j throws a TypeError at render',
    (requirement) => {
      const { wrapper } = setUp()
      const error = vi.spyOn(console, 'error').mockImplementation(() => {})
      expect(() =>
        renderHook(() => useFreshness(requirement as RequirementInput), { wrapper }),
      ).toThrow(TypeError)
      error.mockRestore()
    },
  )
})

describe('useAuthentication', () => {
  test('is null before the first read, then the authentication, and null when signed out', async () => {
    const { wrapper, adapter } = setUp()
    const { result } = renderHook(() => useAuthentication(), { wrapper })
    expect(result.current).toBeNull()
    await settle()
    expect(result.current).toMatchObject({ subject: 'ada', authTime: 1_799_996_400 })
    act(() => {
      adapter.authentication = null
    })
    await settle()
    expect(result.current).toBeNull()
  })

  test('keeps its identity, and renders nothing anew, where a notice brings nothing new', async () => {
    const { client, adapter } = setUp()
    const seen = new Set<unknown>()
    let renders = 0
    function Probe() {
      seen.add(useAuthentication())
      renders++
      return null
    }
    render(
      <StepUpProvider client={client}>
        <Probe />
      </StepUpProvider>,
    )
    await settle()
    act(() => {
      adapter.authentication = { ...adapter.authentication! }
    })
    await settle()
    expect(renders).toBe(2)
    expect(seen.size).toBe(2)
  })
})

describe('FreshAuthGate', () => {
  const showGate = (page: ReturnType<typeof setUp>) => {
    page.client.attachDialog()
    const failed = vi.fn()
    render(
      <FreshAuthGate
        requirement={{ maxAge: 300 }}
        fallback={({ reason, verify }) => (
          <button onClick={() => verify().catch(failed)}>Show ({reason})</button>
        )}
      >
        <p>secret</p>
      </FreshAuthGate>,
      { wrapper: page.wrapper },
    )
    return failed
  }
  const press = async () => {
    act(() => {
      screen.getByRole('button').click()
    })
    await settle()
  }

  test('shows what is secret after a proof, and takes it away when that lapses', async () => {
    const page = setUp()
    page.offerPassword()
    showGate(page)
    expect(screen.getByText('Show (loading)')).toBeTruthy()
    await settle()
    expect(screen.getByText('Show (stale)')).toBeTruthy()
    await press()
    expect(screen.queryByText('secret')).toBeNull()
    await act(() => page.client.controls.submit({ password: FAKE_PASSWORD }))
    await settle()
    expect(screen.getByText('secret')).toBeTruthy()
    act(() => {
      page.clock.advance(301)
    })
    expect(screen.queryByText('secret')).toBeNull()
    expect(screen.getByText('Show (stale)')).toBeTruthy()
  })

  test('stays shut, without an error, when the person cancels', async () => {
    const page = setUp()
    page.offerPassword()
    const failed = showGate(page)
    await settle()
    await press()
    act(() => {
      page.client.controls.cancel()
    })
    await settle()
    expect(failed).not.toHaveBeenCalled()
    expect(screen.getByRole('button')).toBeTruthy()
  })
})
