import type { Meta, StoryObj } from '@storybook/react-vite'
import { onlineManager } from '@tanstack/react-query'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor, within } from 'storybook/test'
import { confirm, signedIn, stepUpOf } from './hook-story.js'
import { createApi, optimistic, Projects, type Api } from './projects.js'
import { Network, WithQueries } from './query-story.js'
import { Travels } from './travels.js'

const ALL = ['Apollo', 'Gemini', 'Mercury', 'Skylab', 'Voyager']
const without = (name: string) => ALL.filter((project) => project !== name)

/** An app where the person signed in `age` seconds ago. */
function app({ age = 3600, inUse }: { age?: number; inUse?: string } = {}) {
  const api = createApi(inUse)
  return { api, stepUp: signedIn(age, { actions: [api.deleteProject] }) }
}

const meta = {
  title: 'Hooks/useStepUpMutation/Delete',
  loaders: [() => app()],
  beforeEach: () => () => onlineManager.setOnline(true),
  render: (_, { loaded, parameters }) => (
    <Travels stepUp={stepUpOf({ loaded })} title="Projects">
      {(page) => (
        <WithQueries page={page} setDefaults={optimistic(loaded['api'] as Api)}>
          <Projects api={loaded['api'] as Api} />
          {parameters['network'] === true && <Network />}
        </WithQueries>
      )}
    </Travels>
  ),
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const apiOf = ({ loaded }: Context) => loaded['api'] as Api

async function press({ canvas, userEvent }: Context, name: string): Promise<void> {
  await userEvent.click(await canvas.findByRole('button', { name }))
}

async function listed({ canvas }: Context, projects: readonly string[]): Promise<void> {
  const list = await canvas.findByRole('list', { name: 'Projects' })
  const names = () =>
    within(list)
      .queryAllByRole('button')
      .map((button) => button.getAttribute('aria-label')?.replace('Delete ', ''))
  await waitFor(() => expect(names()).toEqual(projects))
}

async function mutations({ canvas }: Context, ...works: readonly string[]): Promise<void> {
  const log = await canvas.findByRole('status', { name: 'Mutations' })
  await waitFor(() => expect(log).toHaveTextContent(works.join(', ')))
}

const closed = ({ canvas }: Context) =>
  waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())

export const Optimistic: Story = {
  play: async (context) => {
    await press(context, 'Delete Apollo')
    // Gone at once, while the API has heard of nothing.
    await listed(context, without('Apollo'))
    await mutations(context, 'Delete project Apollo: under way')
    await expect(apiOf(context).asked).toEqual([])
    await confirm(context, FAKE_PASSWORD)
    await mutations(context, 'Delete project Apollo: done')
    await closed(context)
    await listed(context, without('Apollo'))
    await expect(apiOf(context).asked).toEqual(['Apollo'])
  },
}

export const RolledBackByCancel: Story = {
  play: async (context) => {
    await press(context, 'Delete Apollo')
    await context.canvas.findByRole('dialog', { name: "Confirm that it's you" })
    await listed(context, without('Apollo'))
    await press(context, 'Cancel')
    await listed(context, ALL)
    await mutations(context, 'Delete project Apollo: given up')
    await closed(context)
    // Whoever changes their mind is told of no failure.
    await expect(context.canvas.queryByRole('alert')).toBeNull()
    await expect(apiOf(context).asked).toEqual([])
  },
}

export const RolledBackByTheApi: Story = {
  loaders: [() => app({ inUse: 'Gemini' })],
  play: async (context) => {
    await press(context, 'Delete Gemini')
    await confirm(context, FAKE_PASSWORD)
    await expect(await context.canvas.findByText('Gemini is in use.')).toHaveRole('alert')
    await mutations(context, 'Delete project Gemini: failed')
    await closed(context)
    await listed(context, ALL)
  },
}

export const FiveAtOnce: Story = {
  play: async (context) => {
    const prompts: string[] = []
    stepUpOf(context).client.subscribe(({ type }) => {
      if (type === 'prompted') prompts.push(type)
    })
    await listed(context, ALL)
    await press(context, 'Delete all')
    const dialog = await context.canvas.findByRole('dialog', { name: "Confirm that it's you" })
    for (const name of ALL) {
      await waitFor(() => expect(dialog).toHaveTextContent(`Delete project ${name}`))
    }
    await confirm(context, FAKE_PASSWORD)
    await mutations(context, ...ALL.map((name) => `Delete project ${name}: done`))
    await closed(context)
    await listed(context, [])
    await expect(apiOf(context).asked).toEqual(ALL)
    await expect(prompts).toEqual(['prompted'])
  },
}

export const OfflineAndBack: Story = {
  loaders: [() => app({ age: 60 })],
  parameters: { network: true },
  play: async (context) => {
    await listed(context, ALL)
    await press(context, 'Go offline')
    await press(context, 'Delete Apollo')
    await mutations(context, 'Delete project Apollo: waits for the network')
    await listed(context, without('Apollo'))
    // Fresh when it was pressed. Whether it is fresh when it can run is another question.
    stepUpOf(context).clock.advance(300)
    await expect(context.canvas.queryByRole('dialog')).toBeNull()
    await press(context, 'Go online')
    await confirm(context, FAKE_PASSWORD)
    await mutations(context, 'Delete project Apollo: done')
    await closed(context)
    await expect(apiOf(context).asked).toEqual(['Apollo'])
  },
}

export const BackFromATrip: Story = {
  loaders: [
    () => {
      const loaded = app()
      loaded.stepUp.adapter.offered = [loaded.stepUp.adapter.trip]
      return loaded
    },
  ],
  play: async (context) => {
    await press(context, 'Delete Apollo')
    await mutations(context, 'Delete project Apollo: under way')
    await press(context, 'Continue to Acme ID')
    await press(context, 'Sign in')
    // A page that has just been loaded: neither the list nor the mutation is what it was.
    const dialog = await context.canvas.findByRole('dialog', {
      name: 'Welcome back, Ada Lovelace.',
    })
    await listed(context, ALL)
    await mutations(context, 'No mutations yet')
    await context.userEvent.click(
      within(dialog).getByRole('button', { name: 'Delete project Apollo' }),
    )
    await mutations(context, 'Delete project Apollo: done')
    await listed(context, without('Apollo'))
    await closed(context)
    await expect(apiOf(context).asked).toEqual(['Apollo'])
  },
}
