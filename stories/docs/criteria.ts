// How the dialogs meet WCAG 2.2, and which test shows it. A test checks that each of them is there.

export interface Criterion {
  readonly what: string
  readonly how?: string
  readonly file: string
  /** The title of a test, or the export of a story. */
  readonly test: string
}

export const criteria: readonly Criterion[] = [
  {
    what: '1.3.5 Identify input purpose',
    how: '`username`, `current-password` and `one-time-code` say what a field is for.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '1.3.5: fields say what they are for',
  },
  {
    what: '1.4.10 Reflow',
    how: 'At 320 CSS pixels, and at 400 % zoom, all of it is there, and it scrolls in one direction only.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: 'nothing is cut off or scrolls sideways',
  },
  {
    what: '1.4.11 Non-text contrast',
    how: 'The lines of fields, the focus and the main button stand out 3:1 or more.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '1.4.11: fields, focus and buttons stand out 3:1 in %s',
  },
  {
    what: '2.1.2 No keyboard trap',
    how: 'Tab stays in the dialog; Esc and Cancel lead out of it. While something runs that cannot be taken back, there is nothing to press, and it ends by itself.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '2.1.2: Tab goes round, and Esc leads out: %s',
  },
  {
    what: '2.2.1 Timing adjustable',
    how: 'The dialog waits as long as people do. A code ends when the server says so, for security; it is said before and after, and another one is a press away. A way back that took too long is explained, and can be begun again.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '2.2.1: a code that has expired is followed by another, and nothing else runs out',
  },
  {
    what: '2.4.3 Focus order',
    how: 'In the order in which people read. At the end the focus is where it was before.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '2.4.3: the focus goes in the order in which people read',
  },
  {
    what: '2.4.11 Focus not obscured',
    how: 'Nothing lies above what has the focus, and it is scrolled into sight.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '2.4.11: what has the focus is in sight, also four times as large: %s',
  },
  {
    what: '2.5.8 Target size',
    how: '24 by 24 CSS pixels at least; most are 44 high.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '2.5.8: every target is 24 px at least: %s',
  },
  {
    what: '3.3.1 Error identification',
    how: 'In words, beside the field it is about and tied to it; the focus is in that field.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '3.3.1: an error says which field it is about',
  },
  {
    what: '3.3.3 Error suggestion',
    how: 'Each error says what to do next: try again, take the newest code, ask for another, wait so long, take another way.',
    file: 'stories/magic-code-dialog.stories.tsx',
    test: 'ExpiredCode',
  },
  {
    what: '3.3.7 Redundant entry',
    how: 'Who is confirming is known and filled in. What was typed stays when the connection is lost, and so does what was typed in the page beneath.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '3.3.7: nothing is asked for twice',
  },
  {
    what: '3.3.8 Accessible authentication',
    how: 'Password managers and pasting work in every field; passwords can be shown; nothing is to be solved or transcribed where there is a passkey, a link or a sign-in page.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '3.3.8: passwords and codes can be pasted, and shown',
  },
  {
    what: '4.1.3 Status messages',
    how: 'Each new screen, each error, what was sent, and how it ended are told to screen readers, wherever the focus is.',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: '4.1.3: a code on its way is said',
  },
]

export const beyond: readonly Criterion[] = [
  {
    what: 'Forced colours: what was a fill is a line',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: 'forced colours: what was a fill is a line',
  },
  {
    what: 'Reduced motion: nothing moves',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: 'FAULTS 38: reduced motion: nothing moves',
  },
  {
    what: 'Password managers: one form, both names, a submit, the same fields each time',
    file: 'test/dialogs/accessibility.browser.test.tsx',
    test: 'FAULTS 38: a password manager sees one form, both names, a submit, and the same fields each time',
  },
  {
    what: 'The focus returns to where it was, also where the dialog was late',
    file: 'test/dialogs/loading.browser.test.tsx',
    test: 'the focus returns to the button, also where the chunk loads late',
  },
  {
    what: 'Nothing behind the dialog is reached',
    file: 'test/dialogs/step-up-dialog.browser.test.tsx',
    test: 'FAULTS 38: Tab and Shift+Tab never reach the page beneath',
  },
  {
    what: 'What was typed in the page beneath stays',
    file: 'test/dialogs/step-up-dialog.browser.test.tsx',
    test: 'what was typed in the page beneath stays',
  },
  {
    what: 'A dialog is in its own language and direction, whatever the page is in (3.1.2)',
    file: 'test/dialogs/language.browser.test.tsx',
    test: 'an Arabic dialog on an English page runs from right to left, and is read as Arabic',
  },
  {
    what: 'A way out, by keys alone, while a server says nothing',
    file: 'test/dialogs/silent.browser.test.tsx',
    test: 'another way ends the ceremony of a passkey, and is all that counts',
  },
  {
    what: 'Every flow in a design system of your own, by keyboard',
    file: 'stories/design-system.stories.tsx',
    test: 'AnotherWayByKeyboard',
  },
]
