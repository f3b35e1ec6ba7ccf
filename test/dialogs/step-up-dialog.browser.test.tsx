import { render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import { StepUpProvider, type TripMethod } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { away, createScene, reached } from '../../stories/scene.js'
import { button, dialog, gone, keys, open, press, told, startClean } from './page.js'

startClean()

const ASK = "Confirm that it's you"
const WELCOME = 'Welcome back, Ada Lovelace.'

test('FAULTS 38: the focus goes into the dialog, and back to the button it came from', async () => {
  open(createScene())
  await press('Delete project')
  await dialog(ASK)
  expect(document.activeElement).toBe(button('Continue to Acme ID'))
  await press('Cancel')
  await gone()
  expect(document.activeElement).toBe(button('Delete project'))
})

test('the focus returns to a button that was disabled while its action waited', async () => {
  const scene = createScene()
  function Page() {
    const [busy, setBusy] = useState(false)
    const remove = async () => {
      setBusy(true)
      await Promise.all(scene.press(scene.client, 'project'))
      setBusy(false)
    }
    return (
      <button disabled={busy} onClick={() => void remove()}>
        Remove
      </button>
    )
  }
  render(
    <StepUpProvider client={scene.client}>
      <Page />
      <StepUpDialog />
    </StepUpProvider>,
  )
  await press('Remove')
  await dialog(ASK)
  await press('Cancel')
  await gone()
  await waitFor(() => {
    expect(document.activeElement).toBe(button('Remove'))
  })
})

test('where the button is gone, the focus goes to the place around it', async () => {
  const scene = createScene()
  function Page({ rows }: { rows: boolean }) {
    return (
      <StepUpProvider client={scene.client}>
        <section aria-label="Projects">
          {rows && (
            <button onClick={() => void scene.press(scene.client, 'project')}>Remove</button>
          )}
        </section>
        <StepUpDialog />
      </StepUpProvider>
    )
  }
  const { rerender } = render(<Page rows />)
  await press('Remove')
  await dialog(ASK)
  rerender(<Page rows={false} />)
  await press('Cancel')
  await gone()
  await waitFor(() => {
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Projects' }))
  })
})

test('after a trip, where nothing had the focus, it goes to the beginning of the page', async () => {
  open((await away()).back())
  await dialog(WELCOME)
  await press('Cancel')
  await gone()
  await waitFor(() => {
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Projects' }))
  })
})

test('FAULTS 38: Tab and Shift+Tab never reach the page beneath', async () => {
  open(createScene())
  await press('Delete project')
  const element = await dialog(ASK)
  const reached = new Set<Element | null>()
  for (const key of ['{Tab}', '{Shift>}{Tab}{/Shift}']) {
    for (let times = 0; times < 6; times++) {
      await keys(key)
      const { activeElement } = document
      // Between the last and the first, the browser's own buttons have the focus.
      expect(activeElement === document.body || element.contains(activeElement)).toBe(true)
      reached.add(activeElement)
    }
  }
  expect(reached).toContain(button('Cancel'))
  expect(reached).toContain(button('Continue to Acme ID'))
})

test('Esc cancels, the caller learns it, and it is said', async () => {
  const scene = createScene()
  open(scene)
  await press('Delete project')
  await dialog(ASK)
  await keys('{Escape}')
  await gone()
  await screen.findByText('cancelled')
  await told('Cancelled. Nothing was done.')
  expect(scene.ran).toEqual([])
})

test('a click beside the dialog does nothing', async () => {
  open(createScene())
  await press('Delete project')
  const element = await dialog(ASK)
  await userEvent.click(element, { position: { x: -10, y: -10 }, force: true })
  expect(element.open).toBe(true)
})

test('what was typed in the page beneath stays', async () => {
  open(createScene())
  const field = screen.getByRole<HTMLInputElement>('searchbox')
  field.focus()
  await keys('apol')
  await press('Delete project')
  await dialog(ASK)
  await keys('{Escape}')
  await gone()
  expect(field.value).toBe('apol')
})

test('a held Enter opens the dialog and does not leave by it', async () => {
  const scene = createScene()
  open(scene)
  await press('Delete project')
  await dialog(ASK)
  const held = new KeyboardEvent('keydown', {
    ...{ key: 'Enter', repeat: true, bubbles: true, cancelable: true },
  })
  expect(button('Continue to Acme ID').dispatchEvent(held)).toBe(false)
  await keys('{Enter}')
  await dialog('Taking you to Acme ID…')
})

test('the trip can be given up while the page is leaving', async () => {
  open(createScene())
  await press('Delete project')
  await dialog(ASK)
  await press('Continue to Acme ID')
  await dialog('Taking you to Acme ID…')
  await press('Cancel')
  await gone()
  await screen.findByText('cancelled')
})

test('fault 12: nothing runs before the click, which keys held down do not make', async () => {
  const scene = (await away()).back()
  open(scene)
  const element = await dialog(WELCOME)
  expect(document.activeElement).toBe(element)
  await keys('{Enter}')
  await keys(' ')
  expect(scene.ran).toEqual([])
  await press('Delete project Apollo')
  await gone()
  expect(scene.ran).toEqual(['Delete project Apollo'])
  await told('Done: Delete project Apollo')
})

test('what runs cannot be closed, and every state is said', async () => {
  let finish = () => {}
  const running = new Promise<void>((resolve) => {
    finish = resolve
  })
  const scene = (await away({ run: () => running }, 'project', 'member')).back()
  open(scene)
  await dialog(WELCOME)
  await told(`${WELCOME} Do you still want to do all of this?`)
  await press('Confirm all')
  const element = await dialog('One moment…')
  await told('One moment…')
  await keys('{Escape}')
  await keys('{Escape}')
  await keys('{Escape}')
  expect(element.matches(':modal')).toBe(true)
  finish()
  await gone()
  await told(/^Done: .+ and .+/)
})

test('fault 36: script in a label, in a name and in what the provider says is text', async () => {
  const script = '<img src=x onerror="window.__ran=1">'
  const account = { name: script, loginHint: '<script>window.__ran=1</script>' }
  const method: TripMethod & { label: string } = {
    ...{ type: 'redirect', id: 'x', label: '<b onmouseover="window.__ran=1">ID</b>' },
    start: () => Promise.reject(new Error(script)),
  }
  const scene = createScene({
    ...{ label: script, authentication: { account } },
    adapter: () => ({ methods: () => [method] }),
  })
  open(scene)
  await press('Delete project')
  const element = await dialog(ASK)
  expect(element.querySelector('img, script, b')).toBeNull()
  expect(element.textContent).toContain(script)
  await press(`Continue to ${method.label}`)
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toBe(
    'The connection was lost Nothing was done. Check your connection and try again.',
  )
  await press('Cancel')
  await gone()
})

test('fault 6: whoever comes back sees nothing of the first person', async () => {
  const scene = await away()
  const signOut = vi.fn()
  open(scene.back({ as: { subject: 'grace', account: { name: 'Grace Hopper' } } }), { signOut })
  const element = await dialog('Somebody else signed in')
  expect(element.textContent).not.toMatch(/Ada|ada@|Apollo|project/)
  await press('Sign out')
  expect(signOut).toHaveBeenCalledOnce()
  await gone()
  expect(scene.ran).toEqual([])
})

test('whoever came back as somebody else can sign in as the first again', async () => {
  const scene = await away()
  open(scene.back({ as: { subject: 'grace' } }))
  await dialog('Somebody else signed in')
  expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull()
  await press('Sign in as the first account again')
  await waitFor(() => {
    expect(scene.adapter.trips).toHaveLength(2)
  })
  expect(scene.adapter.trips[1]).toMatchObject({ prompt: 'login' })
})

test.each([
  ['access_denied', 'You did not finish confirming', ['Try again', 'Cancel']],
  ['login_required', 'The sign-in page had a problem', ['Try again', 'Cancel']],
  ['interaction_required', 'The sign-in page had a problem', ['Try again', 'Cancel']],
  ['server_error', 'The sign-in page had a problem', ['Try again', 'Cancel']],
  ['temporarily_unavailable', 'The sign-in page had a problem', ['Try again', 'Cancel']],
  ['unmet_authentication_requirements', 'A stronger sign-in is needed', ['Close']],
  ['<i>unheard_of</i>', 'The sign-in page had a problem', ['Close']],
])('fault 15: the provider answers %s', async (error, title, names) => {
  const scene = (await away()).back({ error })
  open(scene)
  const element = await dialog(title)
  expect(
    within(element)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(names)
  expect(element.textContent).not.toContain(error)
  expect(element.textContent).toMatch(/nothing was done/i)
  await press(names.at(-1)!)
  await gone()
  expect(scene.ran).toEqual([])
})

test('a function that could not come back is told what to press', async () => {
  const scene = (await away({}, 'function')).back()
  open(scene)
  const element = await dialog(WELCOME)
  expect(element.textContent).toContain('Press the button again')
  await press('OK')
  await gone()
})

test('the texts can be replaced', async () => {
  open(createScene(), { messages: { askTitle: 'Bist du es?', locale: 'de' } })
  await press('Delete project')
  const element = await dialog('Bist du es?')
  expect(element.lang).toBe('de')
  expect(element.textContent).toContain('vor 3 Stunden')
})

test('without a provider it says what is missing', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(() => render(<StepUpDialog />)).toThrow(/StepUpDialog found no step-up client/)
  vi.restoreAllMocks()
})

test('fault 46: without a dialog on the page the caller is told so', async () => {
  const scene = createScene()
  const stop = scene.client.start()
  const [ended] = scene.press(scene.client, 'project')
  await reached(scene.client, 'prompting')
  scene.environment.clock.advance(1)
  expect(await ended).toMatchObject({ code: 'no_dialog' })
  stop()
})

test('an app that renders twice shows one dialog', async () => {
  const scene = createScene()
  render(
    <StrictMode>
      <StepUpProvider client={scene.client}>
        <StepUpDialog />
      </StepUpProvider>
    </StrictMode>,
  )
  void scene.press(scene.client, 'project', 'member')
  await dialog(ASK)
  expect(screen.getAllByRole('dialog')).toHaveLength(1)
  await keys('{Escape}')
  await gone()
})
