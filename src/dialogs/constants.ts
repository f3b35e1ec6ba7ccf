/**
 * What can be styled, and by which name: each element of the dialogs carries `data-step-up` with one
 * of these values.
 *
 * @example
 * [data-step-up='title'] { font-family: Georgia }
 */
export const parts = {
  /** The `<dialog>` itself; its `::backdrop` covers the page. */
  dialog: 'dialog',
  /** The sign above the title; `data-tone` tells which. */
  icon: 'icon',
  /** In place of the sign while something is under way. */
  spinner: 'spinner',
  /** The dialog's name: an `<h2>`. */
  title: 'title',
  /** A sentence of the dialog. */
  text: 'text',
  /** What is confirmed, and as whom: a `<dl>`. */
  facts: 'facts',
  /** One of them: a `<dt>` and a `<dd>`. */
  fact: 'fact',
  /** The actions that wait or waited: a `<ul>`. */
  items: 'items',
  /** The person: an avatar, the name, the address. */
  account: 'account',
  /** The first letter of the name. */
  avatar: 'avatar',
  /** What one method asks for. */
  form: 'form',
  /** A label, what is typed, and what is said of it. */
  field: 'field',
  /** The line to type in, with what stands at its end. */
  input: 'input',
  /** Out of sight, for password managers. */
  username: 'username',
  /** What is wrong with what was typed, under its field. */
  failure: 'failure',
  /** What helps to type it. */
  hint: 'hint',
  /** What sends once more, and when it can. */
  again: 'again',
  /** The other methods: a `<section>` with a list of buttons. */
  methods: 'methods',
  /** One of them, with its name and where it goes to. */
  method: 'method',
  /** What else went wrong. */
  notice: 'notice',
  /** The buttons at the end of the dialog. */
  actions: 'actions',
  /** `data-variant` tells which. */
  button: 'button',
  /** What screen readers are told; out of sight. */
  status: 'status',
} as const

/** The other attributes to style by. */
export const dataAttributes = {
  /** On everything: which part it is (`parts`). */
  part: 'data-step-up',
  /** On the dialog: what it shows (`Screen`). */
  screen: 'data-screen',
  /** On the dialog: present while it cannot be closed. On a button: while what it began is under way. */
  busy: 'data-busy',
  /** On icons: `ask`, `warn` or `good`. */
  tone: 'data-tone',
  /** On buttons: `primary`, `secondary` or `plain`. */
  variant: 'data-variant',
  /** Yours, on `<html>` or another ancestor: `light` or `dark`, whatever the system says. */
  theme: 'data-theme',
  /** On what gets the focus when its screen appears. */
  initialFocus: 'data-initial-focus',
} as const

/** The values of `data-screen`. */
export type Screen =
  /** Before the proof: password, code, link, passkey, or where a trip leads. */
  | 'ask'
  /** There is no way to confirm. */
  | 'dead-end'
  | 'leaving'
  | 'returning'
  | 'confirm'
  | 'resuming'
  /** It did not work, may have been done, or was done elsewhere. */
  | 'outcome'
  /** The way back ended before anything was done. */
  | 'failure'

/** What `styles.css` is set in; give them other values on `:root`, or on `[data-step-up='dialog']`. */
export const cssVariables = {
  /** Buttons, focus and signs. */
  accent: '--step-up-accent',
  /** What stands on the accent. */
  onAccent: '--step-up-on-accent',
  /** The ground of the dialog and of its fields. */
  surface: '--step-up-surface',
  /** Keep 4.5:1 against the surface. */
  text: '--step-up-text',
  /** Less important text; keep 4.5:1 against the surface. */
  muted: '--step-up-muted',
  /** Lines between what belongs together. Fields take `muted`, for their 3:1. */
  border: '--step-up-border',
  /** What went wrong; keep 4.5:1 against the surface. */
  danger: '--step-up-danger',
  /** What covers the page. */
  backdrop: '--step-up-backdrop',
  /** Of the dialog; what lies in it is a little less round. */
  radius: '--step-up-radius',
  /** A `font-family`; `inherit` takes the page's. */
  font: '--step-up-font',
} as const

/** How the dialog was closed: what is announced afterwards depends on it. */
export const closeReasons = {
  /** By Cancel or Esc, while something waited: it was given up. */
  cancelled: 'cancelled',
  /** By Close or Esc, when it had nothing more to say. */
  closed: 'closed',
  /** By itself, since all was done. */
  done: 'done',
} as const
export type CloseReason = keyof typeof closeReasons
