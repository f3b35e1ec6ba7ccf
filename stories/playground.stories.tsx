import type { Meta, StoryObj } from '@storybook/react-vite'
import { FAKE_CODE, FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, fireEvent, waitFor, within } from 'storybook/test'
import { Playground } from './playground/playground.js'

const meta = {
  title: 'Playground',
  component: Playground,
  parameters: { layout: 'fullscreen', controls: { disable: true } },
} satisfies Meta<typeof Playground>
export default meta

type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const click = async ({ canvas, userEvent }: Context, name: string) =>
  userEvent.click(await canvas.findByRole('button', { name }))
const asked = ({ canvas }: Context) =>
  canvas.findByRole('dialog', { name: "Confirm that it's you" })
const done = ({ canvas }: Context) =>
  within(canvas.getByRole('list', { name: 'What was done' }))
    .queryAllByRole('listitem')
    .map(({ textContent }) => textContent)
/** What the log tells, oldest first. */
const events = ({ canvas }: Context) =>
  within(canvas.getByRole('table'))
    .queryAllByRole('rowheader')
    .map(({ textContent }) => textContent)
    .reverse()

/** Moves the slider, 0 to 100. */
const signedIn = ({ canvas }: Context, place: number) =>
  fireEvent.change(canvas.getByRole('slider', { name: 'Age of the last sign-in' }), {
    target: { value: String(place) },
  })

export const Try: Story = {}

export const StaleThenFresh: Story = {
  play: async (context) => {
    const { canvas, userEvent } = context
    await expect(await canvas.findByText('no: stale')).toBeVisible()
    await click(context, 'Delete the project')
    await asked(context)
    await userEvent.type(await canvas.findByLabelText('Password'), 'wrong{Enter}')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('does not match')
    await expect(done(context)).toEqual([])
    const field = canvas.getByLabelText('Password')
    await userEvent.clear(field)
    await userEvent.type(field, `${FAKE_PASSWORD}{Enter}`)
    await waitFor(() => expect(done(context)).toEqual(['Delete project Apollo']))
    await expect(canvas.getByText('yes')).toBeVisible()
    await expect(events(context)).toEqual([
      'prompted',
      'verifying',
      'rejected',
      'verifying',
      'closed',
    ])
    // Fresh now: the next one goes straight through, and nobody hears of it.
    await click(context, 'Reveal the API key')
    await waitFor(() => expect(done(context)).toHaveLength(2))
    await expect(events(context)).toHaveLength(5)
    await signedIn(context, 100)
    await expect(await canvas.findByText('1 day ago')).toBeVisible()
    await click(context, 'Reveal the API key')
    await asked(context)
    await click(context, 'Cancel')
    await expect(await canvas.findByText('cancelled')).toBeVisible()
  },
}

export const ThereAndBack: Story = {
  args: { ways: ['trip'] },
  play: async (context) => {
    const { canvas } = context
    await click(context, 'All at once')
    await asked(context)
    await click(context, 'Continue to Acme ID')
    await expect(await canvas.findByRole('heading', { name: 'Acme ID' })).toBeVisible()
    await expect(canvas.queryByRole('heading', { name: 'Project Apollo' })).toBeNull()
    await click(context, 'Sign in again')
    await canvas.findByRole('dialog', { name: 'Welcome back, Ada Lovelace.' })
    await expect(done(context)).toEqual([])
    await click(context, 'Confirm all')
    await waitFor(() =>
      expect(done(context)).toEqual(['Delete project Apollo', 'Remove Grace Hopper from the team']),
    )
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
    await expect(events(context)).toEqual(
      expect.arrayContaining(['prompted', 'left', 'returned', 'proved', 'confirmed', 'resumed']),
    )
  },
}

export const FunctionOnATrip: Story = {
  args: { ways: ['trip'] },
  play: async (context) => {
    const { canvas } = context
    await click(context, 'Reveal the API key')
    await asked(context)
    await click(context, 'Continue to Acme ID')
    await click(context, 'Sign in again')
    await expect(
      await canvas.findByRole('dialog', { name: 'Welcome back, Ada Lovelace.' }),
    ).toHaveTextContent('Press the button again')
    await click(context, 'OK')
    await click(context, 'Reveal the API key')
    await waitFor(() => expect(done(context)).toEqual(['Reveal the API key']))
  },
}

export const SomebodyElse: Story = {
  args: { ways: ['trip'], answer: 'wrong_account' },
  play: async (context) => {
    await click(context, 'Delete the project')
    await asked(context)
    await click(context, 'Continue to Acme ID')
    await click(context, 'Sign in again')
    await context.canvas.findByRole('dialog', { name: 'Somebody else signed in' })
    await expect(done(context)).toEqual([])
  },
}

export const InAWindow: Story = {
  args: { ways: ['window'] },
  play: async (context) => {
    const { canvas } = context
    await click(context, 'Reveal the API key')
    await asked(context)
    await click(context, 'Stay here and use a window')
    await canvas.findByRole('dialog', { name: 'Another window: Acme ID' })
    await click(context, 'Sign in again')
    await waitFor(() => expect(done(context)).toEqual(['Reveal the API key']))
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
  },
}

export const ByMail: Story = {
  args: { ways: ['code', 'link'] },
  play: async (context) => {
    const { canvas, userEvent } = context
    await click(context, 'Delete the project')
    await asked(context)
    await click(context, 'Send the code')
    await userEvent.type(await canvas.findByLabelText('Code'), `${FAKE_CODE}{Enter}`)
    await waitFor(() => expect(done(context)).toHaveLength(1))
    await signedIn(context, 90)
    await click(context, 'Delete the project')
    await asked(context)
    await click(context, 'A link by email a•••@acme.test')
    await click(context, 'Send the link')
    await canvas.findByRole('dialog', { name: 'Your mail' })
    await click(context, 'Open the link')
    await waitFor(() => expect(done(context)).toHaveLength(2))
  },
}

export const ALevel: Story = {
  args: { requirement: 'mfa', ways: ['passkey', 'trip'] },
  play: async (context) => {
    const { canvas } = context
    await expect(await canvas.findByText('no: acr')).toBeVisible()
    await click(context, 'Delete the project')
    await asked(context)
    await click(context, 'Use your passkey')
    await waitFor(() => expect(done(context)).toHaveLength(1))
    await expect(canvas.getByText('yes')).toBeVisible()
  },
}

export const NoWay: Story = {
  args: { ways: [] },
  play: async (context) => {
    await click(context, 'Delete the project')
    await context.canvas.findByRole('dialog', { name: 'There is no way to confirm' })
    await click(context, 'Close')
    await expect(await context.canvas.findByText('no_method')).toBeVisible()
  },
}
