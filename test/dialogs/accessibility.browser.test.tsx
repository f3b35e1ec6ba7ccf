// WCAG 2.2 in a real browser; stories/accessibility.mdx says which test is for which criterion.
import { screen, within } from '@testing-library/react'
import type { Method } from 'react-step-up'
import { StepUpError } from 'react-step-up'
import { FAKE_CODE, FAKE_PASSWORD, type FakeAdapter } from 'react-step-up/testing'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { away, createScene, type Scene, type SceneOptions } from '../../stories/scene.js'
import { contrast } from './contrast.js'
import { emulate } from './media.js'
import { button, dialog, gone, keys, open, press, startClean, told } from './page.js'

startClean()

const ASK = "Confirm that it's you"
const WELCOME = 'Welcome back, Ada Lovelace.'

afterEach(async () => {
  await emulate({})
  await page.viewport(1024, 768)
})

const first: Record<string, (adapter: FakeAdapter) => Method> = {
  password: ({ password }) => password,
  code: ({ code }) => code,
  passkey: ({ passkey }) => passkey,
  link: ({ link }) => link,
  trip: ({ trip }) => trip,
}
const forms = Object.keys(first)

/** Asked by one form, with all the others beside it. */
async function asked(form: string, options: SceneOptions = {}): Promise<HTMLDialogElement> {
  const methods = (adapter: FakeAdapter) => {
    const all = forms.map((name) => first[name]!(adapter))
    return [first[form]!(adapter), ...all].filter(
      ({ id }, index, list) => list.findIndex((other) => other.id === id) === index,
    )
  }
  open(createScene({ methods, ...options }))
  await press('Delete project')
  return dialog(ASK)
}

async function codeSent(options?: SceneOptions): Promise<HTMLDialogElement> {
  const element = await asked('code', options)
  await press('Send the code')
  await screen.findByLabelText('Code')
  return element
}

const back = async (): Promise<HTMLDialogElement> => {
  open((await away({}, 'project', 'member', 'function')).back())
  return dialog(WELCOME)
}

const screens: Record<string, () => Promise<HTMLDialogElement>> = {
  ...Object.fromEntries(forms.map((form) => [form, () => asked(form)])),
  'code sent': () => codeSent(),
  confirm: back,
}

const targets = (element: HTMLElement) =>
  [...element.querySelectorAll<HTMLElement>('button, a[href], input')].filter(
    (target) => target.tabIndex >= 0,
  )

test('1.3.5: fields say what they are for', async () => {
  const element = await asked('password')
  expect(screen.getByLabelText('Password').getAttribute('autocomplete')).toBe('current-password')
  expect(element.querySelector('[name=username]')?.getAttribute('autocomplete')).toBe('username')
  await press(/A code by email/)
  await press('Send the code')
  const code = await screen.findByLabelText('Code')
  expect(code.getAttribute('autocomplete')).toBe('one-time-code')
})

const sizes = [
  ['320 px wide', 320, 640],
  // 1280 by 1024 CSS pixels, four times as large.
  ['at 400 % zoom', 320, 256],
] as const

for (const [size, width, height] of sizes) {
  test.each(Object.entries(screens))(
    `1.4.10: ${size} nothing is cut off or scrolls sideways: %s`,
    async (_, show) => {
      await page.viewport(width, height)
      const element = await show()
      expect(element.getBoundingClientRect().width).toBeLessThanOrEqual(width)
      expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth)
      for (const target of targets(element)) {
        target.scrollIntoView({ block: 'nearest' })
        const { left, right, top, bottom } = target.getBoundingClientRect()
        expect(left).toBeGreaterThanOrEqual(0)
        expect(right).toBeLessThanOrEqual(width)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(bottom).toBeLessThanOrEqual(height)
      }
    },
  )
}

test('contrast is measured as WCAG does', () => {
  expect(contrast('#000', '#fff')).toBeCloseTo(21)
  expect(contrast('rgb(0 0 0 / 0)', '#fff')).toBeCloseTo(1)
  expect(contrast('color-mix(in srgb, #767676, #767676)', 'white')).toBeCloseTo(4.54, 1)
})

test.each(['light', 'dark'])(
  '1.4.11: fields, focus and buttons stand out 3:1 in %s',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme
    const element = await asked('password')
    const surface = getComputedStyle(element).backgroundColor
    const line = element.querySelector('[data-step-up=input]')!
    // It has the focus: its line is that of the focus.
    expect(contrast(getComputedStyle(line).borderTopColor, surface)).toBeGreaterThanOrEqual(3)
    expect(contrast(getComputedStyle(line).outlineColor, surface)).toBeGreaterThanOrEqual(3)
    await keys('{Tab}')
    expect(contrast(getComputedStyle(line).borderTopColor, surface)).toBeGreaterThanOrEqual(3)
    expect(
      contrast(getComputedStyle(document.activeElement!).outlineColor, surface),
    ).toBeGreaterThanOrEqual(3)
    const primary = getComputedStyle(button('Confirm')).backgroundColor
    expect(contrast(primary, surface)).toBeGreaterThanOrEqual(3)
  },
)

test.each(forms)('2.1.2: Tab goes round, and Esc leads out: %s', async (form) => {
  const element = await asked(form)
  const seen = new Set<Element | null>()
  for (let times = 0; times < targets(element).length + 3; times++) {
    await keys('{Tab}')
    const { activeElement } = document
    expect(activeElement === document.body || element.contains(activeElement)).toBe(true)
    seen.add(activeElement)
  }
  for (const target of targets(element)) expect(seen).toContain(target)
  await keys('{Escape}')
  await gone()
  expect(document.activeElement).toBe(button('Delete project'))
})

test('2.2.1: a code that has expired is followed by another, and nothing else runs out', async () => {
  await codeSent({
    methods: ({ code }) => [
      { ...code, send: () => Promise.resolve({ expiresIn: 0, resendIn: 0 }) },
    ],
  })
  expect(screen.getByText(/It has expired by now/)).toBeTruthy()
  await press('Send a new code')
  expect(button('Confirm').getAttribute('aria-disabled')).toBeNull()
})

test('2.4.3: the focus goes in the order in which people read', async () => {
  const element = await asked('password')
  const order = [document.activeElement]
  for (const _ of targets(element).slice(1)) {
    await keys('{Tab}')
    order.push(document.activeElement)
  }
  expect(order).toEqual(targets(element))
  const places = order.map((target) => target!.getBoundingClientRect().top)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test.each(Object.entries(screens))(
  '2.4.11: what has the focus is in sight, also four times as large: %s',
  async (_, show) => {
    await page.viewport(320, 256)
    const element = await show()
    for (const target of targets(element)) {
      await keys('{Tab}')
      if (document.activeElement === document.body) await keys('{Tab}')
      const focused = document.activeElement!
      expect(element.contains(focused), target.outerHTML).toBe(true)
      const { left, top, width, height } = focused.getBoundingClientRect()
      const above = document.elementFromPoint(left + width / 2, top + height / 2)
      expect(focused === above || focused.contains(above)).toBe(true)
    }
  },
)

test.each(Object.entries(screens))('2.5.8: every target is 24 px at least: %s', async (_, show) => {
  for (const target of targets(await show())) {
    const { width, height } = target.getBoundingClientRect()
    expect(width).toBeGreaterThanOrEqual(24)
    expect(height).toBeGreaterThanOrEqual(24)
  }
})

const rejects = (code: 'invalid_credentials' | 'network'): SceneOptions => ({
  methods: ({ password }) => [
    { ...password, verify: () => Promise.reject(new StepUpError(code, 'x')) },
  ],
})

test('3.3.1: an error says which field it is about', async () => {
  const element = await asked('password')
  await keys('wrong{Enter}')
  const alert = await within(element).findByRole('alert')
  const field = screen.getByLabelText('Password')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(field.getAttribute('aria-describedby')?.split(' ')).toContain(alert.id)
  expect(document.activeElement).toBe(field)
})

test('3.3.7: nothing is asked for twice', async () => {
  await asked('password', rejects('network'))
  expect(document.querySelector<HTMLInputElement>('[name=username]')?.value).toBe('ada@acme.test')
  await keys('correct horse{Enter}')
  await screen.findByRole('alert')
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('correct horse')
})

const paste = (field: HTMLElement) =>
  field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }))

test('3.3.8: passwords and codes can be pasted, and shown', async () => {
  await asked('password')
  expect(paste(screen.getByLabelText('Password'))).toBe(true)
  await press('Show password')
  expect(screen.getByLabelText('Password').getAttribute('type')).toBe('text')
  await press(/A code by email/)
  await press('Send the code')
  expect(paste(await screen.findByLabelText('Code'))).toBe(true)
})

test('4.1.3: what happens is said where the focus stays', async () => {
  await asked('password')
  await told(ASK)
  await keys('wrong{Enter}')
  await screen.findByRole('alert')
  expect(document.activeElement).toBe(screen.getByLabelText('Password'))
  await keys(`${FAKE_PASSWORD}{Enter}`)
  await gone()
})

test('4.1.3: a code on its way is said', async () => {
  await codeSent()
  await told(/^We have sent a code to a•••@acme.test/)
  expect(document.activeElement).toBe(screen.getByLabelText('Code'))
  await keys(`${FAKE_CODE}{Enter}`)
  await gone()
})

test('forced colours: what was a fill is a line', async () => {
  await emulate({ 'forced-colors': 'active' })
  expect(matchMedia('(forced-colors: active)').matches).toBe(true)
  const element = await asked('password')
  for (const part of ['facts', 'avatar', 'icon', 'input', 'button']) {
    const found = element.querySelector(`[data-step-up=${part}]`)!
    expect(getComputedStyle(found).borderTopStyle, part).toBe('solid')
    expect(getComputedStyle(found).borderTopWidth, part).not.toBe('0px')
  }
})

test('FAULTS 38: reduced motion: nothing moves', async () => {
  await emulate({ 'prefers-reduced-motion': 'reduce' })
  await asked('password')
  expect(document.getAnimations().filter(({ playState }) => playState === 'running')).toEqual([])
  await emulate({ 'prefers-reduced-motion': 'no-preference' })
  expect(document.getAnimations().length).toBeGreaterThan(0)
})

test('FAULTS 38: a password manager sees one form, both names, a submit, and the same fields each time', async () => {
  const scene: Scene = createScene({ methods: ({ password }) => [password] })
  open(scene)
  await press('Delete project')
  await dialog(ASK)
  expect(document.forms).toHaveLength(1)
  const [form] = document.forms
  const fields = () => [...form!.querySelectorAll('input')]
  const before = fields()
  expect(before.map(({ autocomplete }) => autocomplete)).toEqual(['username', 'current-password'])
  expect(before.map(({ type }) => type)).toEqual(['text', 'password'])
  const submits: Event[] = []
  document.addEventListener('submit', (event) => submits.push(event), { once: true })
  await keys('wrong{Enter}')
  await screen.findByRole('alert')
  expect(submits).toHaveLength(1)
  expect(document.forms[0]).toBe(form)
  expect(fields()).toEqual(before)
  expect(fields().every((field, index) => field === before[index])).toBe(true)
  await keys(`${FAKE_PASSWORD}{Enter}`)
  await gone()
  expect(scene.ran).toHaveLength(1)
})
