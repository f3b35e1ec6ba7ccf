import type { AuthSystem } from '../auth-system.js'

export const steps: AuthSystem['steps'] = {
  asked: 'You go to Acme ID, prove that it is you, come back and confirm.',
  more: {
    'Reload halfway.':
      'The same again, but reload the page where it asks you to confirm, go back and forth, press ' +
      'twice. It still runs once, and only when you say so.',
    'Not you.':
      'The same again, but press Cancel at Acme ID, or come back as Bob. Nothing is deleted, and ' +
      'Bob learns nothing of what Ada was doing.',
  },
  again: 'way',
}
