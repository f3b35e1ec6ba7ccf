// A dialog is in a language of its own, whatever the page around it is in.
import { screen, waitFor } from '@testing-library/react'
import { arabic } from 'react-step-up/dialogs/messages/ar'
import { afterEach, expect, test } from 'vitest'
import { createScene } from '../../stories/scene.js'
import { dialog, gone, keys, open, press, startClean } from './page.js'

startClean()

const page = document.documentElement
afterEach(() => {
  page.removeAttribute('dir')
  page.removeAttribute('lang')
})

test('an Arabic dialog on an English page runs from right to left, and is read as Arabic', async () => {
  page.lang = 'en'
  page.dir = 'ltr'
  open(createScene(), { messages: arabic })
  await press('Delete project')
  const element = await dialog(arabic.askTitle)
  expect(element.matches(':lang(ar):dir(rtl)')).toBe(true)
  const [text] = element.querySelectorAll('[data-step-up=text]')
  expect(getComputedStyle(text!).direction).toBe('rtl')
  const [avatar, name] = element.querySelectorAll('[data-step-up=account] > *')
  const rightOf = (part?: Element) => part!.getBoundingClientRect().right
  expect(rightOf(avatar)).toBeGreaterThan(rightOf(name))
  await waitFor(() => expect(element.querySelector('[role=status]')?.textContent).not.toBe(''))
  expect(element.querySelector('[role=status]')?.matches(':lang(ar)')).toBe(true)

  await keys('{Escape}')
  await gone()
  const farewell = await screen.findByText(arabic.cancelled)
  expect(farewell.matches('[role=status]:lang(ar)')).toBe(true)
  expect(page.matches(':lang(en):dir(ltr)')).toBe(true)
})

test('an English dialog on an Arabic page runs from left to right', async () => {
  page.lang = 'ar'
  page.dir = 'rtl'
  open(createScene())
  await press('Delete project')
  const element = await dialog("Confirm that it's you")
  expect(element.matches(':lang(en):dir(ltr)')).toBe(true)
})
