import type { TripMethod } from 'react-step-up'
import { SsoDialog } from 'react-step-up/dialogs'
import { expect, waitFor, within } from 'storybook/test'
import {
  before,
  buttons,
  forever,
  meta,
  press,
  sceneOf,
  shown,
  type Context,
  type Story,
} from './dialog-story.js'

export default {
  ...meta,
  title: 'SsoDialog/In a window',
  component: SsoDialog,
  parameters: { ...meta.parameters, dialog: SsoDialog },
}

const inWindow: TripMethod = {
  ...{ type: 'redirect', id: 'provider', label: 'Acme ID', popup: true },
  start: forever,
}
const withWindow = before({ adapter: () => ({ methods: () => [inWindow] }) })

/** The person presses, and chooses the window. */
async function stay(context: Context): Promise<void> {
  await press(context)
  const dialog = await shown(context, "Confirm that it's you")
  await context.userEvent.click(
    within(dialog).getByRole('button', { name: 'Stay here and use a window' }),
  )
}

export const Ask: Story = {
  ...withWindow,
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(buttons(dialog)).toEqual([
      'Continue to Acme ID',
      'Stay here and use a window',
      'Cancel',
    ])
  },
}

export const AskForFunction: Story = {
  ...withWindow,
  parameters: { press: ['function'] },
  play: async (context) => {
    await press(context)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(buttons(dialog)).toEqual([
      'Stay here and use a window',
      'Continue to Acme ID',
      'Cancel',
    ])
  },
}

export const Waiting: Story = {
  ...withWindow,
  play: async (context) => {
    await stay(context)
    const dialog = await shown(context, 'Waiting for Acme ID…')
    await expect(dialog).toHaveTextContent('Finish in the window that has opened.')
    await expect(dialog).toHaveTextContent('Delete project Apollo')
    await expect(buttons(dialog)).toEqual(['Continue in this tab', 'Cancel'])
  },
}

export const Closed: Story = {
  ...withWindow,
  play: async (context) => {
    await stay(context)
    await shown(context, 'Waiting for Acme ID…')
    const { environment } = sceneOf(context)
    environment.windows.at(-1)?.close()
    environment.clock.advance(1)
    environment.clock.advance(1)
    const dialog = await shown(context, "Confirm that it's you")
    await expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'The window seems to be closed',
    )
  },
}

export const Blocked: Story = {
  ...before({ adapter: () => ({ methods: () => [inWindow] }), blocksWindows: true }),
  play: async (context) => {
    await stay(context)
    const dialog = await shown(context, "Confirm that it's you")
    await waitFor(() =>
      expect(within(dialog).getByRole('alert')).toHaveTextContent('The window could not open'),
    )
    await context.userEvent.click(
      within(dialog).getByRole('button', { name: 'Continue to Acme ID' }),
    )
    await shown(context, 'Taking you to Acme ID…')
  },
}
