import type { AuthSystem } from '../auth-system.js'

export const steps: AuthSystem['steps'] = {
  asked: 'You go to AuthKit, prove that it is you, come back and confirm.',
  more: {
    'Reload halfway.':
      'The same again, but reload the page where it asks you to confirm, or stay here and use a ' +
      'window. It still runs once, and only when you say so.',
    'Not you.':
      'The same again, but press Cancel at AuthKit, or come back as Bob. Nothing is deleted, and ' +
      'Bob learns nothing of what Ada was doing.',
  },
  again: 'way',
}
