import type { Meta, StoryObj } from '@storybook/react-vite'
import { FreshAuthGate } from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor } from 'storybook/test'
import { confirm, Frame, signedIn, stepUpOf } from './hook-story.js'

const SECRET = 'sk_live_51H8xT9'

const meta = {
  title: 'Hooks/FreshAuthGate',
  component: FreshAuthGate,
  args: {
    requirement: 300,
    children: <code>{SECRET}</code>,
    fallback: ({ verify, reason, error }) => (
      <div className="card">
        <p>The key is hidden: {reason}.</p>
        {error && <p role="alert">That did not work: {error.code}.</p>}
        <button type="button" onClick={() => void verify()}>
          Show the key
        </button>
      </div>
    ),
  },
  argTypes: { requirement: { control: { type: 'range', min: 0, max: 3600, step: 60 } } },
  loaders: [() => ({ stepUp: signedIn(3600) })],
  render: (args, { loaded }) => (
    <Frame stepUp={stepUpOf({ loaded })} title="API key">
      <FreshAuthGate {...args} />
      <button type="button" onClick={() => stepUpOf({ loaded }).clock.advance(60)}>
        Let a minute pass
      </button>
    </Frame>
  ),
} satisfies Meta<typeof FreshAuthGate>
export default meta
type Story = StoryObj<typeof meta>

export const Hidden: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('The key is hidden: stale.')).toBeVisible()
    await expect(canvas.queryByText(SECRET)).toBeNull()
  },
}

export const VanishesAtTheLapse: Story = {
  play: async (context) => {
    const { canvas, userEvent } = context
    await userEvent.click(await canvas.findByRole('button', { name: 'Show the key' }))
    await confirm(context, FAKE_PASSWORD)
    await expect(await canvas.findByText(SECRET)).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
    const minute = canvas.getByRole('button', { name: 'Let a minute pass' })
    for (let minutes = 1; minutes <= 5; minutes++) await userEvent.click(minute)
    // Five minutes are still allowed; a moment later it is gone, with nobody touching anything.
    await expect(canvas.getByText(SECRET)).toBeVisible()
    stepUpOf(context).clock.advance(1)
    await waitFor(() => expect(canvas.queryByText(SECRET)).toBeNull())
    await expect(canvas.getByRole('button', { name: 'Show the key' })).toBeVisible()
  },
}

export const Refused: Story = {
  play: async (context) => {
    const { canvas, userEvent } = context
    const { adapter } = stepUpOf(context)
    adapter.offered = []
    await userEvent.click(await canvas.findByRole('button', { name: 'Show the key' }))
    await canvas.findByRole('dialog', { name: 'There is no way to confirm' })
    await userEvent.click(canvas.getByRole('button', { name: 'Close' }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('no_method')
  },
}
