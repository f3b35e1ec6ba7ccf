// How the eager shell and its chunk come together. A lazy component suspends or throws where it is
// rendered; so does this stand-in for the chunk, which lets each test decide when that is.
import { render, screen } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { StepUpProvider } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { away, createScene, reached } from '../../stories/scene.js'
import { button, dialog, gone, keys, open, press, startClean } from './page.js'
import { eventually } from '../patience.js'

startClean()

const chunk = vi.hoisted(() => ({
  late: null as Promise<void> | null,
  fails: false,
  tries: 0,
}))

vi.mock('../../src/dialogs/step-up-surface.js', async (original) => {
  const { default: Surface } =
    await original<typeof import('../../src/dialogs/step-up-surface.js')>()
  return {
    default: (props: ComponentProps<typeof Surface>) => {
      chunk.tries++
      if (chunk.fails) throw new TypeError('Failed to fetch dynamically imported module')
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- how React is told to wait
      if (chunk.late) throw chunk.late
      return <Surface {...props} />
    },
  }
})

function late(): () => void {
  let arrive = () => {}
  chunk.late = new Promise((resolve) => {
    arrive = resolve
  })
  return () => {
    chunk.late = null
    arrive()
  }
}

beforeEach(() => {
  Object.assign(chunk, { late: null, fails: false, tries: 0 })
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

const ASK = "Confirm that it's you"

test('the focus returns to the button, also where the chunk loads late', async () => {
  const arrive = late()
  const scene = createScene()
  open(scene)
  await press('Delete project')
  await reached(scene.client, 'prompting')
  // Tired of waiting, the person goes on in the page.
  screen.getByRole('searchbox').focus()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(screen.queryByRole('dialog')).toBeNull()
  arrive()
  await dialog(ASK)
  await keys('{Escape}')
  await gone()
  expect(document.activeElement).toBe(button('Delete project'))
})

test('while the chunk is on its way, the app does not suspend', async () => {
  const arrive = late()
  open(createScene())
  await press('Delete project')
  await eventually(() => expect(chunk.tries).toBeGreaterThan(0))
  expect(screen.getByRole('heading', { name: 'Projects' })).toBeTruthy()
  arrive()
  await dialog(ASK)
  await keys('{Escape}')
})

test('fault 46: a chunk that does not load rejects with network, and the next prompt tries again', async () => {
  chunk.fails = true
  const scene = createScene()
  open(scene)
  await press('Delete project')
  await screen.findByText('network')
  expect(scene.client.getState().status).toBe('idle')
  expect(scene.ran).toEqual([])

  chunk.fails = false
  await press('Delete project')
  await dialog(ASK)
  await keys('{Escape}')
  await screen.findByText('cancelled')
})

test('a chunk that fails while nobody needs it harms nobody', async () => {
  chunk.fails = true
  open(createScene())
  // React lets what it shows settle first.
  await eventually(() => expect(console.error).toHaveBeenCalled())
  chunk.fails = false
  await press('Delete project')
  await dialog(ASK)
  await keys('{Escape}')
  await gone()
})

test('the chunk is there before it is needed, and shows nothing', async () => {
  const { container } = render(
    <StepUpProvider client={createScene().client}>
      <StepUpDialog />
    </StepUpProvider>,
  )
  expect(chunk.tries).toBe(0)
  await eventually(() => expect(chunk.tries).toBeGreaterThan(0))
  expect(container.textContent).toBe('')
})

test('coming back, the dialog is there as soon as its chunk is', async () => {
  const arrive = late()
  const scene = (await away()).back()
  open(scene)
  await eventually(() => expect(scene.client.getState().status).toBe('confirming'))
  expect(scene.ran).toEqual([])
  arrive()
  await dialog('Welcome back, Ada Lovelace.')
})
