import type { Locator, Page } from '@playwright/test'

/** What is on the screen; `busy`: in between, look again. */
export type Seen =
  | { readonly status: 'busy' }
  /** Nothing is asked, and nothing waits for its way back. */
  | { readonly status: 'nothing' }
  /** The provider's page, or its popup. */
  | { readonly status: 'away'; readonly page: Page }
  | { readonly status: 'dialog'; readonly dialog: Locator; readonly screen: string }

/** What can be typed into a dialog. */
export interface Knowledge {
  /** Typed where the app's dialog has a password field. */
  readonly password?: string
  /** The same for a one-time code: what it is, or how it is got once it has been sent. */
  readonly code?: string | (() => string | Promise<string>)
}

type Field = keyof Knowledge

const OURS = '[data-step-up="dialog"]'
/** What goes on: a button of a form submits unless it says otherwise. */
const MAIN = '[data-variant="primary"], [type="submit"], form button:not([type])'

/** Screens of the prebuilt dialog on which something is under way. */
const isBusy = (screen: string) =>
  ['leaving', 'verifying', 'returning', 'resuming'].includes(screen)
/** Those on which it has not worked. */
export const isEnd = (screen: string) => ['dead-end', 'failure', 'outcome'].includes(screen)

/**
 * Looks at a page of an app whose pages are at `origin`. Never throws while pages come and go.
 *
 * What lies in the tab is read before the dialogs, and each says of which page it is: between two reads the
 * page may have gone to the provider, and a page of the provider has no dialog either.
 */
export async function look(page: Page, origin: string): Promise<Seen> {
  try {
    if (new URL(page.url()).origin !== origin) return { status: 'away', page }
    const isWaiting = await page.evaluate(hasTrip, origin)
    const any = page.getByRole('dialog').or(page.getByRole('alertdialog'))
    const open = (await openAmong(page.locator(OURS))) ?? (await openAmong(any))
    if (open) return open
    const isHere = await page.evaluate((origin) => window.location.origin === origin, origin)
    return { status: isHere && !isWaiting ? 'nothing' : 'busy' }
  } catch (error) {
    if (page.isClosed()) throw error
    return { status: 'busy' }
  }
}

/** Read at once: a dialog may be gone the moment after. */
async function openAmong(dialogs: Locator): Promise<Seen | null> {
  const all = await dialogs.evaluateAll((elements) =>
    elements.map((element) => ({
      isVisible: element.getClientRects().length > 0,
      screen: element.getAttribute('data-screen') ?? '',
    })),
  )
  const index = all.findIndex(({ isVisible }) => isVisible)
  const open = all[index]
  if (!open) return null
  const { screen } = open
  return isBusy(screen)
    ? { status: 'busy' }
    : { status: 'dialog', dialog: dialogs.nth(index), screen }
}

/** Whether a record of a trip lies in the tab, which has something to show soon; also on any other page. */
const hasTrip = (origin: string) =>
  window.location.origin !== origin || window.sessionStorage.getItem('react-step-up.trip') !== null

const FIELDS: Readonly<Record<Field, string>> = {
  password: 'input[type="password"]:visible',
  code: 'input[autocomplete="one-time-code"]:visible',
}

/** What the dialog wants to have typed; `null`: nothing. */
export async function fieldOf(dialog: Locator): Promise<Field | null> {
  if (await dialog.locator(FIELDS.password).count()) return 'password'
  return (await dialog.locator(FIELDS.code).count()) ? 'code' : null
}

/** Types what there is a field for, or presses the main button. */
export async function answer(
  dialog: Locator,
  field: Field | null,
  knowledge: Knowledge,
): Promise<void> {
  if (field) {
    const known = knowledge[field]
    if (known === undefined) {
      throw new Error(`The dialog asks for a ${field}: completeStepUp(page, { ${field} }).`)
    }
    const line = dialog.locator(FIELDS[field]).first()
    await line.fill(typeof known === 'function' ? await known() : known)
    await line.press('Enter')
    return
  }
  const main = dialog.locator(`:is(${MAIN}):visible`).first()
  if (!(await main.count())) {
    throw new Error(
      'Which button of the dialog goes on is not clear. Give it type="submit" or data-variant="primary".',
    )
  }
  await main.click()
}

/** What the dialog says went wrong, `null` where nothing did. */
export async function complaintOf(dialog: Locator, screen: string): Promise<string | null> {
  const text = isEnd(screen)
    ? await dialog.innerText()
    : (await dialog.getByRole('alert').allInnerTexts()).join(' ')
  return text === '' ? null : text.replace(/\s+/g, ' ').trim()
}
