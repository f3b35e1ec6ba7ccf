// What the tests of the dialog have in common: a page of the app, and what a person does on it.
import {
  cleanup,
  configure,
  render,
  screen,
  waitFor,
  type RenderResult,
} from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, beforeEach, expect } from 'vitest'
import { userEvent } from 'vitest/browser'
import { Console, type Scene } from '../../stories/scene.js'

// A limit and no expectation: a busy machine fails nothing.
configure({ asyncUtilTimeout: 10_000 })

/** Each test begins without a dialog, in a light page. */
export function startClean(): void {
  beforeEach(() => {
    document.documentElement.dataset['theme'] = 'light'
  })
  afterEach(() => {
    cleanup()
    document.documentElement.removeAttribute('data-theme')
  })
}

export const open = (
  scene: Scene,
  props: Omit<Parameters<typeof Console>[0], 'scene'> = {},
): RenderResult =>
  render(
    <StrictMode>
      <Console scene={scene} {...props} />
    </StrictMode>,
  )

export const button = (name: string | RegExp) => screen.getByRole('button', { name })

/** With real keys and a real click: what the browser does is what is tested. */
export const press = (name: string | RegExp) => userEvent.click(button(name))
export const keys = (text: string) => userEvent.keyboard(text)

/** The open dialog of this name. */
export async function dialog(name: string | RegExp): Promise<HTMLDialogElement> {
  const found = await screen.findByRole<HTMLDialogElement>('dialog', { name })
  expect(found.matches(':modal')).toBe(true)
  return found
}

export const gone = () =>
  waitFor(() => {
    expect(screen.queryByRole('dialog')).toBeNull()
  })

/** Told to screen readers. */
export const told = (text: string | RegExp) =>
  waitFor(() => {
    const regions = screen.getAllByRole('status').map((region) => region.textContent)
    expect(regions).toContainEqual(expect.stringMatching(text))
  })
