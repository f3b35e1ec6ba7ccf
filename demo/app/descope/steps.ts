import type { AuthSystem } from '../auth-system.js'

export const steps: AuthSystem['steps'] = {
  first:
    'You are asked even now: a sign-in is no step-up, and Descope’s tokens tell of nothing else. ' +
    'Delete one more, and nobody asks.',
  asked: 'Your password is asked for in the page, which stays as it is.',
  more: {
    'Not quite.':
      'The same again, with wrong passwords, or with a code that Descope has mailed to the outbox ' +
      'and that has expired. Nothing is deleted, and you stay signed in.',
    'In other ways.':
      'Be Grace or Lin: she confirms by a code or a link from the outbox, and he at Initech and back. ' +
      'Make a passkey under Your sign-in, and choose it.',
  },
  again: 'dialog',
}
