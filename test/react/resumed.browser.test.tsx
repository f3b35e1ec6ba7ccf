import { act, render } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { useResumed } from 'react-step-up'
import { inStrictMode, setUp, settle } from './page.js'

/** Somebody is back, and asked whether the project shall still be deleted. */
async function back() {
  const page = setUp()
  const client = await page.comeBack()
  const told = vi.fn()
  function Listener({ name }: { readonly name: string }) {
    useResumed(page.deleteProject, (outcome) => {
      told(name, outcome)
    })
    return null
  }
  const { rerender } = render(<Listener name="first" />, { wrapper: inStrictMode(client) })
  await settle()
  expect(client.getState().status).toBe('confirming')
  const confirm = async () => {
    await act(() => client.controls.confirm())
    await settle()
  }
  return { ...page, client, told, Listener, rerender, confirm }
}

const DONE = { data: { deleted: 'apollo' } }

describe('useResumed', () => {
  test('two components are both told, each once, also in StrictMode', async () => {
    const { told, Listener, rerender, confirm } = await back()
    rerender(
      <>
        <Listener name="first" />
        <Listener name="second" />
      </>,
    )
    await settle()
    await confirm()
    expect(told.mock.calls).toEqual([
      ['first', DONE],
      ['second', DONE],
    ])
  })

  test('two components that come after it has ended are both told, each once', async () => {
    const { told, Listener, rerender, confirm } = await back()
    rerender(<p>away</p>)
    await confirm()
    expect(told).not.toHaveBeenCalled()
    rerender(
      <>
        <Listener name="first" />
        <Listener name="second" />
      </>,
    )
    await settle()
    expect(told.mock.calls).toEqual([
      ['first', DONE],
      ['second', DONE],
    ])
  })

  test('unmounted while it runs, it is told when it is there again, and never twice', async () => {
    const { client, run, told, Listener, rerender } = await back()
    let finish: (data: { deleted: string }) => void = () => {}
    run.mockReturnValue(new Promise((resolve) => (finish = resolve)) as never)
    const confirmed = client.controls.confirm()
    await settle()
    expect(client.getState().status).toBe('resuming')
    rerender(<p>away</p>)
    finish({ deleted: 'apollo' })
    await settle()
    await confirmed
    expect(told).not.toHaveBeenCalled()
    rerender(<Listener name="again" />)
    await settle()
    rerender(<p>away</p>)
    rerender(<Listener name="later" />)
    await settle()
    expect(told.mock.calls).toEqual([['again', DONE]])
  })

  test('with another action it is told of that one', async () => {
    const { client, deleteProject, told, rerender, confirm } = await back()
    const other = { ...deleteProject, id: 'other' }
    function Either({ action }: { readonly action: typeof deleteProject }) {
      useResumed(action, (outcome) => {
        told(action.id, outcome)
      })
      return null
    }
    rerender(<Either action={other} />)
    await confirm()
    expect(told).not.toHaveBeenCalled()
    expect(client.getState()).toMatchObject({ status: 'resumed', outcome: 'done' })
    rerender(<Either action={deleteProject} />)
    await settle()
    expect(told.mock.calls).toEqual([['project.delete', DONE]])
  })
})
