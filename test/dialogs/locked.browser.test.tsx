// Too many tries, and the wait that comes after them.
import { act, screen, waitFor } from '@testing-library/react'
import { StepUpError } from 'react-step-up'
import { FAKE_PASSWORD, type FakeAdapter } from 'react-step-up/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createScene, type Scene } from '../../stories/scene.js'
import { button, dialog, gone, keys, open, press, startClean } from './page.js'

startClean()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const ASK = "Confirm that it's you"
const pass = (seconds: number) =>
  act(() => {
    vi.advanceTimersByTime(seconds * 1000)
  })
const locked = (retryAfter: number) => () =>
  Promise.reject(new StepUpError('locked', 'x', { retryAfter }))
const left = (time: string) => screen.findByText(`You can try again in ${time}.`)
const isOff = (name: string) => button(name).getAttribute('aria-disabled') === 'true'
/** Though it says that it does nothing. */
const pressAnyway = (name: string) => userEvent.click(button(name), { force: true })
const counts = () => screen.queryByText(/You can try again in/) !== null

/** Every way there is; the password is answered by `answers`, one after the other. */
async function asked(
  answers: readonly (() => Promise<never>)[] = [],
  code: Partial<FakeAdapter['code']> = {},
): Promise<{ scene: Scene; send: () => number }> {
  const verify = vi.fn<FakeAdapter['password']['verify']>()
  const send = vi.fn<NonNullable<FakeAdapter['code']['send']>>()
  const scene = createScene({
    methods: (adapter) => {
      verify.mockImplementation(adapter.password.verify)
      for (const answer of answers) verify.mockImplementationOnce(answer)
      send.mockImplementation(code.send ?? adapter.code.send!)
      const password = { ...adapter.password, verify }
      return [password, { ...adapter.code, ...code, send }, adapter.passkey, adapter.trip]
    },
  })
  open(scene)
  await press('Delete project')
  await dialog(ASK)
  return { scene, send: () => send.mock.calls.length }
}

const typeInto = async (label: string, text: string) => {
  const field = screen.getByLabelText(label)
  await waitFor(() => expect(document.activeElement).toBe(field))
  await keys(`${text}{Enter}`)
}

test('FAULTS 35: a lock stands when its method is chosen again, and goes on counting', async () => {
  const { scene } = await asked([locked(42)])
  await typeInto('Password', 'wrong')
  await left('42 seconds')

  // The others may be open still: the server knows, and says so.
  await press(/A code by email/)
  expect(counts()).toBe(false)
  expect(isOff('Send the code')).toBe(false)
  pass(10)
  await press('Your password')
  await left('32 seconds')
  expect(screen.getByRole('alert').textContent).toContain('Too many tries')
  expect(isOff('Confirm')).toBe(true)
  await press('Acme ID')
  expect(counts()).toBe(false)
  expect(isOff('Continue to Acme ID')).toBe(false)

  pass(30)
  await press('Your password')
  await left('2 seconds')
  expect(isOff('Confirm')).toBe(true)
  pass(2)
  expect(counts()).toBe(false)
  expect(screen.queryByRole('alert')).toBeNull()
  await typeInto('Password', FAKE_PASSWORD)
  await gone()
  expect(scene.ran).toEqual(['Delete project Apollo'])
})

test('FAULTS 35: the last word of the server is what counts', async () => {
  await asked([locked(5), locked(600)])
  await typeInto('Password', 'wrong')
  await left('5 seconds')
  pass(5)
  await typeInto('Password', 'wrong')
  await left('10 minutes')
})

test('the next prompt begins without it: the server says whether it still stands', async () => {
  await asked([locked(42)])
  await typeInto('Password', 'wrong')
  await left('42 seconds')
  await press('Cancel')
  await gone()
  await press('Delete project')
  await dialog(ASK)
  expect(counts()).toBe(false)
  expect(isOff('Confirm')).toBe(false)
})

test('FAULTS 35: a code that may not be sent yet says when', async () => {
  const { send } = await asked([], { send: locked(600) })
  await press(/A code by email/)
  await press('Send the code')
  await left('10 minutes')
  expect(isOff('Send the code')).toBe(true)
  await pressAnyway('Send the code')
  expect(send()).toBe(1)
  await press('I have a code already')
  await left('10 minutes')
  expect(isOff('Confirm')).toBe(true)
})

test('FAULTS 35: nor is it sent once more while there is a lock', async () => {
  const answers = [() => Promise.resolve({ resendIn: 0 }), locked(600)]
  const { send } = await asked([], { send: () => answers.shift()!() })
  await press(/A code by email/)
  await press('Send the code')
  await press('Send a new code')
  await left('10 minutes')
  expect(isOff('Send a new code')).toBe(true)
  expect(screen.getByText('in 10 minutes')).toBeTruthy()
  await pressAnyway('Send a new code')
  expect(send()).toBe(2)
})
