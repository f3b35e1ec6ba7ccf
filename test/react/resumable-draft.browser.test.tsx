import { act, render, renderHook, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import type { StepUpClient } from 'react-step-up'
import { StepUpProvider, useResumableDraft } from 'react-step-up'
import { createDrafts } from '../../src/core/draft.js'
import { inStrictMode, setUp, settle } from './page.js'

/** What each render of the form has shown. */
const seen: string[] = []

function Form({ onSave = () => {} }: { readonly onSave?: () => unknown }) {
  const [draft, setDraft] = useResumableDraft(
    'project.rename',
    { title: '', password: '', file: null as File | null },
    { secret: ['password'] },
  )
  seen.push(draft.title)
  const change = (name: string) => (event: { target: HTMLInputElement }) =>
    setDraft((before) => ({ ...before, [name]: event.target.files?.[0] ?? event.target.value }))
  return (
    <form>
      <input aria-label="Title" value={draft.title} onChange={change('title')} />
      <input aria-label="Password" value={draft.password} onChange={change('password')} />
      <input aria-label="File" type="file" onChange={change('file')} />
      <button type="button" onClick={onSave}>
        Save
      </button>
    </form>
  )
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)

function show(client: StepUpClient, form = <Form />) {
  seen.length = 0
  return render(form, { wrapper: inStrictMode(client) })
}

/** Something typed, and on the way to the provider. */
async function leave() {
  const page = setUp()
  page.client.attachDialog()
  const save = () => page.client.requireFreshAuth()(page.deleteProject, { id: 'apollo' })
  const { unmount } = show(page.client, <Form onSave={() => save().catch(() => {})} />)
  await settle()
  await userEvent.type(field('Title'), 'Apollo 11')
  await userEvent.type(field('Password'), 'hunter2')
  await userEvent.click(screen.getByRole('button'))
  await settle()
  page.client.controls.leave('tab')
  await settle()
  unmount()
  page.clock.advance(5)
  return page
}

async function comeBack(change?: { subject: string }) {
  const page = await leave()
  page.adapter.signInAtProvider(change)
  const next = page.environment.reload(page.adapter.returnUrl())
  return { ...page, next, client: page.open(next) }
}

describe('useResumableDraft', () => {
  test('is state like any other: its value, its updates, a function for the first', async () => {
    const { wrapper } = setUp()
    const initial = vi.fn(() => ['a'])
    const { result, rerender } = renderHook(() => useResumableDraft('list', initial), { wrapper })
    const [value, setDraft] = result.current
    rerender()
    expect(result.current).toEqual([['a'], setDraft])
    expect(result.current[0]).toBe(value)
    act(() => {
      setDraft((before) => [...before, 'b'])
      setDraft((before) => [...before, 'c'])
    })
    expect(result.current[0]).toEqual(['a', 'b', 'c'])
    act(() => {
      setDraft([])
    })
    expect(result.current[0]).toEqual([])
  })

  test('FAULTS 39: unmounted, it begins anew', async () => {
    const { wrapper } = setUp()
    const first = renderHook(() => useResumableDraft('text', ''), { wrapper })
    act(() => {
      first.result.current[1]('typed')
    })
    first.unmount()
    await settle()
    const second = renderHook(() => useResumableDraft('text', ''), { wrapper })
    expect(second.result.current[0]).toBe('')
  })

  test('with another key it is another draft', async () => {
    const { wrapper } = setUp()
    const { result, rerender } = renderHook(({ id }) => useResumableDraft(id, ''), {
      wrapper,
      initialProps: { id: 'a' },
    })
    act(() => {
      result.current[1]('typed')
    })
    rerender({ id: 'b' })
    expect(result.current[0]).toBe('')
  })

  test('two components with one key share it', async () => {
    const { wrapper: Wrapper } = setUp()
    function Field({ name }: { readonly name: string }) {
      const [text, setText] = useResumableDraft('shared', '')
      return (
        <input aria-label={name} value={text} onChange={({ target }) => setText(target.value)} />
      )
    }
    render(
      <Wrapper>
        <Field name="One" />
        <Field name="Two" />
      </Wrapper>,
    )
    await userEvent.type(field('One'), 'typed')
    expect(field('Two').value).toBe('typed')
  })

  test('after a trip the first render has it, and every render after; secrets are empty', async () => {
    const { client } = await comeBack()
    show(client)
    expect(field('Title').value).toBe('Apollo 11')
    await settle()
    expect(client.getState().status).toBe('confirming')
    expect(new Set(seen)).toEqual(new Set(['Apollo 11']))
    expect(field('Password').value).toBe('')
    await userEvent.type(field('Title'), '!')
    expect(field('Title').value).toBe('Apollo 11!')
  })

  test('a form that an SDK takes off the page while it finishes has it again', async () => {
    const { client } = await comeBack()
    const { rerender } = show(client)
    rerender(<p>One moment…</p>)
    await settle()
    rerender(<Form />)
    expect(field('Title').value).toBe('Apollo 11')
    expect(new Set(seen)).toEqual(new Set(['Apollo 11']))
  })

  test('FAULTS 6: another person never sees it once the page knows them', async () => {
    const { client } = await comeBack({ subject: 'bob' })
    const drafts = client.lendDrafts(createDrafts)
    const sides: unknown[] = []
    show(client)
    client.subscribeAuthentication(() => {
      sides.push([client.getAuthentication()?.subject, drafts.read('project.rename')])
    })
    await settle()
    expect(client.getState()).toMatchObject({ status: 'failed', error: { code: 'wrong_account' } })
    expect(sides.at(-1)).toEqual(['bob', undefined])
    expect(field('Title').value).toBe('')
    expect(seen.at(-1)).toBe('')
  })

  test('FAULTS 19: a file in it is refused before the dialog shows, by name', async () => {
    const page = setUp()
    page.client.attachDialog()
    const refused = vi.fn()
    const save = page.client.requireFreshAuth(300)
    show(page.client, <Form onSave={() => save(() => 1).catch(refused)} />)
    await settle()
    await userEvent.upload(field('File'), new File(['x'], 'plan.txt'))
    await userEvent.click(screen.getByRole('button'))
    await settle()
    expect(refused.mock.lastCall?.[0]).toMatchObject({
      code: 'not_resumable',
      message: expect.stringContaining('draft.project.rename.file') as string,
    })
    expect(page.client.getState().status).toBe('idle')
    expect(page.environment.stored).toBeNull()
  })

  test('FAULTS 19: a secret is not stored', async () => {
    const page = await leave()
    expect(page.environment.stored).toContain('Apollo 11')
    expect(page.environment.stored).not.toContain('hunter2')
  })

  test('FAULTS 18: where its shape is another, the form begins anew', async () => {
    const page = await leave()
    const record = JSON.parse(page.environment.stored ?? '') as { draft: object }
    record.draft = { 'project.rename': ['no', 'object'] }
    page.environment.stored = JSON.stringify(record)
    page.adapter.signInAtProvider()
    show(page.open(page.environment.reload(page.adapter.returnUrl())))
    await settle()
    expect(field('Title').value).toBe('')
  })

  test('what a server rendered is hydrated as it was, and filled right after, without a warning', async () => {
    const page = setUp()
    const html = renderToString(
      <StepUpProvider client={page.client}>
        <Form />
      </StepUpProvider>,
    )
    const { client } = await comeBack()
    const error = vi.spyOn(console, 'error')
    const recovered = vi.fn()
    const root = document.createElement('div')
    root.innerHTML = html
    document.body.append(root)
    seen.length = 0
    const hydrated = await act(() =>
      hydrateRoot(
        root,
        <StrictMode>
          <StepUpProvider client={client}>
            <Form />
          </StepUpProvider>
        </StrictMode>,
        { onRecoverableError: recovered },
      ),
    )
    expect(seen[0]).toBe('')
    expect(field('Title').value).toBe('Apollo 11')
    await settle()
    expect(error).not.toHaveBeenCalled()
    expect(recovered).not.toHaveBeenCalled()
    act(() => {
      hydrated.unmount()
    })
    root.remove()
    error.mockRestore()
  })
})
