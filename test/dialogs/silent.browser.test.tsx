// A server that says nothing holds nobody.
import { screen, waitFor } from '@testing-library/react'
import { FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, test } from 'vitest'
import { createScene } from '../../stories/scene.js'
import { button, dialog, gone, keys, open, press, startClean } from './page.js'

startClean()

/** A passkey is being checked, and never will be; `signals` are what the ceremonies were told. */
async function checking() {
  const signals: AbortSignal[] = []
  const verify = ({ signal }: { signal: AbortSignal }) =>
    new Promise<never>((_, reject) => {
      signals.push(signal)
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
  const scene = createScene({
    methods: ({ passkey, password, trip }) => [{ ...passkey, verify }, password, trip],
  })
  open(scene)
  await press('Delete project')
  await dialog("Confirm that it's you")
  await press('Use your passkey')
  await waitFor(() => expect(button('Checking…')).toBeTruthy())
  return { scene, signals }
}

test('FAULTS 37: another way ends the ceremony of a passkey, and is all that counts', async () => {
  const { scene, signals } = await checking()
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  // By keys alone: from the button that waits, over Cancel, to what comes after it.
  await keys('{Tab}{Tab}')
  expect(document.activeElement).toBe(button('Your password'))
  await keys('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Password')))
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(screen.queryByRole('alert')).toBeNull()
  await keys(`${FAKE_PASSWORD}{Enter}`)
  await gone()
  expect(scene.ran).toEqual(['Delete project Apollo'])
})

test('FAULTS 37: so does Cancel, and nothing is done', async () => {
  const { scene, signals } = await checking()
  await press('Cancel')
  await gone()
  await screen.findByText('cancelled')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(scene.ran).toEqual([])
})

test('FAULTS 37: a passkey that was left can be begun anew', async () => {
  const { signals } = await checking()
  await press('Your password')
  await press('Your passkey')
  await press('Use your passkey')
  await waitFor(() => expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]))
})
