// What the stories of the dialog share: how a story begins, and what a person sees and does in it.
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { Method } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { expect, fn, waitFor, within } from 'storybook/test'
import { Console, createScene, type Press, type Scene, type SceneOptions } from './scene.js'

export const meta = {
  component: StepUpDialog,
  args: { signOut: fn() },
  render: (args, { loaded, parameters }) => (
    <Console
      {...args}
      scene={loaded['scene'] as Scene}
      dialog={parameters['dialog'] as typeof StepUpDialog}
      press={parameters['press'] as readonly Press[]}
    />
  ),
  parameters: { press: ['project'], layout: 'fullscreen' },
} satisfies Meta<typeof StepUpDialog>

export type Story = StoryObj<typeof meta>
export type Context = Parameters<NonNullable<Story['play']>>[0]

export const forever = () =>
  new Promise<never>(() => {
    // Never answered.
  })
export const sceneOf = ({ loaded }: Context) => loaded['scene'] as Scene

/** The page before the trip: the person presses, and the dialog is there. */
export const before = (options?: SceneOptions): Pick<Story, 'loaders'> => ({
  loaders: [() => ({ scene: createScene(options) })],
})
/** The page after the trip, where the dialog comes by itself. */
export const after = (load: () => Promise<Scene>): Pick<Story, 'loaders'> => ({
  loaders: [async () => ({ scene: await load() })],
})

export async function press({ canvas, userEvent }: Context): Promise<void> {
  await userEvent.click(await canvas.findByRole('button', { name: 'Delete project' }))
}

export async function shown({ canvas }: Context, name: string): Promise<HTMLElement> {
  const dialog = await canvas.findByRole('dialog', { name })
  await expect(dialog).toHaveProperty('open', true)
  // In words, for those who do not see it appear.
  await waitFor(() => expect(within(dialog).getByRole('status')).toHaveTextContent(name))
  return dialog
}

export const buttons = (dialog: HTMLElement) =>
  within(dialog)
    .getAllByRole('button')
    .map(({ textContent }) => textContent)

/** A way to leave the page. */
export const trip = (id: string, label?: string, start: () => Promise<void> = forever): Method => ({
  ...{ type: 'redirect', id, start },
  ...(label !== undefined && { label }),
})

export const ASK = "Confirm that it's you"

/** Presses, and looks at what is asked. */
export async function asked(context: Context, name = ASK): Promise<HTMLElement> {
  await press(context)
  return shown(context, name)
}

/** The action has run, once, and nothing is open any more. */
export async function ran(context: Context): Promise<void> {
  await expect(await context.canvas.findByText('done')).toBeVisible()
  await expect(context.canvas.queryByRole('dialog')).toBeNull()
  await expect(sceneOf(context).ran).toHaveLength(1)
}
