import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { defineAction, useRequireFreshAuth, useResumed, type StandardSchemaV1 } from 'react-step-up'
import { expect } from 'storybook/test'
import { signedIn, stepUpOf } from './hook-story.js'
import { Travels } from './travels.js'

interface Project {
  readonly name: string
}
const schema: StandardSchemaV1<Project> = {
  '~standard': {
    version: 1,
    vendor: 'stories',
    validate: (value) => ({ value: value as Project }),
  },
}
const deleteProject = defineAction({
  ...{ id: 'project.delete', requirement: 300, schema },
  run: ({ name }) => {
    if (name === 'Gemini') throw new Error('It is in use.')
    return name
  },
  describe: ({ name }) => `Delete project ${name}`,
})

function Projects() {
  const requireFreshAuth = useRequireFreshAuth()
  const [told, setTold] = useState('Nothing has come back')
  // After the trip nobody awaits the promise any more: this gets the outcome, once.
  useResumed(deleteProject, (outcome, { name }) => {
    setTold('data' in outcome ? `${name} is deleted` : `${name} could not be deleted`)
  })
  const remove = (name: string) => void requireFreshAuth(deleteProject, { name }).catch(() => {})
  return (
    <>
      {['Apollo', 'Gemini'].map((name) => (
        <button key={name} type="button" onClick={() => remove(name)}>
          Delete {name}
        </button>
      ))}
      <output>{told}</output>
    </>
  )
}

const meta = {
  title: 'Hooks/useResumed',
  loaders: [
    () => {
      const stepUp = signedIn(3600, { actions: [deleteProject] })
      stepUp.adapter.offered = [stepUp.adapter.trip]
      return { stepUp }
    },
  ],
  render: (_, { loaded }) => (
    <Travels stepUp={stepUpOf({ loaded })} title="Projects">
      <Projects />
    </Travels>
  ),
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

type Context = Parameters<NonNullable<Story['play']>>[0]
async function thereAndBack({ canvas, userEvent }: Context, name: string): Promise<void> {
  await userEvent.click(await canvas.findByRole('button', { name: `Delete ${name}` }))
  await userEvent.click(await canvas.findByRole('button', { name: 'Continue to Acme ID' }))
  await userEvent.click(await canvas.findByRole('button', { name: 'Sign in' }))
  await canvas.findByRole('dialog', { name: 'Welcome back, Ada Lovelace.' })
  await userEvent.click(canvas.getByRole('button', { name: `Delete project ${name}` }))
}

export const Done: Story = {
  play: async (context) => {
    await thereAndBack(context, 'Apollo')
    await expect(await context.canvas.findByText('Apollo is deleted')).toBeVisible()
  },
}

export const Failed: Story = {
  play: async (context) => {
    await thereAndBack(context, 'Gemini')
    await context.canvas.findByRole('dialog', { name: 'That did not work' })
    await expect(context.canvas.getByText('Gemini could not be deleted')).toBeInTheDocument()
  },
}
