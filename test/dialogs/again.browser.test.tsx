// What is asked more than once, or by more than one dialog.
import { render, screen, waitFor } from '@testing-library/react'
import { StepUpProvider } from 'react-step-up'
import { MagicCodeDialog, PasswordDialog } from 'react-step-up/dialogs'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, test } from 'vitest'
import { createScene } from '../../stories/scene.js'
import { dialog, gone, keys, open, press, startClean } from './page.js'

startClean()

const ASK = "Confirm that it's you"
const field = () => screen.getByLabelText<HTMLInputElement>('Password')

test('FAULTS 50: a password that was accepted is not typed for the next proof', async () => {
  const scene = createScene({ requirement: 0, methods: ({ password }) => [password] })
  open(scene, { press: ['project', 'member'] })
  await press('Delete project')
  await dialog(ASK)
  field().focus()
  await keys(`${FAKE_PASSWORD}{Enter}`)
  await waitFor(() => expect(scene.ran).toHaveLength(1))
  scene.environment.clock.advance(2)
  await dialog(ASK)
  expect(field().value).toBe('')
  expect(document.activeElement).toBe(field())
})

test('of two dialogs on one page one asks, and neither fights the other', async () => {
  const scene = createScene({ methods: ({ password, code }) => [password, code] })
  const events: string[] = []
  scene.client.subscribe(({ type }) => events.push(type))
  render(
    <StepUpProvider client={scene.client}>
      <button onClick={() => void scene.press(scene.client, 'project')}>Remove</button>
      <MagicCodeDialog />
      <PasswordDialog />
    </StepUpProvider>,
  )
  await press('Remove')
  await dialog(ASK)
  expect(screen.getAllByRole('dialog')).toHaveLength(1)
  await waitFor(() => expect(document.activeElement).toBe(field()))
  await keys(`${FAKE_PASSWORD}{Enter}`)
  await waitFor(() => expect(scene.ran).toHaveLength(1))
  await gone()
  expect(events.filter((type) => type === 'chosen').length).toBeLessThan(2)
})

test('after a success nothing says that it was cancelled', async () => {
  const scene = createScene({ methods: ({ password }) => [password] })
  open(scene)
  await press('Delete project')
  await dialog(ASK)
  await press('Cancel')
  await gone()
  await waitFor(() => expect(screen.getByText('Cancelled. Nothing was done.')).toBeTruthy())
  await press('Delete project')
  await dialog(ASK)
  field().focus()
  await keys(`${FAKE_PASSWORD}{Enter}`)
  await waitFor(() => expect(scene.ran).toHaveLength(1))
  await gone()
  expect(screen.queryByText('Cancelled. Nothing was done.')).toBeNull()
})
