import type { Preview } from '@storybook/react-vite'
import { configure } from 'storybook/test'
import { Language, messagesIn } from '../stories/language.js'
import { axeInDark } from './axe-in-dark.js'
import { turn, wear, type Theme } from './look.js'

// A limit and no expectation: a busy machine fails nothing.
configure({ asyncUtilTimeout: 10_000 })

const preview: Preview = {
  parameters: {
    // What axe finds fails the story's test; it is not a note in a panel.
    a11y: { test: 'error', config: { rules: [{ id: 'target-size', enabled: true }] } },
    options: {
      storySort: {
        order: [
          'Docs',
          [
            'Getting started',
            'Choosing thresholds',
            'Adapters',
            'Server',
            'TanStack Query',
            'Styling',
            'Messages',
            'Headless use',
            'Accessibility',
          ],
          'Playground',
          'StepUpDialog',
          'PasswordDialog',
          'MagicCodeDialog',
          'SsoDialog',
          'SsoReturnDialog',
          'PasskeyDialog',
          'Hooks',
          'Design system',
        ],
      },
    },
  },
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        items: [
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
          { value: 'system', title: 'As the system', icon: 'browser' },
        ],
        dynamicTitle: true,
      },
    },
    locale: {
      description: 'The language of the dialogs',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'es', title: 'Español' },
          { value: 'fr', title: 'Français' },
          { value: 'de', title: 'Deutsch' },
          { value: 'ja', title: '日本語' },
          { value: 'ar', title: 'العربية' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Where lines begin on the page; a dialog goes by its language',
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        items: [
          { value: 'auto', title: 'As the language' },
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'light', locale: 'en', direction: 'auto' },
  loaders: [async ({ globals }) => ({ language: await messagesIn(String(globals['locale'])) })],
  decorators: [
    (Story, { loaded }) => (
      <Language value={loaded['language'] as object}>
        <Story />
      </Language>
    ),
  ],
  beforeEach: ({ globals }) => {
    wear(globals['theme'] as Theme)
    turn(globals['direction'], String(globals['locale']))
  },
  afterEach: axeInDark,
}

export default preview
