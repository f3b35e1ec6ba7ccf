import { act, render, renderHook, screen } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import type { RequireFreshAuth } from 'react-step-up'
import {
  StepUpProvider,
  useAuthentication,
  useFreshness,
  useRequireFreshAuth,
  useResumed,
  useStepUp,
} from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { inStrictMode, setUp, settle } from './page.js'

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code,
  )

describe('useRequireFreshAuth', () => {
  test('keeps its identity with an inline requirement', async () => {
    const { wrapper } = setUp()
    const { result, rerender } = renderHook(
      ({ maxAge }) => useRequireFreshAuth({ maxAge, acrValues: ['mfa'] }),
      { wrapper, initialProps: { maxAge: 300 } },
    )
    const first = result.current
    await settle()
    rerender({ maxAge: 300 })
    expect(result.current).toBe(first)
    rerender({ maxAge: 60 })
    expect(result.current).not.toBe(first)
  })

  test('FAULTS 39: unmounting aborts functions that wait, and actions go on', async () => {
    const page = setUp()
    page.offerPassword()
    page.client.attachDialog()
    page.client.start()
    const { result, unmount } = renderHook(() => useRequireFreshAuth(300), {
      wrapper: page.wrapper,
    })
    await settle()
    const ran = vi.fn()
    const closure = codeOf(result.current(ran))
    const action = codeOf(result.current(page.deleteProject, { id: 'apollo' }))
    await settle()
    expect(page.client.getState()).toMatchObject({ waiting: { length: 2 } })
    unmount()
    await settle()
    await expect(closure).resolves.toBe('aborted')
    expect(page.client.getState()).toMatchObject({ waiting: { length: 1 } })
    await page.client.controls.submit({ password: FAKE_PASSWORD })
    await expect(action).resolves.toBe('done')
    expect(page.run).toHaveBeenCalledOnce()
    expect(ran).not.toHaveBeenCalled()
  })

  test('a function called after unmounting is aborted, without a dialog', async () => {
    const page = setUp()
    page.client.attachDialog()
    const { result, unmount } = renderHook(() => useRequireFreshAuth(300), {
      wrapper: page.wrapper,
    })
    await settle()
    unmount()
    await expect(codeOf(result.current(() => 1))).resolves.toBe('aborted')
  })

  test('StrictMode’s second effect aborts nothing', async () => {
    const page = setUp({ age: 10 })
    const { result } = renderHook(() => useRequireFreshAuth(300), { wrapper: page.wrapper })
    await settle()
    await expect(result.current(() => 'ran')).resolves.toBe('ran')
  })

  test('given the event of a click it throws a TypeError that says what to write', async () => {
    const page = setUp()
    const thrown: unknown[] = []
    function Delete() {
      const requireFreshAuth = useRequireFreshAuth(300)
      const misused: (event: unknown) => void = requireFreshAuth
      return (
        <button
          onClick={(event) => {
            try {
              misused(event)
            } catch (error) {
              thrown.push(error)
            }
          }}
        >
          Delete
        </button>
      )
    }
    render(<Delete />, { wrapper: page.wrapper })
    await settle()
    act(() => {
      screen.getByRole('button').click()
    })
    expect(thrown).toEqual([expect.any(TypeError)])
    expect(String(thrown[0])).toContain('onClick={() => requireFreshAuth(')
  })

  test('a malformed requirement shows at render, not at the first click', () => {
    const { wrapper } = setUp()
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => renderHook(() => useRequireFreshAuth(-1), { wrapper })).toThrow(TypeError)
    error.mockRestore()
  })
})

describe('outside of the provider', () => {
  const { deleteProject } = setUp()
  test.each([
    ['useAuthentication', () => useAuthentication()],
    ['useFreshness', () => useFreshness(300)],
    ['useRequireFreshAuth', () => useRequireFreshAuth(300)],
    ['useStepUp', () => useStepUp()],
    ['useResumed', () => useResumed(deleteProject, () => {})],
  ] as [string, () => unknown][])('%s throws a TypeError that names the provider', (name, hook) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => renderHook(hook)).toThrow(TypeError)
    expect(() => renderHook(hook)).toThrow(new RegExp(`${name} .*<StepUpProvider`, 's'))
    error.mockRestore()
  })
})

describe('useStepUp', () => {
  function Dialog() {
    const { state, submit, cancel } = useStepUp()
    if (state.status !== 'prompting') return <p>{state.status}</p>
    return (
      <div role="dialog">
        <p>{state.waiting[0].label}</p>
        <p>{state.error?.code}</p>
        <button onClick={() => submit({ password: FAKE_PASSWORD })}>Confirm</button>
        <button onClick={cancel}>Cancel</button>
      </div>
    )
  }
  const start = (onReady: (requireFreshAuth: RequireFreshAuth) => void) =>
    function Starter() {
      onReady(useRequireFreshAuth())
      return null
    }

  test('is enough for a dialog of one’s own', async () => {
    const page = setUp()
    page.offerPassword()
    let requireFreshAuth: RequireFreshAuth | undefined
    const Starter = start((ready) => (requireFreshAuth = ready))
    render(
      <>
        <Starter />
        <Dialog />
      </>,
      { wrapper: page.wrapper },
    )
    await settle()
    const call = codeOf(requireFreshAuth!(page.deleteProject, { id: 'apollo' }))
    await settle()
    expect(screen.getByRole('dialog').textContent).toContain('Delete apollo')
    act(() => {
      screen.getByText('Confirm').click()
    })
    await settle()
    expect(screen.queryByRole('dialog')).toBeNull()
    await expect(call).resolves.toBe('done')
  })

  test('FAULTS 46: a page without it is a page without a dialog', async () => {
    const page = setUp()
    let requireFreshAuth: RequireFreshAuth | undefined
    const Starter = start((ready) => (requireFreshAuth = ready))
    function App() {
      const [shown, setShown] = useState(true)
      return (
        <>
          <Starter />
          {shown && <Dialog />}
          <button onClick={() => setShown(false)}>Hide</button>
        </>
      )
    }
    render(<App />, { wrapper: page.wrapper })
    await settle()
    act(() => {
      screen.getByText('Hide').click()
    })
    const call = codeOf(requireFreshAuth!(page.deleteProject, { id: 'apollo' }))
    await settle()
    page.clock.advance(0)
    await expect(call).resolves.toBe('no_dialog')
  })

  test('keeps its identity while the state does', async () => {
    const page = setUp()
    const { result, rerender } = renderHook(() => useStepUp(), { wrapper: page.wrapper })
    await settle()
    const first = result.current
    rerender()
    expect(result.current).toBe(first)
  })
})

describe('coming back', () => {
  test('FAULTS 11: StrictMode’s double effects take up the trip once and run it once', async () => {
    const page = setUp({ resume: 'auto' })
    const back = await page.comeBack()
    const outcome = vi.fn()
    renderHook(() => useResumed(page.deleteProject, outcome), { wrapper: inStrictMode(back) })
    await settle()
    expect(page.adapter.completed).toBe(1)
    expect(page.run).toHaveBeenCalledOnce()
    expect(outcome).toHaveBeenCalledExactlyOnceWith(
      { data: { deleted: 'apollo' } },
      { id: 'apollo' },
    )
  })

  test('FAULTS 11: a provider that is mounted again goes on where it was', async () => {
    const page = setUp()
    const back = await page.comeBack()
    const first = renderHook(() => useStepUp().state, { wrapper: inStrictMode(back) })
    await settle()
    expect(first.result.current.status).toBe('confirming')
    first.unmount()
    const second = renderHook(() => useStepUp(), { wrapper: inStrictMode(back) })
    await settle()
    expect(page.adapter.completed).toBe(1)
    await act(() => second.result.current.confirm())
    await settle()
    expect(page.run).toHaveBeenCalledOnce()
  })

  test('useResumed gets an outcome that ended before it was there, once, by its latest handler', async () => {
    const page = setUp({ resume: 'auto' })
    const back = await page.comeBack()
    const shell = render(<p>shell</p>, { wrapper: inStrictMode(back) })
    await settle()
    expect(page.run).toHaveBeenCalledOnce()
    const handlers = [vi.fn(), vi.fn()]
    function Toasts({ which }: { readonly which: number }) {
      useResumed(page.deleteProject, handlers[which]!)
      return null
    }
    shell.rerender(<Toasts which={0} />)
    shell.rerender(<Toasts which={1} />)
    await settle()
    shell.rerender(<Toasts which={0} />)
    await settle()
    expect(handlers[0]).not.toHaveBeenCalled()
    expect(handlers[1]).toHaveBeenCalledOnce()
  })

  test('useResumed tells a refusal too', async () => {
    const page = setUp()
    const back = await page.comeBack()
    const outcome = vi.fn()
    renderHook(() => useResumed(page.deleteProject, outcome), { wrapper: inStrictMode(back) })
    await settle()
    act(() => {
      back.controls.cancel()
    })
    expect(outcome.mock.lastCall?.[0]).toMatchObject({ error: { code: 'cancelled' } })
  })
})

describe('on a server', () => {
  function App() {
    const { fresh, reason } = useFreshness(300)
    const authentication = useAuthentication()
    useRequireFreshAuth(300)
    const { state } = useStepUp()
    return (
      <p>
        {String(fresh)} {reason ?? 'none'} {authentication?.subject ?? 'nobody'} {state.status}
      </p>
    )
  }

  test('nothing is known and nothing fails; the page says the same, without a warning', async () => {
    const page = setUp({ age: 10 })
    const app = (
      <StrictMode>
        <StepUpProvider client={page.client}>
          <App />
        </StepUpProvider>
      </StrictMode>
    )
    const html = renderToString(app)
    expect(html.replaceAll('<!-- -->', '')).toBe('<p>false loading nobody idle</p>')
    expect(page.clock.pending).toBe(0)

    const error = vi.spyOn(console, 'error')
    const recovered = vi.fn()
    const root = document.createElement('div')
    root.innerHTML = html
    const hydrated = await act(() => hydrateRoot(root, app, { onRecoverableError: recovered }))
    await settle()
    expect(root.textContent).toBe('true none ada idle')
    expect(error).not.toHaveBeenCalled()
    expect(recovered).not.toHaveBeenCalled()
    act(() => {
      hydrated.unmount()
    })
    error.mockRestore()
  })

  test('a client that already knows more still hydrates to what the server said', async () => {
    const page = setUp({ age: 10 })
    const html = renderToString(
      <StepUpProvider client={page.open()}>
        <App />
      </StepUpProvider>,
    )
    page.client.start()
    await settle()
    expect(page.client.getFreshness(300).fresh).toBe(true)
    const recovered = vi.fn()
    const root = document.createElement('div')
    root.innerHTML = html
    const hydrated = await act(() =>
      hydrateRoot(
        root,
        <StepUpProvider client={page.client}>
          <App />
        </StepUpProvider>,
        { onRecoverableError: recovered },
      ),
    )
    await settle()
    expect(root.textContent).toBe('true none ada idle')
    expect(recovered).not.toHaveBeenCalled()
    act(() => {
      hydrated.unmount()
    })
  })
})
