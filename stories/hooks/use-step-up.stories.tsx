import type { Meta, StoryObj } from '@storybook/react-vite'
import { useEffect, useId, useRef, useState } from 'react'
import { useRequireFreshAuth, useStepUp } from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor } from 'storybook/test'
import { Frame, signedIn, stepUpOf } from './hook-story.js'

/** A dialog of one's own, for people who have a password: nothing of react-step-up/dialogs is loaded. */
function OwnDialog() {
  const { state, submit, cancel } = useStepUp()
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const asks = state.status === 'prompting' || state.status === 'verifying'
  useEffect(() => {
    if (asks) ref.current?.showModal()
    else ref.current?.close()
  }, [asks])
  const error = state.status === 'prompting' ? state.error : null
  const waiting = asks ? state.waiting : []
  return (
    <dialog ref={ref} className="own-dialog hook" aria-labelledby={id} onCancel={() => cancel()}>
      <h2 id={id}>Who goes there?</h2>
      <p>{waiting.map(({ label }) => label ?? 'What you just pressed').join(', ')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const password = new FormData(event.currentTarget).get('password')
          if (typeof password === 'string') void submit({ password })
        }}
      >
        <label>
          Your password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {error && <p role="alert">No: {error.code}</p>}
        <button type="submit" aria-disabled={state.status === 'verifying' || undefined}>
          It is me
        </button>
        <button type="button" onClick={() => cancel()}>
          Never mind
        </button>
      </form>
    </dialog>
  )
}

function Page() {
  const requireFreshAuth = useRequireFreshAuth(300)
  const [result, setResult] = useState('Nothing yet')
  const onClick = async () => {
    try {
      await requireFreshAuth(() => setResult('Rotated'))
    } catch {
      setResult('Left as it was')
    }
  }
  return (
    <>
      <button type="button" onClick={() => void onClick()}>
        Rotate the key
      </button>
      <output>{result}</output>
    </>
  )
}

const meta = {
  title: 'Hooks/useStepUp',
  loaders: [
    () => {
      const stepUp = signedIn(3600)
      stepUp.adapter.offered = [stepUp.adapter.password]
      return { stepUp }
    },
  ],
  render: (_, { loaded }) => (
    <Frame stepUp={stepUpOf({ loaded })} title="A dialog of your own" dialog={<OwnDialog />}>
      <Page />
    </Frame>
  ),
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

export const OwnForm: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Rotate the key' }))
    await canvas.findByRole('dialog', { name: 'Who goes there?' })
    const field = canvas.getByLabelText('Your password')
    await userEvent.type(field, 'wrong{Enter}')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('No: invalid_credentials')
    await userEvent.clear(field)
    await userEvent.type(field, `${FAKE_PASSWORD}{Enter}`)
    await expect(await canvas.findByText('Rotated')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
  },
}

export const NeverMind: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Rotate the key' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Never mind' }))
    await expect(await canvas.findByText('Left as it was')).toBeVisible()
  },
}
