import { SsoReturnDialog } from 'react-step-up/dialogs'
import { expect, waitFor, within } from 'storybook/test'
import { after, buttons, forever, sceneOf, shown, meta, type Story } from './dialog-story.js'
import { away, returned } from './scene.js'

export default {
  ...meta,
  title: 'SsoReturnDialog/After the trip',
  component: SsoReturnDialog,
  parameters: { ...meta.parameters, dialog: SsoReturnDialog },
}

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
      // Whoever asks for its turn learns that another window has had it.
      environment: ({ runs }) => ({ runs: { ...runs, add: () => Promise.resolve(false) } }),
    }),
  ),
  play: async (context) => {
    await shown(context, 'Welcome back, Ada Lovelace.')
    await context.userEvent.keyboard('{Tab}{Enter}')
    await shown(context, 'Done in another tab')
    await expect(sceneOf(context).ran).toEqual([])
  },
}
