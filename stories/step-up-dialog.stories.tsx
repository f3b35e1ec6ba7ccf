import { StepUpDialog } from 'react-step-up/dialogs'
import { StepUpError } from 'react-step-up'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor, within } from 'storybook/test'
import {
  before,
  buttons,
  forever,
  meta,
  press,
  ran,
  sceneOf,
  shown,
  trip,
  type Story,
} from './dialog-story.js'

export default { ...meta, title: 'StepUpDialog/Before the trip', component: StepUpDialog }

export const Ask: Story = {
  ...before(),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog).toHaveTextContent('You signed in 3 hours ago.')
    await expect(dialog).toHaveTextContent('Delete project Apollo')
    await expect(dialog).toHaveTextContent('Ada Lovelacea•••@acme.test')
    await expect(dialog).toHaveTextContent('You will come back here and confirm.')
    await expect(buttons(dialog)).toEqual(['Continue to Acme ID', 'Cancel'])
    await expect(within(dialog).getByRole('button', { name: 'Continue to Acme ID' })).toHaveFocus()
    await context.userEvent.tab()
    await expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await expect(sceneOf(context).ran).toEqual([])
  },
}

export const AskAndCancel: Story = {
  ...before(),
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context)
    await shown(context, "Confirm that it's you")
    await userEvent.keyboard('{Tab}{Enter}')
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
    await expect(canvas.getByRole('button', { name: 'Delete project' })).toHaveFocus()
    await waitFor(() =>
      expect(canvas.getByText('Cancelled. Nothing was done.')).toHaveRole('status'),
    )
    await expect(await canvas.findByText('cancelled')).toBeVisible()
  },
}

export const AskForSeveral: Story = {
  ...before({ hours: 30 }),
  parameters: { press: ['project', 'member', 'function'] },
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await waitFor(() => expect(within(dialog).getAllByRole('listitem')).toHaveLength(3))
    await expect(dialog).toHaveTextContent('You signed in 1 day ago.')
    await expect(dialog).toHaveTextContent('One thing cannot be kept while you are away')
  },
}

export const AskForFunction: Story = {
  ...before(),
  parameters: { press: ['function'] },
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog).toHaveTextContent('What you started on this page')
    await expect(dialog).toHaveTextContent('When you are back, press the button again')
  },
}

export const AskWithoutAge: Story = {
  ...before({ authentication: { authTime: 0, account: { loginHint: 'ada@acme.test' } } }),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog).toHaveTextContent('We cannot tell when you last signed in.')
  },
}

export const AskForStrongerSignIn: Story = {
  ...before({ requirement: { acrValues: ['urn:acme:mfa'] } }),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog).toHaveTextContent('This needs a more secure sign-in')
  },
}

const challenge = () =>
  Response.json(
    { error: 'insufficient_user_authentication', max_age: 60 },
    {
      status: 401,
      headers: {
        'www-authenticate': 'Bearer error="insufficient_user_authentication", max_age="60"',
      },
    },
  )

export const AskedByTheServer: Story = {
  ...before({ hours: 0.05, run: challenge }),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog).toHaveTextContent('To protect your account')
  },
}

export const AskWhere: Story = {
  ...before({
    adapter: (adapter) => ({
      methods: () => [
        trip('acme', 'Acme ID'),
        trip('google', 'Google'),
        trip('plain'),
        adapter.password,
      ],
    }),
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    const others = within(dialog).getByRole('region', { name: 'Other ways to confirm' })
    const names = () =>
      within(others)
        .getAllByRole('button')
        .map(({ textContent }) => textContent)
    await expect(names()).toEqual(['Google', 'id.acme.test', 'Your password'])
    await userEvent.click(canvas.getByRole('button', { name: 'Google' }))
    await expect(canvas.getByRole('button', { name: 'Continue to Google' })).toHaveFocus()
    await expect(names()).toEqual(['Acme ID', 'id.acme.test', 'Your password'])
    await userEvent.click(canvas.getByRole('button', { name: 'id.acme.test' }))
    await expect(canvas.getByRole('button', { name: 'Continue to id.acme.test' })).toHaveFocus()
    await userEvent.click(canvas.getByRole('button', { name: 'Your password' }))
    await expect(canvas.getByLabelText('Password')).toHaveFocus()
  },
}

const unreachable = () =>
  Promise.reject(new StepUpError('network', '<b>provider text</b> never shown'))

export const AskAfterFailure: Story = {
  ...before({ adapter: () => ({ methods: () => [trip('acme', 'Acme ID', unreachable)] }) }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context)
    await shown(context, "Confirm that it's you")
    await userEvent.click(canvas.getByRole('button', { name: 'Continue to Acme ID' }))
    const alert = await canvas.findByRole('alert')
    await expect(alert).toHaveTextContent('The connection was lost')
    await expect(canvas.getByRole('dialog')).not.toHaveTextContent('provider text')
    await expect(canvas.getByRole('button', { name: 'Continue to Acme ID' })).toHaveFocus()
  },
}

export const AskAfterTooManyTries: Story = {
  ...before({
    methods: ({ password, passkey, trip }) => [
      {
        ...password,
        verify: () => Promise.reject(new StepUpError('locked', 'x', { retryAfter: 600 })),
      },
      passkey,
      trip,
    ],
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context)
    await shown(context, "Confirm that it's you")
    await userEvent.type(canvas.getByLabelText('Password'), 'wrong{Enter}')
    await canvas.findByText('You can try again in 10 minutes.')
    await userEvent.click(canvas.getByRole('button', { name: 'Acme ID' }))
    await expect(canvas.getByRole('button', { name: 'Continue to Acme ID' })).not.toHaveAttribute(
      'aria-disabled',
    )
    await expect(canvas.queryByRole('alert')).toBeNull()
    await userEvent.click(canvas.getByRole('button', { name: 'Your password' }))
    await expect(canvas.getByRole('alert')).toHaveTextContent('Too many tries')
    await expect(canvas.getByText('You can try again in 10 minutes.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Confirm' })).toHaveAttribute('aria-disabled')
  },
}

export const AnotherWayWhileChecking: Story = {
  ...before({
    methods: ({ passkey, password }) => [{ ...passkey, verify: forever }, password],
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context)
    await shown(context, "Confirm that it's you")
    await userEvent.click(canvas.getByRole('button', { name: 'Use your passkey' }))
    await expect(await canvas.findByRole('button', { name: 'Checking…' })).toHaveFocus()
    await userEvent.click(canvas.getByRole('button', { name: 'Your password' }))
    await userEvent.type(canvas.getByLabelText('Password'), `${FAKE_PASSWORD}{Enter}`)
    await ran(context)
  },
}

export const DeadEnd: Story = {
  ...before({ adapter: () => ({ methods: () => [] }) }),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, 'There is no way to confirm')
    await expect(dialog).toHaveTextContent('ask your administrator')
    await expect(buttons(dialog)).toEqual(['Close'])
  },
}

export const DeadEndForOnBehalfOf: Story = {
  ...before({ authentication: { impersonated: true } }),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, 'Only the owner can confirm this')
    await context.userEvent.click(within(dialog).getByRole('button', { name: 'Close' }))
    await expect(await context.canvas.findByText('no_method')).toBeVisible()
    await press(context)
  },
}

export const Leaving: Story = {
  ...before(),
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context)
    await shown(context, "Confirm that it's you")
    await userEvent.keyboard('{Enter}')
    const dialog = await shown(context, 'Taking you to Acme ID…')
    await expect(dialog).toHaveFocus()
    await expect(canvas.getByRole('button', { name: 'Cancel' })).toBeVisible()
    await expect(sceneOf(context).adapter.trips).toHaveLength(1)
  },
}

export const LongTexts: Story = {
  ...before({
    label:
      'Transfer the ownership of “Apollo, the very long-lived project for moving things to the moon and back” to somebody.with.a.very.long.address@subsidiary.of.a.company.example',
    authentication: {
      account: { name: '<img src=x onerror=alert(1)>', loginHint: 'a'.repeat(90) },
    },
  }),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog.querySelector('img')).toBeNull()
    await expect(dialog.scrollWidth).toBe(dialog.clientWidth)
  },
}
