/** On every element of the dialogs: which part it is. Style by `[data-step-up='title']`. */
export const PART = 'data-step-up'

/** The values of `data-step-up`. */
export type Part =
  /** The `<dialog>` itself; its `::backdrop` covers the page. */
  | 'dialog'
  /** The sign above the title; `data-tone` tells which. */
  | 'icon'
  | 'title'
  /** What the dialog says under its title. */
  | 'text'
  /** What is confirmed, and as whom: a `<dl>`. */
  | 'facts'
  | 'fact'
  /** The actions that wait: a `<ul>`. */
  | 'items'
  | 'account'
  | 'avatar'
  /** The choice of methods: a `<fieldset>`. */
  | 'methods'
  | 'method'
  /** What went wrong, in place. */
  | 'notice'
  | 'actions'
  | 'button'
  | 'spinner'
  /** What screen readers are told; out of sight. */
  | 'status'

/** The other attributes to style by. */
export const dataAttributes = {
  /** On the dialog: what it shows (`Screen`). */
  screen: 'data-screen',
  /** On the dialog: present while it cannot be closed. */
  busy: 'data-busy',
  /** On icons: `ask`, `warn` or `good`. */
  tone: 'data-tone',
  /** On buttons: `primary` or `secondary`. */
  variant: 'data-variant',
  /** On what gets the focus when its screen appears. */
  initialFocus: 'data-initial-focus',
} as const

/** The values of `data-screen`. */
export type Screen =
  | 'ask'
  | 'dead-end'
  | 'leaving'
  | 'verifying'
  | 'returning'
  | 'confirm'
  | 'resuming'
  | 'outcome'
  | 'failure'

/** What `styles.css` is set in; give them other values on `:root`, or on `[data-step-up='dialog']`. */
export const cssVariables = {
  /** Buttons, focus and signs. */
  accent: '--step-up-accent',
  /** What stands on the accent. */
  onAccent: '--step-up-on-accent',
  surface: '--step-up-surface',
  text: '--step-up-text',
  /** Less important text; keep 4.5:1 against the surface. */
  muted: '--step-up-muted',
  border: '--step-up-border',
  danger: '--step-up-danger',
  backdrop: '--step-up-backdrop',
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
