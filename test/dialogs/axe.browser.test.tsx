// What axe finds where no story looks: right to left on a narrow screen, and in forced colours. The
// stories are checked in light and in dark.
import axe from 'axe-core'
import type { Messages } from 'react-step-up/dialogs'
import type { FakeAdapter } from 'react-step-up/testing'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { away, createScene, type Scene } from '../../stories/scene.js'
import { emulate } from './media.js'
import { dialog, open, press, startClean } from './page.js'

startClean()

const forever = () =>
  new Promise<never>(() => {
    // Never answered.
  })
const withAll = (first: 'password' | 'code' | 'link' | 'passkey') =>
  createScene({
    methods: (adapter: FakeAdapter) => [
      adapter[first],
      ...(['password', 'code', 'link', 'passkey', 'trip'] as const)
        .filter((way) => way !== first)
        .map((way) => adapter[way]),
    ],
  })
const ask = async () => {
  await press('Delete project')
}
const failed = (error: string) => async () => (await away()).back({ error })
const WELCOME = 'Welcome back, Ada Lovelace.'

const states: Record<
  string,
  [scene: () => Promise<Scene> | Scene, name: string, then?: () => Promise<void>]
> = {
  asked: [() => createScene(), "Confirm that it's you", ask],
  'asked for a password': [() => withAll('password'), "Confirm that it's you", ask],
  'asked for a passkey': [() => withAll('passkey'), "Confirm that it's you", ask],
  'a code on its way': [
    () => withAll('code'),
    "Confirm that it's you",
    async () => {
      await ask()
      await dialog("Confirm that it's you")
      await press('Send the code')
      await expect.poll(() => document.querySelector('[name=code]')).toBeTruthy()
    },
  ],
  'a link on its way': [
    () => withAll('link'),
    "Confirm that it's you",
    async () => {
      await ask()
      await dialog("Confirm that it's you")
      await press('Send the link')
      await expect.poll(() => document.body.textContent).toContain('Check the mail')
    },
  ],
  'no way to confirm': [
    () => createScene({ adapter: () => ({ methods: () => [] }) }),
    'There is no way to confirm',
    ask,
  ],
  'on behalf of somebody': [
    () => createScene({ authentication: { impersonated: true } }),
    'Only the owner can confirm this',
    ask,
  ],
  leaving: [
    () => createScene(),
    'Taking you to Acme ID…',
    async () => {
      await ask()
      await dialog("Confirm that it's you")
      await press('Continue to Acme ID')
    },
  ],
  'the way out failed': [
    () =>
      createScene({
        adapter: ({ offered: [method] }) => ({
          methods: () => [
            { ...method!, type: 'redirect', start: () => Promise.reject(new Error()) },
          ],
        }),
      }),
    "Confirm that it's you",
    async () => {
      await ask()
      await dialog("Confirm that it's you")
      await press('Continue to Acme ID')
      await expect.poll(() => document.querySelector('[role=alert]')).toBeTruthy()
    },
  ],
  checking: [
    async () => (await away()).back({ adapter: { complete: forever } }),
    "Checking that it's you…",
  ],
  confirming: [async () => (await away()).back(), WELCOME],
  'confirming several': [
    async () => (await away({}, 'project', 'member', 'function')).back(),
    WELCOME,
  ],
  'press again': [async () => (await away({}, 'function')).back(), WELCOME],
  running: [
    async () => (await away({ run: forever })).back(),
    'One moment…',
    async () => {
      await dialog(WELCOME)
      await press('Delete project Apollo')
    },
  ],
  'did not work': [
    async () => (await away({ run: () => Promise.reject(new Error()) })).back(),
    'That did not work',
    async () => {
      await dialog(WELCOME)
      await press('Delete project Apollo')
    },
  ],
  'somebody else': [
    async () => (await away()).back({ as: { subject: 'grace' } }),
    'Somebody else signed in',
  ],
  'not finished': [failed('access_denied'), 'You did not finish confirming'],
  'not strong enough': [
    failed('unmet_authentication_requirements'),
    'A stronger sign-in is needed',
  ],
}

/** What the dialog says there in place of English. */
const surroundings: Record<string, () => Promise<Partial<Messages>>> = {
  'right to left on a narrow screen': async () => {
    await page.viewport(320, 640)
    document.documentElement.dir = 'rtl'
    // English in all but its direction, so that each state is found by the same name.
    return { locale: 'ar' }
  },
  'forced colours': async () => {
    await emulate({ 'forced-colors': 'active' })
    return {}
  },
}
afterEach(async () => {
  await page.viewport(1024, 768)
  document.documentElement.removeAttribute('dir')
  await emulate({})
})

for (const [where, surround] of Object.entries(surroundings)) {
  test.each(Object.entries(states))(`axe finds nothing, ${where}: %s`, async (_, state) => {
    const [scene, name, then] = state
    const messages = await surround()
    open(await scene(), { messages })
    await then?.()
    const element = await dialog(name)
    expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth)
    // Half of its opacity is not the contrast that people see.
    await Promise.all(
      document
        .getAnimations()
        .map(async (animation) => {
          animation.finish()
        })
        .map(async (done) => done.catch(() => {})),
    )
    const { violations } = await axe.run(document.body, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  })
}
