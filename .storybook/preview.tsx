import type { Preview } from '@storybook/react-vite'

const preview: Preview = {
  parameters: {
    // What axe finds fails the story's test; it is not a note in a panel.
    a11y: { test: 'error' },
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
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'light' },
  // Before the story renders and on the document: a modal dialog is not inside the story's element.
  beforeEach: ({ globals }) => {
    const theme = globals['theme'] === 'dark' ? 'dark' : 'light'
    document.documentElement.dataset['theme'] = theme
    document.documentElement.style.colorScheme = theme
  },
}

export default preview
