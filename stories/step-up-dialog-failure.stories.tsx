import { SsoDialog, SsoReturnDialog } from 'react-step-up/dialogs'
import { expect, waitFor, within } from 'storybook/test'
import { after, buttons, sceneOf, shown, trip, meta, type Story } from './dialog-story.js'
import { away, returned } from './scene.js'

export default {
  ...meta,
  title: 'SsoReturnDialog/A trip that came to nothing',
  component: SsoReturnDialog,
  parameters: { ...meta.parameters, dialog: SsoReturnDialog },
}

/** What begins again asks again: the dialog that asks is needed as well. */
const asks = { parameters: { dialog: SsoDialog } } satisfies Story

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
  ...asks,
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
    const back = scene.back()
    scene.environment.clock.advance(700)
    return back
  }),
  play: endsIn({
    ...{ title: 'This took too long', text: 'start again', buttons: ['Close'] },
  }),
}

export const WaitedAtTheConfirmation: Story = {
  ...asks,
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
    ...{ title: 'You are signed out', text: 'Sign in again to go on.' },
    buttons: ['Try again', 'Cancel'],
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

const unreachable = () => Promise.reject(new Error('offline'))

export const SecondTry: Story = {
  ...asks,
  ...after(async () =>
    (await away()).back({
      as: null,
      adapter: { methods: () => [trip('acme', 'Acme ID', unreachable)] },
    }),
  ),
  play: async (context) => {
    await shown(context, 'You were not asked to sign in again')
    await context.userEvent.keyboard('{Enter}')
    const dialog = await shown(context, "Confirm that it's you")
    await expect(dialog).toHaveTextContent('Last time, your sign-in page did not ask you again.')
    await expect(within(dialog).getByRole('alert')).toHaveTextContent('The connection was lost')
  },
}
