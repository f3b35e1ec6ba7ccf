import type { Meta, StoryObj } from '@storybook/react-vite'
import { useRequireFreshAuth, useResumableDraft } from 'react-step-up'
import { expect } from 'storybook/test'
import { signedIn, stepUpOf } from './hook-story.js'
import { Travels } from './travels.js'

const empty = { title: '', token: '' }

function Rename() {
  // What is secret does not travel: after a trip it is empty again.
  const [draft, setDraft] = useResumableDraft('project.rename', empty, { secret: ['token'] })
  const requireFreshAuth = useRequireFreshAuth(300)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void requireFreshAuth(() => setDraft(empty)).catch(() => {})
      }}
    >
      <label>
        New name
        <input
          value={draft.title}
          onChange={({ target }) => setDraft({ ...draft, title: target.value })}
        />
      </label>
      <label>
        Deploy token
        <input
          type="password"
          autoComplete="off"
          value={draft.token}
          onChange={({ target }) => setDraft({ ...draft, token: target.value })}
        />
      </label>
      <button type="submit">Rename</button>
    </form>
  )
}

const meta = {
  title: 'Hooks/useResumableDraft',
  loaders: [
    () => {
      const stepUp = signedIn(3600)
      stepUp.adapter.offered = [stepUp.adapter.trip]
      return { stepUp }
    },
  ],
  render: (_, { loaded }) => (
    <Travels stepUp={stepUpOf({ loaded })} title="Rename the project">
      <Rename />
    </Travels>
  ),
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

export const ComesBack: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('New name'), 'Apollo 11')
    await userEvent.type(canvas.getByLabelText('Deploy token'), 'secret')
    await userEvent.click(canvas.getByRole('button', { name: 'Rename' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue to Acme ID' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }))
    await expect(await canvas.findByLabelText('New name')).toHaveValue('Apollo 11')
    await expect(canvas.getByLabelText('Deploy token')).toHaveValue('')
  },
}
