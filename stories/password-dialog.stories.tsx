import { StepUpError } from 'react-step-up'
import { PasswordDialog } from 'react-step-up/dialogs'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor, within } from 'storybook/test'
import type { SceneOptions } from './scene.js'
import {
  asked,
  before,
  forever,
  meta,
  ran,
  sceneOf,
  shown,
  type Context,
  type Story,
} from './dialog-story.js'

export default {
  ...meta,
  title: 'PasswordDialog',
  component: PasswordDialog,
  parameters: { ...meta.parameters, dialog: PasswordDialog },
}

const withPassword = (options: SceneOptions = {}) =>
  before({ methods: ({ password }) => [password], ...options })

/** Types it into the field, and sends it as people do. */
async function answer({ canvas, userEvent }: Context, password: string): Promise<HTMLElement> {
  const field = canvas.getByLabelText('Password')
  await userEvent.clear(field)
  await userEvent.type(field, `${password}{Enter}`)
  return field
}

export const Ask: Story = {
  ...withPassword(),
  play: async (context) => {
    const dialog = await asked(context)
    await expect(dialog).toHaveTextContent('You signed in 3 hours ago.')
    await expect(dialog).toHaveTextContent('Delete project Apollo')
    await expect(dialog).toHaveTextContent('Ada Lovelacea•••@acme.test')
    await expect(context.canvas.getByLabelText('Password')).toHaveFocus()
  },
}

export const RightPassword: Story = {
  ...withPassword(),
  play: async (context) => {
    await asked(context)
    await answer(context, FAKE_PASSWORD)
    await ran(context)
    await expect(context.canvas.getByRole('button', { name: 'Delete project' })).toHaveFocus()
  },
}

export const WrongPassword: Story = {
  ...withPassword(),
  play: async (context) => {
    const { canvas } = context
    await asked(context)
    const field = await answer(context, 'wrong')
    await expect(await canvas.findByRole('alert')).toHaveTextContent(
      'That password does not match.',
    )
    await expect(field).toHaveAccessibleDescription(/does not match/)
    await expect(field).toBeInvalid()
    // The same field, so that a password manager knows it again, with all of it selected.
    await expect(canvas.getByLabelText('Password')).toBe(field)
    await expect(field).toHaveFocus()
    await expect(sceneOf(context).ran).toEqual([])
  },
}

export const WrongThenRight: Story = {
  ...withPassword(),
  play: async (context) => {
    await asked(context)
    await answer(context, 'wrong')
    await context.canvas.findByRole('alert')
    await answer(context, FAKE_PASSWORD)
    await ran(context)
  },
}

export const Missing: Story = {
  ...withPassword(),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Confirm' }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Enter your password.')
    await expect(canvas.getByLabelText('Password')).toHaveFocus()
  },
}

export const Visible: Story = {
  ...withPassword(),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.type(canvas.getByLabelText('Password'), 'correct')
    const toggle = canvas.getByRole('button', { name: 'Show password' })
    await userEvent.click(toggle)
    await expect(canvas.getByLabelText('Password')).toHaveAttribute('type', 'text')
    await expect(toggle).toHaveAttribute('aria-pressed', 'true')
  },
}

export const CapsLock: Story = {
  ...withPassword(),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.keyboard('{CapsLock}')
    await userEvent.type(canvas.getByLabelText('Password'), 'a')
    await expect(await canvas.findByText('Caps Lock is on.')).toBeVisible()
    await userEvent.keyboard('{CapsLock}')
  },
}

export const Checking: Story = {
  ...before({
    methods: ({ password }) => [{ ...password, verify: forever }],
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    const field = await answer(context, 'correct horse')
    await expect(await canvas.findByRole('button', { name: 'Checking…' })).toBeVisible()
    await expect(field).toHaveAttribute('readonly')
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel' }))
    await expect(await canvas.findByText('cancelled')).toBeVisible()
  },
}

const refuses = (error: StepUpError): SceneOptions => ({
  methods: ({ password }) => [{ ...password, verify: () => Promise.reject(error) }],
})

export const Locked: Story = {
  ...before(refuses(new StepUpError('locked', 'x', { retryAfter: 42 }))),
  play: async (context) => {
    const { canvas } = context
    await asked(context)
    await answer(context, 'wrong')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Too many tries')
    await expect(canvas.getByText(/You can try again in \d+ seconds\./)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Confirm' })).toHaveAttribute('aria-disabled')
  },
}

export const ConnectionLost: Story = {
  ...before(refuses(new StepUpError('network', 'x'))),
  play: async (context) => {
    await asked(context)
    await answer(context, 'correct horse')
    await expect(await context.canvas.findByRole('alert')).toHaveTextContent(
      'The connection was lost',
    )
    await expect(context.canvas.getByLabelText('Password')).toHaveValue('correct horse')
  },
}

export const ForgotPassword: Story = {
  ...withPassword(),
  args: { forgotPassword: <a href="#reset">Forgot your password?</a> },
  play: async (context) => {
    const dialog = await asked(context)
    await expect(within(dialog).getByRole('link', { name: 'Forgot your password?' })).toBeVisible()
  },
}

export const SecondStep: Story = {
  ...before({
    methods: ({ password }) => [
      { ...password, verify: () => Promise.resolve({ next: [{ ...password, id: 'pin' }] }) },
    ],
  }),
  play: async (context) => {
    await asked(context)
    await answer(context, 'correct horse')
    await shown(context, 'One more step')
    const field = context.canvas.getByLabelText('Password')
    await expect(field).toHaveValue('')
    await waitFor(() => expect(field).toHaveFocus())
  },
}

export const NoPassword: Story = {
  ...before({ methods: ({ trip }) => [trip] }),
  play: async (context) => {
    await asked(context, 'There is no way to confirm')
  },
}
