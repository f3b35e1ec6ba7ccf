// A user's test, as it is in the README: react, its Testing Library, and the kit.
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { StrictMode, useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  defineAction,
  isStepUpError,
  StepUpProvider,
  useFreshness,
  useRequireFreshAuth,
  useResumed,
  type StandardSchemaV1,
  type StepUpClient,
} from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { cancelStepUp, completeStepUp, createTestStepUp, makeStale } from 'react-step-up/testing'

const api = { delete: vi.fn((path: string) => Promise.resolve(`${path} is gone`)) }
const schema: StandardSchemaV1<{ id: string; name: string }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => ({ value: value as { id: string; name: string } }),
  },
}
const deleteProject = defineAction({
  id: 'project.delete',
  requirement: 300,
  schema,
  run: ({ id }) => api.delete(`/projects/${id}`),
  describe: ({ name }) => `Delete project ${name}`,
})

function DeleteButton({ id, name }: { readonly id: string; readonly name: string }) {
  const requireFreshAuth = useRequireFreshAuth()
  const { fresh } = useFreshness(300)
  const [result, setResult] = useState('')
  const tell = (result: unknown) => setResult(isStepUpError(result) ? result.code : String(result))
  useResumed(deleteProject, (outcome) => tell('data' in outcome ? outcome.data : outcome.error))
  const remove = () => requireFreshAuth(deleteProject, { id, name }).then(tell, tell)
  return (
    <>
      <button onClick={remove}>Delete</button>
      <p>{fresh ? 'fresh' : 'stale'}</p>
      <output>{result}</output>
    </>
  )
}

const page = (client: StepUpClient, more?: ReactNode) => (
  <StrictMode>
    <StepUpProvider client={client}>
      <DeleteButton id="apollo" name="Apollo" />
      {more}
    </StepUpProvider>
  </StrictMode>
)

// As Testing Library has it where the runner's functions are globals: React complains of updates it
// was not told of.
const react = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
const complaints = vi.fn()
beforeEach(() => {
  react.IS_REACT_ACT_ENVIRONMENT = true
  vi.clearAllMocks()
  vi.spyOn(console, 'error').mockImplementation(complaints)
})
afterEach(() => {
  cleanup()
  expect(react.IS_REACT_ACT_ENVIRONMENT).toBe(true)
  delete react.IS_REACT_ACT_ENVIRONMENT
  expect(complaints.mock.calls).toEqual([])
})

test('asks again when stale, goes on after the password, stops on cancel', async () => {
  const { client, adapter } = createTestStepUp({ actions: [deleteProject] })
  render(<StepUpProvider client={client} children={<DeleteButton id="apollo" name="Apollo" />} />)
  await makeStale(adapter)
  fireEvent.click(screen.getByRole('button'))
  await cancelStepUp(client)
  expect(api.delete).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('button'))
  await completeStepUp(client)
  expect(api.delete).toHaveBeenCalledOnce()
})

test('the same with the prebuilt dialog on the page', async () => {
  const { client, adapter } = createTestStepUp({ actions: [deleteProject] })
  render(page(client, <StepUpDialog />))
  expect(await screen.findByText('fresh')).toBeTruthy()
  await makeStale(adapter)
  expect(screen.getByText('stale')).toBeTruthy()
  fireEvent.click(screen.getByRole('button'))
  await cancelStepUp(client)
  expect(await screen.findByText('cancelled')).toBeTruthy()
  fireEvent.click(screen.getByRole('button'))
  expect(await screen.findByRole('dialog')).toBeTruthy()
  await completeStepUp(client)
  expect(await screen.findByText('/projects/apollo is gone')).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(api.delete).toHaveBeenCalledOnce()
})

test('over a trip, with the dialog of the next page', async () => {
  const { client, adapter, comeBack } = createTestStepUp({ actions: [deleteProject] })
  adapter.offered = [adapter.trip]
  const { unmount } = render(page(client, <StepUpDialog />))
  await makeStale(adapter)
  fireEvent.click(screen.getByRole('button'))
  await completeStepUp(client)
  expect(adapter.trips).toMatchObject([{ maxAge: 270 }])
  unmount()
  const back = comeBack()
  render(page(back.client, <StepUpDialog />))
  await completeStepUp(back.client)
  expect(await screen.findByText('/projects/apollo is gone')).toBeTruthy()
  expect(api.delete).toHaveBeenCalledOnce()
})
