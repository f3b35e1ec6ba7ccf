import type { Meta, StoryObj } from '@storybook/react-vite'
import { useFreshness } from 'react-step-up'
import { expect, waitFor } from 'storybook/test'
import { Frame, signedIn, stepUpOf } from './hook-story.js'

interface Props {
  readonly maxAge: number
}

function Hint({ maxAge }: Props) {
  const { fresh, reason } = useFreshness(maxAge)
  return (
    <>
      <button type="button">Delete project{fresh ? '' : '…'}</button>
      <output>{fresh ? 'Goes straight through' : `Will ask first: ${String(reason)}`}</output>
    </>
  )
}

const meta = {
  title: 'Hooks/useFreshness',
  args: { maxAge: 300 },
  argTypes: { maxAge: { control: { type: 'range', min: 0, max: 3600, step: 60 } } },
  loaders: [() => ({ stepUp: signedIn(120) })],
  render: (args, { loaded }) => (
    <Frame stepUp={stepUpOf({ loaded })} title="A hint before the click">
      <Hint {...args} />
    </Frame>
  ),
} satisfies Meta<Props>
export default meta
type Story = StoryObj<typeof meta>

export const Fresh: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Goes straight through')).toBeVisible()
  },
}

export const Lapses: Story = {
  play: async ({ canvas, loaded }) => {
    const { clock } = stepUpOf({ loaded })
    await canvas.findByText('Goes straight through')
    clock.advance(179)
    await expect(canvas.getByText('Goes straight through')).toBeVisible()
    clock.advance(2)
    await expect(await canvas.findByText('Will ask first: stale')).toBeVisible()
  },
}

export const SignedOut: Story = {
  play: async ({ canvas, loaded }) => {
    const { adapter } = stepUpOf({ loaded })
    await canvas.findByText('Goes straight through')
    adapter.authentication = null
    await expect(await canvas.findByText('Will ask first: signed_out')).toBeVisible()
  },
}

export const WithoutAuthTime: Story = {
  play: async ({ canvas, loaded }) => {
    const { adapter } = stepUpOf({ loaded })
    adapter.authentication = { issuer: 'https://id.test', subject: 'ada' }
    await waitFor(() => expect(canvas.getByText('Will ask first: no_auth_time')).toBeVisible())
  },
}
