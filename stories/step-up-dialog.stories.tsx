import type { Meta, StoryObj } from '@storybook/react-vite'
import { StepUpError, type Method } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { passwordMethod } from 'react-step-up/testing'
import { expect, fn, waitFor, within } from 'storybook/test'
import { away, Console, createScene, returned, type Scene, type SceneOptions } from './scene.js'

const meta = {
  title: 'StepUpDialog',
  component: StepUpDialog,
  args: { signOut: fn() },
  render: (args, { loaded, parameters }) => (
    <Console
      {...args}
      scene={loaded['scene'] as Scene}
      press={parameters['press'] as ('project' | 'member' | 'function')[]}
    />
  ),
  parameters: { press: ['project'], layout: 'fullscreen' },
} satisfies Meta<typeof StepUpDialog>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const forever = () =>
  new Promise<never>(() => {
    // Never answered.
  })
const sceneOf = ({ loaded }: Context) => loaded['scene'] as Scene

/** The page before the trip: the person presses, and the dialog is there. */
const before = (options?: SceneOptions): Pick<Story, 'loaders'> => ({
  loaders: [() => ({ scene: createScene(options) })],
})
/** The page after the trip, where the dialog comes by itself. */
const after = (load: () => Promise<Scene>): Pick<Story, 'loaders'> => ({
  loaders: [async () => ({ scene: await load() })],
})

async function press({ canvas, userEvent }: Context): Promise<void> {
  await userEvent.click(await canvas.findByRole('button', { name: 'Delete project' }))
}

async function shown({ canvas }: Context, name: string): Promise<HTMLElement> {
  const dialog = await canvas.findByRole('dialog', { name })
  await expect(dialog).toHaveProperty('open', true)
  // In words, for those who do not see it appear.
  await waitFor(() => expect(within(dialog).getByRole('status')).toHaveTextContent(name))
  return dialog
}

const buttons = (dialog: HTMLElement) =>
  within(dialog)
    .getAllByRole('button')
    .map(({ textContent }) => textContent)

// ---- before the trip

export const Ask: Story = {
  ...before(),
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog).toHaveTextContent('You signed in 3 hours ago.')
    await expect(dialog).toHaveTextContent('Delete project Apollo')
    await expect(dialog).toHaveTextContent('Ada Lovelaceada@acme.test')
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

const trip = (id: string, label?: string, start: () => Promise<void> = forever): Method => ({
  ...{ type: 'redirect', id, start },
  ...(label !== undefined && { label }),
})

export const AskWhere: Story = {
  ...before({
    adapter: (adapter) => ({
      methods: () => [
        passwordMethod(adapter, {
          now: () => ({ wall: 0, mono: 0 }),
          after: () => () => undefined,
        }),
        trip('acme', 'Acme ID'),
        trip('google', 'Google'),
        trip('plain'),
      ],
    }),
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    const group = within(dialog).getByRole('group', { name: 'Where do you want to confirm?' })
    const [first, second] = within(group).getAllByRole('radio')
    await expect(first).toBeChecked()
    first?.focus()
    await userEvent.keyboard('{ArrowDown}')
    await expect(second).toBeChecked()
    await expect(buttons(dialog)).toEqual(['Continue to Google', 'Cancel'])
    await userEvent.click(canvas.getByRole('radio', { name: 'id.acme.test' }))
    await expect(buttons(dialog)).toEqual(['Continue to id.acme.test', 'Cancel'])
    await userEvent.click(canvas.getByRole('radio', { name: 'Acme ID' }))
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

// ---- after the trip

export const Checking: Story = {
  ...after(async () => (await away()).back({ adapter: { complete: forever } })),
  play: async (context) => {
    const dialog = await shown(context, "Checking that it's you…")
    await expect(within(dialog).queryByRole('button')).toBeNull()
    await context.userEvent.keyboard('{Escape}')
    await expect(dialog).toBeVisible()
  },
}

export const Confirm: Story = {
  ...after(async () => (await away()).back()),
  play: async (context) => {
    const dialog = await shown(context, 'Welcome back, Ada Lovelace.')
    await expect(dialog).toHaveTextContent('Delete project Apollo?')
    await expect(buttons(dialog)).toEqual(['Delete project Apollo', 'Cancel'])
    // Nothing to be pressed by mistake, and nothing done before it is pressed.
    await expect(dialog).toHaveFocus()
    await expect(sceneOf(context).ran).toEqual([])
  },
}

export const ConfirmSeveral: Story = {
  ...after(async () => (await away({}, 'project', 'member', 'function')).back()),
  play: async (context) => {
    const dialog = await shown(context, 'Welcome back, Ada Lovelace.')
    await expect(within(dialog).getAllByRole('listitem')).toHaveLength(2)
    await expect(dialog).toHaveTextContent('Press its button again afterwards.')
    await expect(buttons(dialog)).toEqual(['Confirm all', 'Cancel'])
  },
}

export const PressAgain: Story = {
  ...after(async () => (await away({}, 'function')).back()),
  play: async (context) => {
    const dialog = await shown(context, 'Welcome back, Ada Lovelace.')
    await expect(dialog).toHaveTextContent('Press the button again')
    await expect(buttons(dialog)).toEqual(['OK'])
  },
}

export const Running: Story = {
  ...after(async () => (await away({ run: forever })).back()),
  play: async (context) => {
    await shown(context, 'Welcome back, Ada Lovelace.')
    await context.userEvent.keyboard('{Tab}{Enter}')
    const dialog = await shown(context, 'One moment…')
    await context.userEvent.keyboard('{Escape}')
    await expect(dialog).toBeVisible()
    await expect(sceneOf(context).ran).toEqual(['Delete project Apollo'])
  },
}

export const Done: Story = {
  ...after(async () => (await away()).back()),
  play: async (context) => {
    const { canvas } = context
    await shown(context, 'Welcome back, Ada Lovelace.')
    await context.userEvent.keyboard('{Tab}{Enter}')
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
    await waitFor(() =>
      expect(canvas.getByText('Done: Delete project Apollo')).toHaveRole('status'),
    )
    await expect(sceneOf(context).ran).toEqual(['Delete project Apollo'])
  },
}

export const DidNotWork: Story = {
  ...after(async () =>
    (await away({ run: () => Promise.reject(new Error('the server said <b>no</b>')) })).back(),
  ),
  play: async (context) => {
    await shown(context, 'Welcome back, Ada Lovelace.')
    await context.userEvent.keyboard('{Tab}{Enter}')
    const dialog = await shown(context, 'That did not work')
    await expect(dialog).toHaveTextContent('You are confirmed, but this did not work')
    await expect(dialog).not.toHaveTextContent('the server said')
    await expect(within(dialog).getByRole('button', { name: 'Close' })).toHaveFocus()
  },
}

export const MayHaveBeenDone: Story = {
  ...after(async () => {
    const page = await returned(await away({ run: forever }), {}, 'confirming')
    void page.client.controls.confirm()
    await new Promise((resolve) => setTimeout(resolve, 50))
    return page.back({ reload: true })
  }),
  play: async (context) => {
    const dialog = await shown(context, 'This may have been done')
    await expect(dialog).toHaveTextContent('Delete project Apollo')
    await expect(buttons(dialog)).toEqual(['Close'])
    await expect(sceneOf(context).ran).toHaveLength(1)
  },
}

export const DoneElsewhere: Story = {
  ...after(async () =>
    (await away()).back({
      environment: () => ({ tabs: { consume: () => Promise.resolve(false) } }),
    }),
  ),
  play: async (context) => {
    await shown(context, 'Welcome back, Ada Lovelace.')
    await context.userEvent.keyboard('{Tab}{Enter}')
    await shown(context, 'Done in another tab')
    await expect(sceneOf(context).ran).toEqual([])
  },
}

// ---- after a trip that came to nothing

interface Ending {
  readonly title: string
  readonly text: string
  readonly buttons: readonly string[]
}
const endsIn =
  ({ title, text, buttons: wanted }: Ending): NonNullable<Story['play']> =>
  async (context) => {
    const dialog = await shown(context, title)
    await expect(dialog).toHaveTextContent(text)
    await expect(buttons(dialog)).toEqual(wanted)
    await expect(within(dialog).getAllByRole('button')[0]).toHaveFocus()
    await expect(sceneOf(context).ran).toEqual([])
  }
const again = ['Try again', 'Cancel']

const grace = { subject: 'grace', account: { name: 'Grace Hopper' } }

export const WrongAccount: Story = {
  ...after(async () => (await away()).back({ as: grace })),
  play: async (context) => {
    const { args, canvas, userEvent } = context
    await endsIn({
      title: 'Somebody else signed in',
      text: 'nothing was done',
      buttons: ['Sign in as the first account again', 'Sign out', 'Close'],
    })(context)
    await expect(canvas.getByRole('dialog')).not.toHaveTextContent(/Ada|Apollo/)
    await expect(args.signOut).not.toHaveBeenCalled()
    await userEvent.tab()
    await expect(canvas.getByRole('button', { name: 'Sign out' })).toHaveFocus()
  },
}

export const SignOut: Story = {
  ...WrongAccount,
  play: async (context) => {
    const { args, canvas, userEvent } = context
    await shown(context, 'Somebody else signed in')
    await userEvent.click(canvas.getByRole('button', { name: 'Sign out' }))
    await expect(args.signOut).toHaveBeenCalledOnce()
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
  },
}

export const NotFinished: Story = {
  ...after(async () => (await away()).back({ error: 'access_denied' })),
  play: endsIn({
    ...{ title: 'You did not finish confirming', text: 'Nothing was done.', buttons: again },
  }),
}

export const TryAgain: Story = {
  ...NotFinished,
  play: async (context) => {
    const { canvas } = context
    await shown(context, 'You did not finish confirming')
    await context.userEvent.keyboard('{Enter}')
    await shown(context, 'Taking you to Acme ID…')
    await expect(canvas.getByRole('dialog')).toHaveTextContent('Delete project Apollo')
  },
}

export const NotAskedAgain: Story = {
  ...after(async () => (await away()).back({ as: null })),
  play: endsIn({
    title: 'You were not asked to sign in again',
    text: 'Try once more: this time it will.',
    buttons: again,
  }),
}

export const NotAskedTwice: Story = {
  ...after(async () => {
    const first = await returned(await away(), { as: null }, 'failed')
    const detach = first.client.attachDialog()
    await first.client.controls.retry()
    await new Promise((resolve) => setTimeout(resolve, 50))
    detach()
    return first.back({ as: null })
  }),
  play: endsIn({
    title: 'You were not asked to sign in again',
    text: 'Sign out, sign in, and start again.',
    buttons: ['Close'],
  }),
}

export const NotStrongEnough: Story = {
  ...after(async () => (await away()).back({ error: 'unmet_authentication_requirements' })),
  play: endsIn({
    ...{ title: 'A stronger sign-in is needed', text: 'Your administrator', buttons: ['Close'] },
  }),
}

export const Expired: Story = {
  ...after(async () => {
    const scene = await away()
    scene.environment.clock.advance(700)
    return scene.back()
  }),
  play: endsIn({
    ...{ title: 'This took too long', text: 'start again', buttons: ['Close'] },
  }),
}

export const WaitedAtTheConfirmation: Story = {
  ...after(async () => (await away()).back()),
  play: async (context) => {
    await shown(context, 'Welcome back, Ada Lovelace.')
    sceneOf(context).environment.clock.advance(400)
    await context.userEvent.keyboard('{Tab}{Enter}')
    await endsIn({
      ...{ title: 'You waited for a while', text: 'Confirm once more to go on.', buttons: again },
    })(context)
  },
}

export const ConnectionLost: Story = {
  ...after(async () =>
    (await away()).back({ adapter: { complete: () => Promise.reject(new TypeError('fetch')) } }),
  ),
  play: endsIn({
    ...{ title: 'The connection was lost', text: 'Check your connection', buttons: again },
  }),
}

export const ProviderTrouble: Story = {
  ...after(async () => (await away()).back({ error: 'server_error' })),
  play: endsIn({
    ...{ title: 'The sign-in page had a problem', text: 'in a moment', buttons: again },
  }),
}

export const ProviderRefusal: Story = {
  ...after(async () => (await away()).back({ error: '<b>unheard_of</b>' })),
  play: async (context) => {
    await endsIn({
      ...{ title: 'The sign-in page had a problem', text: 'administrator', buttons: ['Close'] },
    })(context)
    await expect(context.canvas.getByRole('dialog')).not.toHaveTextContent('unheard_of')
  },
}

export const SignedOut: Story = {
  ...after(async () => {
    const scene = await away()
    const back = scene.back({ as: null })
    scene.adapter.authentication = null
    return back
  }),
  play: endsIn({
    ...{ title: 'You are signed out', text: 'Sign in and start again.', buttons: ['Close'] },
  }),
}

const full = () => {
  throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
}

export const NothingCanBeStored: Story = {
  ...after(async () => (await away()).back()),
  play: async (context) => {
    await shown(context, 'Welcome back, Ada Lovelace.')
    Object.assign(sceneOf(context).environment.storage, { write: full })
    await context.userEvent.keyboard('{Tab}{Enter}')
    await endsIn({
      title: 'Your browser keeps nothing for this page',
      text: 'Allow this site to store data',
      buttons: ['Close'],
    })(context)
  },
}

export const AppHasChanged: Story = {
  ...after(async () => (await away()).back({ knowsActions: false })),
  play: endsIn({
    ...{ title: 'This could not be kept', text: 'The page has changed', buttons: ['Close'] },
  }),
}

// ---- looks

export const RightToLeft: Story = {
  ...before({ label: 'حذف مشروع أبولو' }),
  args: {
    messages: {
      locale: 'ar',
      askTitle: 'تأكيد أنك أنت',
      action: 'الإجراء',
      account: 'الحساب',
      stale: (ago) => `سجّلت الدخول ${ago}. للمتابعة، أكّد أنك أنت.`,
      comesBack: 'ستعود إلى هنا وتؤكّد.',
      continueTo: (place) => `المتابعة إلى ${place}`,
      cancel: 'إلغاء',
    },
  },
  beforeEach: () => {
    document.documentElement.dir = 'rtl'
    return () => {
      document.documentElement.dir = 'ltr'
    }
  },
  play: async (context) => {
    await press(context)
    await shown(context, 'تأكيد أنك أنت')
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
