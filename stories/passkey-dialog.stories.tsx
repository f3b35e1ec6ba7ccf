import { StepUpError } from 'react-step-up'
import { PasskeyDialog } from 'react-step-up/dialogs'
import { expect } from 'storybook/test'
import { asked, before, forever, meta, ran, type Story } from './dialog-story.js'

export default {
  ...meta,
  title: 'PasskeyDialog',
  component: PasskeyDialog,
  parameters: { ...meta.parameters, dialog: PasskeyDialog },
}

export const Ask: Story = {
  ...before({ methods: ({ passkey }) => [passkey] }),
  play: async (context) => {
    const dialog = await asked(context)
    await expect(dialog).toHaveTextContent('Your device will ask for your fingerprint')
    await expect(context.canvas.getByRole('button', { name: 'Use your passkey' })).toHaveFocus()
  },
}

export const Used: Story = {
  ...before({ methods: ({ passkey }) => [passkey] }),
  play: async (context) => {
    await asked(context)
    await context.userEvent.keyboard('{Enter}')
    await ran(context)
  },
}

export const Waiting: Story = {
  ...before({ methods: ({ passkey }) => [{ ...passkey, verify: forever }] }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.keyboard('{Enter}')
    await expect(await canvas.findByRole('button', { name: 'Checking…' })).toHaveFocus()
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel' }))
    await expect(await canvas.findByText('cancelled')).toBeVisible()
  },
}

const given = (error: StepUpError) => () => Promise.reject(error)

export const NotUsed: Story = {
  ...before({
    methods: ({ passkey }) => [{ ...passkey, verify: given(new StepUpError('cancelled', 'x')) }],
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.keyboard('{Enter}')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Your passkey was not used.')
    await expect(canvas.getByRole('button', { name: 'Use your passkey' })).toHaveFocus()
  },
}

export const NotAccepted: Story = {
  ...before({
    methods: ({ passkey }) => [
      { ...passkey, verify: given(new StepUpError('invalid_credentials', 'x')) },
    ],
  }),
  play: async (context) => {
    await asked(context)
    await context.userEvent.keyboard('{Enter}')
    await expect(await context.canvas.findByRole('alert')).toHaveTextContent(
      'That passkey was not accepted.',
    )
  },
}
