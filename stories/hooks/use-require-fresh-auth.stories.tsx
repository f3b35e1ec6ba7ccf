import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { isStepUpError, useRequireFreshAuth } from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor } from 'storybook/test'
import { confirm, Frame, signedIn, stepUpOf } from './hook-story.js'

interface Props {
  readonly maxAge: number
}

function ApiKey({ maxAge }: Props) {
  const requireFreshAuth = useRequireFreshAuth(maxAge)
  const [result, setResult] = useState('')
  const onClick = async () => {
    try {
      setResult(await requireFreshAuth(() => 'sk_live_51H8…'))
    } catch (error) {
      // The person has changed their mind: that is not a failure, and not worth a word.
      setResult(isStepUpError(error) && error.code === 'cancelled' ? '' : 'It did not work.')
    }
  }
  return (
    <>
      <button type="button" onClick={() => void onClick()}>
        Reveal the API key
      </button>
      <output>{result || 'Hidden'}</output>
    </>
  )
}

const meta = {
  title: 'Hooks/useRequireFreshAuth',
  args: { maxAge: 300 },
  argTypes: { maxAge: { control: { type: 'range', min: 0, max: 3600, step: 60 } } },
  loaders: [() => ({ stepUp: signedIn(3600) })],
  render: (args, { loaded }) => (
    <Frame stepUp={stepUpOf({ loaded })} title="API key">
      <ApiKey {...args} />
    </Frame>
  ),
} satisfies Meta<Props>
export default meta
type Story = StoryObj<typeof meta>

export const Stale: Story = {
  play: async (context) => {
    const { canvas, userEvent } = context
    await userEvent.click(canvas.getByRole('button', { name: 'Reveal the API key' }))
    await confirm(context, FAKE_PASSWORD)
    await expect(await canvas.findByText('sk_live_51H8…')).toBeVisible()
  },
}

export const Fresh: Story = {
  loaders: [() => ({ stepUp: signedIn(60) })],
  play: async ({ canvas, userEvent, loaded }) => {
    const { client } = stepUpOf({ loaded })
    const events: string[] = []
    client.subscribe(({ type }) => events.push(type))
    await userEvent.click(canvas.getByRole('button', { name: 'Reveal the API key' }))
    await expect(await canvas.findByText('sk_live_51H8…')).toBeVisible()
    await expect(events).toEqual([])
  },
}

export const Cancelled: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Reveal the API key' }))
    await canvas.findByRole('dialog', { name: "Confirm that it's you" })
    await userEvent.click(await canvas.findByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
    await expect(canvas.getByText('Hidden')).toBeVisible()
  },
}
