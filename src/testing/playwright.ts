import type { Page } from '@playwright/test'
import type { Knowledge, Seen } from './playwright-dialog.js'
import { answer, complaintOf, fieldOf, isEnd, look } from './playwright-dialog.js'
import { endPretence, passTime, restoreClock } from './playwright-time.js'

/** What a person knows and does who confirms that it is still them. */
export interface Person extends Knowledge {
  /** What they do on the provider's page, or in its popup: sign in. */
  readonly provider?: (page: Page) => Promise<unknown>
}

/** Milliseconds between two looks, and without anything new until the test is told. */
const LOOK = 50
const PATIENCE = 15_000

/**
 * Makes the last sign-in so old that the next sensitive action asks again: the page's clock goes on by
 * `seconds`, as when a laptop was closed, and where the app asks its provider for a `max_age` in the
 * address, it is made that much shorter. Your API has its own clock, and decides.
 *
 * @param seconds how much older it is then
 * @example
 * await makeStale(page)
 * await page.getByRole('button', { name: 'Delete' }).click()
 */
export const makeStale = (page: Page, seconds = 3600): Promise<void> => passTime(page, seconds)

/**
 * Waits for the dialog and does what the person would: types the password or presses the main button,
 * signs in at the provider, and confirms when back. Resolves when nothing waits any more.
 *
 * The dialog is the prebuilt one, or else what has the role `dialog`; its main button submits, or has
 * `data-variant="primary"`.
 *
 * @throws Error where nobody is asked, or where the dialog says that it did not work
 * @example
 * await completeStepUp(page, {
 *   provider: async (page) => {
 *     await page.getByLabel('Password').fill('correct horse')
 *     await page.getByRole('button', { name: 'Confirm' }).click()
 *   },
 * })
 */
export async function completeStepUp(page: Page, person: Person = {}): Promise<void> {
  const popups: Page[] = []
  let documents = 0
  /** The screen, of which document, that was answered last, and what it complained of before. */
  let last = { key: '', complaint: null as string | null }
  let away: Page | null = null
  const onPopup = (popup: Page) => popups.push(popup)
  const onDocument = () => documents++

  async function respond(seen: Seen): Promise<boolean> {
    if (seen.status === 'away') {
      if (away === seen.page) return false
      away = seen.page
      await visit(seen.page, person)
      return true
    }
    away = null
    if (seen.status !== 'dialog') return false
    const { dialog, screen } = seen
    if (last.key === '') await restoreClock(page)
    const field = await fieldOf(dialog)
    const key = [documents, screen, field].join(' ')
    const complaint = await complaintOf(dialog, screen)
    if (
      complaint !== null &&
      (isEnd(screen) || (key === last.key && complaint !== last.complaint))
    ) {
      throw new Error(`The dialog says that it did not work: "${complaint}"`)
    }
    if (key === last.key) return false
    last = { key, complaint }
    await answer(dialog, field, person)
    return true
  }

  page.on('popup', onPopup)
  page.on('domcontentloaded', onDocument)
  try {
    await watch(page, popups, async (seen) => {
      if (seen.status === 'nothing' && last.key !== '') return 'over'
      return (await respond(seen)) ? 'moved' : 'same'
    })
  } finally {
    page.off('popup', onPopup)
    page.off('domcontentloaded', onDocument)
  }
  await endPretence(page.context())
}

/**
 * Waits for the dialog, and gives up what waits, by Esc, as the person would.
 *
 * @throws Error where nobody is asked, or where the dialog stays
 * @example
 * await cancelStepUp(page)
 */
export async function cancelStepUp(page: Page): Promise<void> {
  let asked = false
  await watch(page, [], async (seen) => {
    if (seen.status !== 'dialog') return asked ? 'over' : 'same'
    if (asked) return 'same'
    asked = true
    await seen.dialog.press('Escape')
    return 'moved'
  })
}

async function visit(page: Page, { provider }: Person): Promise<void> {
  if (!provider) {
    throw new Error(
      `The person is sent to ${new URL(page.url()).origin}. Say what they do there: ` +
        'completeStepUp(page, { provider: async (page) => { … } }).',
    )
  }
  try {
    await provider(page)
  } catch (error) {
    // A popup closes on the very click that ends it.
    if (!page.isClosed()) throw error
  }
}

/** Looks at the page until it is over. */
async function watch(
  page: Page,
  popups: readonly Page[],
  respond: (seen: Seen) => Promise<'moved' | 'same' | 'over'>,
): Promise<void> {
  const { origin } = new URL(page.url())
  for (let quiet = 0; ; quiet += LOOK) {
    const popup = popups.find((each) => !each.isClosed())
    const seen = popup ? { status: 'away' as const, page: popup } : await look(page, origin)
    const answer = await respond(seen)
    if (answer === 'over') return
    if (answer === 'moved') quiet = 0
    if (quiet > PATIENCE) throw new Error(`${STUCK[seen.status]} The page is ${page.url()}`)
    await page.waitForTimeout(LOOK)
  }
}

const STUCK: Readonly<Record<Seen['status'], string>> = {
  nothing:
    'Nobody is asked to confirm anything. Was the action started, and is it stale (`await makeStale(page)`)?',
  busy: 'The step-up goes neither on nor away.',
  away: 'The provider does not send the person back.',
  dialog: 'The dialog stays as it is.',
}
