import type { Meta, StoryObj } from '@storybook/react-vite'
import { useAuthentication } from 'react-step-up'
import { expect } from 'storybook/test'
import { Frame, signedIn, stepUpOf } from './hook-story.js'

function Account() {
  const authentication = useAuthentication()
  if (!authentication) return <output>Nobody is signed in.</output>
  const { account, authTime, issuer } = authentication
  const time = authTime === undefined ? null : new Date(authTime * 1000)
  return (
    <dl>
      <dt>Name</dt>
      <dd>{account?.name}</dd>
      <dt>Signed in</dt>
      <dd>
        {time ? (
          <time dateTime={time.toISOString()}>
            {time.toLocaleString('en', { timeZone: 'UTC', dateStyle: 'long', timeStyle: 'short' })}
          </time>
        ) : (
          'not known'
        )}
      </dd>
      <dt>Issuer</dt>
      <dd>{issuer}</dd>
    </dl>
  )
}

const meta = {
  title: 'Hooks/useAuthentication',
  loaders: [() => ({ stepUp: signedIn(3600) })],
  render: (_, { loaded }) => (
    <Frame stepUp={stepUpOf({ loaded })} title="Account">
      <Account />
    </Frame>
  ),
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

export const SignedIn: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ada Lovelace')).toBeVisible()
    // The fake clock begins at 1,800,000,000; an hour before that is when Ada signed in.
    await expect(canvas.getByText(/^January 15, 2027/)).toHaveAttribute(
      'datetime',
      '2027-01-15T07:00:00.000Z',
    )
  },
}

export const SignsOut: Story = {
  play: async ({ canvas, loaded }) => {
    const { adapter } = stepUpOf({ loaded })
    await canvas.findByText('Ada Lovelace')
    adapter.authentication = null
    await expect(await canvas.findByText('Nobody is signed in.')).toBeVisible()
  },
}
