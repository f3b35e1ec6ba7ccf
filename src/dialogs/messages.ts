import type { Method } from '../core/adapter.js'
import type { Failure } from './failures.js'
import { failures, inPage, ofMethods, retryable, windows } from './failures.js'

export type { Failure } from './failures.js'

/** What a method is called where it can be chosen. A trip goes by the name of its place. */
const methodNames: Readonly<Record<Exclude<Method['type'], 'redirect' | 'code'>, string>> = {
  password: 'Your password',
  link: 'A link by email',
  passkey: 'Your passkey',
}

/** The same for codes, by their channel. */
const codeNames: Readonly<Record<string, string> & Record<'email' | 'sms' | 'totp', string>> = {
  email: 'A code by email',
  sms: 'A code by text message',
  totp: 'A code from your authenticator app',
}

/** Everything the dialogs say, in English. */
export const english = {
  /** BCP 47: the language of these texts, for times, lists and the dialog's `lang`. */
  locale: 'en',
  /** Stands between two sentences. */
  between: ' ',

  askTitle: "Confirm that it's you",
  /** Above the second method of two. */
  nextTitle: 'One more step',
  nextText: 'That was right. This also needs a second confirmation.',
  action: 'Action',
  account: 'Account',
  /** Stands for functions, which have no name. */
  unnamed: (count: number) =>
    count === 1 ? 'What you started on this page' : `${String(count)} things you started here`,
  stale: (ago: string) => `You signed in ${ago}. To go on, confirm that it is still you.`,
  everyTime: 'This asks you to confirm each time, even when you have just signed in.',
  ageUnknown: 'We cannot tell when you last signed in. To go on, confirm that it is you.',
  stronger: 'This needs a more secure sign-in than the one you used.',
  challenged: 'To protect your account, this needs a new confirmation before it is done.',
  secondTry: 'Last time, your sign-in page did not ask you again. This time it will.',
  /** Stands for a sign-in page without a name. */
  signInPage: 'your sign-in page',
  comesBack: 'You will come back here and confirm.',
  pressLater:
    'When you are back, press the button again: this action cannot be kept while you are away.',
  somePressLater:
    'You will come back here and confirm. One thing cannot be kept while you are away: when you are back, press its button again.',
  /** What happens after a method that stays on this page. */
  goesOn: 'It is done as soon as you have confirmed.',
  otherWays: 'Other ways to confirm',
  methodNames,
  codeNames,
  /** A code of a channel that has no name here. */
  codeName: 'A code',

  password: 'Password',
  showPassword: 'Show password',
  capsLock: 'Caps Lock is on.',
  missingPassword: 'Enter your password.',

  code: 'Code',
  missingCode: 'Enter the code.',
  digits: (length: number) => `${String(length)} digits`,
  willSendCode: (destination: string | null) =>
    destination === null ? 'We will send you a code.' : `We will send a code to ${destination}.`,
  sendCode: 'Send the code',
  haveCode: 'I have a code already',
  codeSent: (destination: string | null) =>
    destination === null ? 'We have sent you a code.' : `We have sent a code to ${destination}.`,
  codeFromApp: 'Type the code that your authenticator app shows now.',
  expiresIn: (time: string) => `It works for another ${time}.`,
  hasExpired: 'It has expired by now: ask for a new one.',
  newCode: 'Send a new code',
  /** Beside the button that is not ready yet. */
  newIn: (time: string) => `in ${time}`,

  willSendLink: (destination: string | null) =>
    destination === null ? 'We will send you a link.' : `We will send a link to ${destination}.`,
  sendLink: 'Send the link',
  linkSent: (destination: string | null) =>
    destination === null
      ? 'Check your mail, and open the link there in this browser. This page goes on once the link is used.'
      : `Check the mail of ${destination}, and open the link there in this browser. This page goes on once the link is used.`,
  newLink: 'Send a new link',

  passkeyText: 'Your device will ask for your fingerprint, your face or its PIN.',
  usePasskey: 'Use your passkey',

  tryAgainIn: (time: string) => `You can try again in ${time}.`,
  offline: {
    title: 'You are offline.',
    text: 'What you started waits here. Go on when you are connected again.',
  } satisfies Failure,
  framed: {
    title: 'Confirm on a page of its own.',
    text: 'This page is shown inside another website, which could watch what you type. Open it by itself, and start again there.',
  } satisfies Failure,
  openAlone: 'Open this page in a new tab',
  continueTo: (place: string) => `Continue to ${place}`,
  openWindow: 'Stay here and use a window',
  waitingFor: (place: string) => `Waiting for ${place}…`,
  finishInWindow: 'Finish in the window that has opened. This page then goes on by itself.',
  continueHere: 'Continue in this tab',
  cancel: 'Cancel',
  close: 'Close',
  impersonated: {
    title: 'Only the owner can confirm this',
    text: 'You are using this account on behalf of somebody else, and cannot confirm in their place. Ask the owner, or go back to your own account.',
  } satisfies Failure,

  leaving: (place: string) => `Taking you to ${place}…`,
  verifying: 'Checking…',
  returning: "Checking that it's you…",

  welcome: (name: string | null) => (name === null ? 'Welcome back.' : `Welcome back, ${name}.`),
  confirmOne: (label: string) => `${label}?`,
  confirmSeveral: 'Do you still want to do all of this?',
  confirm: 'Confirm',
  confirmAll: 'Confirm all',
  pressAgain: 'Press the button again: what you started could not be kept while you were away.',
  alsoPressAgain:
    'Something else you started could not be kept while you were away. Press its button again afterwards.',
  refused: (labels: string) => `This could not be confirmed, and was not done: ${labels}`,
  ok: 'OK',
  resuming: 'One moment…',

  done: (labels: string) => `Done: ${labels}`,
  cancelled: 'Cancelled. Nothing was done.',
  failed: (count: number) => ({
    title: 'That did not work',
    text:
      count === 1
        ? 'You are confirmed, but this did not work:'
        : 'You are confirmed, but at least one of these did not work. Look before you try again:',
  }),
  unknown: {
    title: 'This may have been done',
    text: 'The page closed while this was running. Look whether it was done before you do it again:',
  } satisfies Failure,
  elsewhere: {
    title: 'Done in another tab',
    text: 'This went on in another tab, so nothing was done here.',
  } satisfies Failure,

  failures,
  windows,
  retryable,
  ofMethods,
  inPage,
  tryAgain: 'Try again',
  signInAsFirst: 'Sign in as the first account again',
  signOut: 'Sign out',
}

/** The texts of the dialogs, in one language. */
export type Messages = Readonly<typeof english>
