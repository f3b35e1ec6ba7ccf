// The accessibility add-on looks at each story as it is, which is in light. This looks in dark before.
import type { Preview } from '@storybook/react-vite'
import { settle, wear, type Theme } from './look.js'

/** The add-on's own exceptions: a story is not a page with landmarks. */
const rules = { region: { enabled: false }, 'target-size': { enabled: true } }
const context = { include: document.body, exclude: ['.sb-wrapper', '#storybook-docs'] }

export const axeInDark: NonNullable<Preview['afterEach']> = async ({ globals, parameters }) => {
  // Where somebody looks at the story, it keeps its colours: this is for tests.
  if (!('VITEST_STORYBOOK' in import.meta.env)) return
  if ((parameters['a11y'] as { test?: string } | undefined)?.test === 'off') return
  wear('dark')
  settle()
  const { default: axe } = await import('axe-core')
  const { violations } = await axe.run(context, { resultTypes: ['violations'], rules })
  wear(globals['theme'] as Theme)
  settle()
  if (violations.length === 0) return
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}\n${html}\n${failureSummary}`),
  )
  throw new Error(`In dark, axe finds:\n${found.join('\n\n')}`)
}
