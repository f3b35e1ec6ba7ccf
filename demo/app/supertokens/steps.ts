import type { AuthSystem } from '../auth-system.js'

export const steps: AuthSystem['steps'] = {
  asked: 'Your password is asked for in the page, which stays as it is.',
  more: {
    'Not quite.':
      'The same again, with wrong passwords. The fifth is the last for a quarter of an hour, ' +
      'whatever page, tab or script they come from. Nothing is deleted.',
    'In other ways.':
      'Be Grace or Lin: each confirms as they signed in, by a code from the outbox, or by a trip to ' +
      'Initech and back, which has to say that it really asked.',
  },
  again: 'dialog',
}
