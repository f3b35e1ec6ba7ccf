import type { Meta, StoryObj } from '@storybook/react-vite'
import type { SyntheticEvent } from 'react'
import { defineAction } from 'react-step-up'
import { isCancelled, useStepUpMutation } from 'react-step-up/query'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor } from 'storybook/test'
import * as v from 'valibot'
import { confirm, Frame, signedIn, stepUpOf } from './hook-story.js'
import { WithQueries, Work } from './query-story.js'

const LIMIT = 1000

const transfer = defineAction({
  id: 'transfer.create',
  // Nobody is asked for pocket money.
  requirement: ({ amount }) => (amount > LIMIT ? 60 : null),
  schema: v.object({ to: v.string(), amount: v.number() }),
  run: ({ amount }) => amount,
  describe: ({ to, amount }) => `Send € ${amount} to ${to}`,
})

function TransferForm() {
  const { mutate, isPending, data, error } = useStepUpMutation(transfer)
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    mutate({ to: 'Grace Hopper', amount: Number(typed.get('amount')) })
  }
  return (
    <form onSubmit={submit}>
      <label>
        Amount for Grace Hopper, in euros
        <input name="amount" type="number" min={1} max={100_000} required />
      </label>
      <button type="submit" disabled={isPending}>
        {isPending ? 'Waiting…' : 'Send'}
      </button>
      {data !== undefined && <p role="status">€ {data} are on their way.</p>}
      {error && !isCancelled(error) && <p role="alert">{error.message}</p>}
      <Work action={transfer} />
    </form>
  )
}

const meta = {
  title: 'Hooks/useStepUpMutation/Transfer above a limit',
  loaders: [() => ({ stepUp: signedIn(3600, { actions: [transfer] }) })],
  render: (_, { loaded }) => (
    <Frame stepUp={stepUpOf({ loaded })} title="Transfer">
      <WithQueries page={stepUpOf({ loaded })}>
        <TransferForm />
      </WithQueries>
    </Frame>
  ),
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function send({ canvas, userEvent }: Context, amount: number): Promise<void> {
  const field = await canvas.findByLabelText('Amount for Grace Hopper, in euros')
  await userEvent.type(field, `${amount}{Enter}`)
}

const WAITS = 'Waiting…'

export const UpToTheLimit: Story = {
  play: async (context) => {
    const events: string[] = []
    stepUpOf(context).client.subscribe(({ type }) => events.push(type))
    await send(context, LIMIT)
    await expect(await context.canvas.findByText('€ 1000 are on their way.')).toBeVisible()
    await expect(events).not.toContain('prompted')
  },
}

export const AboveTheLimit: Story = {
  play: async (context) => {
    const { canvas } = context
    await send(context, LIMIT + 1)
    const dialog = await canvas.findByRole('dialog', { name: "Confirm that it's you" })
    await expect(dialog).toHaveTextContent('Send € 1001 to Grace Hopper')
    await expect(canvas.getByText(WAITS)).toBeDisabled()
    await expect(canvas.queryByText(/are on their way/)).toBeNull()
    await confirm(context, FAKE_PASSWORD)
    await expect(await canvas.findByText('€ 1001 are on their way.')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
  },
}

export const NotSent: Story = {
  play: async (context) => {
    const { canvas, userEvent } = context
    await send(context, 5000)
    await canvas.findByRole('dialog', { name: "Confirm that it's you" })
    await userEvent.click(await canvas.findByRole('button', { name: 'Cancel' }))
    await expect(await canvas.findByText('Send € 5000 to Grace Hopper: given up')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
    // What was typed is still there, and can be sent after all.
    await expect(canvas.getByLabelText(/^Amount/)).toHaveValue(5000)
    await expect(canvas.getByRole('button', { name: 'Send' })).toBeEnabled()
    await expect(canvas.queryByRole('alert')).toBeNull()
  },
}
