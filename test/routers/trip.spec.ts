import { expect, type Page } from '@playwright/test'
import { test } from './quiet.ts'

const PLACE = '/projects/apollo?tab=settings#danger'

const title = (page: Page) => page.getByRole('textbox', { name: 'Title' })
const scrolled = (page: Page) => page.evaluate(() => Math.round(window.scrollY))
const address = (page: Page) => {
  const { pathname, search, hash } = new URL(page.url())
  return pathname + search + hash
}

/** A form half filled in, in the middle of a long page, and somebody who must confirm. */
async function leaveFrom(page: Page, button: 'Rename' | 'Archive'): Promise<number> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Apollo' }).click()
  await expect(title(page)).toBeVisible()
  expect(address(page)).toBe(PLACE)
  await title(page).fill('Apollo 11')
  await title(page).evaluate((input) => {
    window.scrollTo({ top: window.scrollY + input.getBoundingClientRect().top - 200 })
  })
  const place = await scrolled(page)
  expect(place).toBeGreaterThan(500)
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('button', { name: 'Continue to Acme ID' }).click()
  return place
}

async function expectEverythingBack(page: Page, place: number): Promise<void> {
  expect(address(page)).toBe(PLACE)
  await expect(title(page)).toHaveValue('Apollo 11')
  await expect.poll(() => scrolled(page)).toBe(place)
}

const expectNoFlash = (page: Page) => expect(page.getByTestId('first-seen')).toHaveText('Apollo 11')

const renames = async (page: Page) =>
  (await (await page.request.get('/api/renames')).json()) as string[]

test('a trip ends where it began: path, query, hash, scroll and what was typed', async ({
  page,
}) => {
  const before = (await renames(page)).length
  const place = await leaveFrom(page, 'Rename')
  await page.getByRole('link', { name: 'Sign in as ada' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Rename the project to Apollo 11?')
  await expectEverythingBack(page, place)
  await expectNoFlash(page)
  await dialog.getByRole('button', { name: 'Rename the project' }).click()
  await expect(page.getByText('Renamed to Apollo 11.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await expectEverythingBack(page, place)
  expect((await renames(page)).slice(before)).toEqual(['Apollo 11'])
  // The callback is no place in the history.
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible()
})

test('what cannot come back by itself finds place and draft as they were', async ({ page }) => {
  const place = await leaveFrom(page, 'Archive')
  await page.getByRole('link', { name: 'Sign in as ada' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Press the button again')
  await expectEverythingBack(page, place)
  await dialog.getByRole('button', { name: 'OK' }).click()
  await page.getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByText('Archived.')).toBeVisible()
  await expectEverythingBack(page, place)
})

test('so does a trip that was cancelled, and a reload at its end', async ({ page }) => {
  const place = await leaveFrom(page, 'Rename')
  await page.getByRole('link', { name: 'Cancel' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectEverythingBack(page, place)
  await expectNoFlash(page)
  await page.reload()
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectEverythingBack(page, place)
})

test('FAULTS 6: somebody else who comes back finds nothing of what was typed', async ({ page }) => {
  await leaveFrom(page, 'Rename')
  await page.getByRole('link', { name: 'Sign in as bob' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await expect(dialog).not.toContainText('Apollo 11')
  await page.goto('/projects/apollo')
  await expect(title(page)).toHaveValue('')
  const stored = await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))
  expect(stored).not.toContain('Apollo 11')
})
