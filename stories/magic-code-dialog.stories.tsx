import { StepUpError } from 'react-step-up'
import { MagicCodeDialog } from 'react-step-up/dialogs'
import { FAKE_CODE, type FakeAdapter } from 'react-step-up/testing'
import { expect, waitFor } from 'storybook/test'
import type { SceneOptions } from './scene.js'
import { asked, before, meta, ran, sceneOf, type Context, type Story } from './dialog-story.js'

export default {
  ...meta,
  title: 'MagicCodeDialog',
  component: MagicCodeDialog,
  parameters: { ...meta.parameters, dialog: MagicCodeDialog },
}

type Change = Partial<FakeAdapter['code']>
const withCode = (change: Change = {}, options: SceneOptions = {}) =>
  before({ methods: ({ code }) => [{ ...code, ...change }], ...options })

async function sent(context: Context): Promise<HTMLElement> {
  const { canvas, userEvent } = context
  await asked(context)
  await userEvent.click(canvas.getByRole('button', { name: 'Send the code' }))
  const field = await canvas.findByLabelText('Code')
  await waitFor(() => expect(field).toHaveFocus())
  return field
}

export const Ask: Story = {
  ...withCode(),
  play: async (context) => {
    const dialog = await asked(context)
    await expect(dialog).toHaveTextContent('We will send a code to a•••@acme.test.')
    await expect(context.canvas.getByRole('button', { name: 'Send the code' })).toHaveFocus()
  },
}

export const Sent: Story = {
  ...withCode(),
  play: async (context) => {
    const field = await sent(context)
    const { canvas } = context
    await expect(canvas.getByText(/We have sent a code to a•••@acme.test/)).toBeVisible()
    await expect(canvas.getByText(/It works for another 10 minutes/)).toBeVisible()
    await expect(field).toHaveAttribute('autocomplete', 'one-time-code')
    await expect(field).toHaveAccessibleDescription('6 digits')
    const again = canvas.getByRole('button', { name: 'Send a new code' })
    await expect(again).toHaveAttribute('aria-disabled')
    await expect(again).toHaveAccessibleDescription(/^in (30|29|28) seconds$/)
  },
}

export const PastedWithSpaces: Story = {
  ...withCode(),
  play: async (context) => {
    await sent(context)
    await context.userEvent.paste(' 123 – 456 ')
    await context.userEvent.keyboard('{Enter}')
    await ran(context)
  },
}

export const WrongCode: Story = {
  ...withCode(),
  play: async (context) => {
    const { canvas, userEvent } = context
    const field = await sent(context)
    await userEvent.type(field, '000000{Enter}')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('That code does not match.')
    await expect(canvas.getByLabelText('Code')).toBe(field)
    // What was sent is still known: when it ends, and when there can be a new one.
    await expect(canvas.getByText(/We have sent a code to a•••@acme.test/)).toBeVisible()
    await userEvent.clear(field)
    await userEvent.type(field, `${FAKE_CODE}{Enter}`)
    await ran(context)
  },
}

export const ExpiredCode: Story = {
  ...withCode({
    send: () => Promise.resolve({ expiresIn: 0, resendIn: 0 }),
    verify: () => Promise.reject(new StepUpError('code_expired', 'x')),
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    const field = await sent(context)
    await expect(canvas.getByText(/It has expired by now/)).toBeVisible()
    await userEvent.type(field, '123456{Enter}')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('That code has expired.')
    await expect(canvas.getByRole('button', { name: 'Send a new code' })).not.toHaveAttribute(
      'aria-disabled',
    )
  },
}

export const Authenticator: Story = {
  ...before({
    methods: ({ code: { id, verify } }) => [
      { type: 'code', id, channel: 'totp', length: 6, verify },
    ],
  }),
  play: async (context) => {
    const dialog = await asked(context)
    await expect(dialog).toHaveTextContent('Type the code that your authenticator app shows now.')
    await context.userEvent.type(context.canvas.getByLabelText('Code'), `${FAKE_CODE}{Enter}`)
    await ran(context)
  },
}

export const AnyLength: Story = {
  ...before({
    methods: ({ code: { id } }) => [
      {
        ...{ type: 'code', id, channel: 'sms', destination: '•••• 67' },
        send: () => Promise.resolve({}),
        verify: ({ code }: { code: string }) =>
          code === 'A1B2C3D4E5F6'
            ? Promise.resolve()
            : Promise.reject(new StepUpError('invalid_credentials', 'x')),
      },
    ],
  }),
  play: async (context) => {
    const field = await sent(context)
    await context.userEvent.type(field, 'A1B2-C3D4-E5F6{Enter}')
    // Accepted; that nothing has been proved by it is seen as well.
    await waitFor(() => expect(context.canvas.queryByRole('alert')).not.toHaveTextContent('match'))
  },
}

export const NotSent: Story = {
  ...withCode({ send: () => Promise.reject(new StepUpError('locked', 'x', { retryAfter: 600 })) }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Send the code' }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Too many tries')
    await expect(canvas.getByText('You can try again in 10 minutes.')).toBeVisible()
    await expect(sceneOf(context).ran).toEqual([])
  },
}

export const NotSentAgain: Story = {
  ...before({
    methods: ({ code }) => {
      const answers = [
        () => Promise.resolve({ resendIn: 0 }),
        () => Promise.reject(new StepUpError('locked', 'x', { retryAfter: 600 })),
      ]
      return [{ ...code, send: () => answers.shift()!() }]
    },
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await sent(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Send a new code' }))
    await expect(await canvas.findByText('You can try again in 10 minutes.')).toBeVisible()
    const again = canvas.getByRole('button', { name: 'Send a new code' })
    await expect(again).toHaveAttribute('aria-disabled')
    await expect(again).toHaveAccessibleDescription('in 10 minutes')
    await expect(canvas.getByRole('button', { name: 'Confirm' })).toHaveAttribute('aria-disabled')
  },
}

export const HasCode: Story = {
  ...withCode(),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.click(canvas.getByRole('button', { name: 'I have a code already' }))
    const field = canvas.getByLabelText('Code')
    await waitFor(() => expect(field).toHaveFocus())
    await userEvent.type(field, `${FAKE_CODE}{Enter}`)
    await ran(context)
  },
}

export const Link: Story = {
  ...before({ methods: ({ link }) => [link] }),
  play: async (context) => {
    const dialog = await asked(context)
    await expect(dialog).toHaveTextContent('We will send a link to a•••@acme.test.')
  },
}

export const LinkSent: Story = {
  ...before({ methods: ({ link }) => [link] }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Send the link' }))
    await expect(await canvas.findByText(/Check the mail of a•••@acme.test/)).toBeVisible()
  },
}

export const LinkUsed: Story = {
  ...before({ methods: ({ link }) => [link] }),
  play: async (context) => {
    await LinkSent.play?.(context)
    const scene = sceneOf(context)
    scene.openMail()
    await ran(context)
  },
}
