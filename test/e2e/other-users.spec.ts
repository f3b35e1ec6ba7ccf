import type { Page } from '@playwright/test'
import { COMPANY, expect, PROVIDER, test, type Console } from './console.js'
import { enterAtCompany, lin as linThere, sam } from './company.js'

const grace = { email: 'grace@acme.test', subject: 'usr_grace' }
const lin = { ...linThere, subject: 'usr_lin' }

/** To the console's sign-in page, and past the email. */
async function begin(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Continue without a password' }).click()
}

/** Looks the newest code up in the outbox, in a tab of its own, as the link does. */
async function readMail(page: Page): Promise<string> {
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Open the outbox of the demo' }).click()
  const outbox = await opened
  const newest = outbox.getByRole('listitem').first()
  await expect(newest).toContainText(grace.email)
  const code = await newest.getByRole('code').innerText()
  await outbox.close()
  return code
}

async function enterCode(page: Page, code: string, button: string): Promise<void> {
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: button, exact: true }).click()
}

async function expectDeletedBy(acme: Console, method: string, subject: string): Promise<void> {
  await expect(acme.dialog).toContainText('Welcome back')
  expect(await acme.deletions()).toEqual([])
  await acme.confirm('Delete project Apollo')
  await expect(acme.toast).toContainText('Project Apollo is deleted')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
  const proved = acme.page
    .getByRole('listitem')
    .filter({ hasText: `Proved it again, by ${method}` })
  await expect(proved).toContainText(subject)
}

async function graceLeavesToDelete(acme: Console): Promise<void> {
  await begin(acme.page, grace.email)
  await enterCode(acme.page, await readMail(acme.page), 'Sign in')
  await acme.expectSignedIn()
  await acme.becomeStale()
  await acme.pressDelete('Apollo')
  await acme.leave()
}

async function linLeavesToDelete(acme: Console): Promise<void> {
  await begin(acme.page, lin.email)
  await enterAtCompany(acme.page, COMPANY, lin)
  await acme.expectSignedIn()
  await acme.becomeStale()
  await acme.pressDelete('Apollo')
  await acme.leave()
  await acme.page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
}

test('who signed in by code confirms by a new one, and the project is deleted once', async ({
  acme,
  page,
}) => {
  await graceLeavesToDelete(acme)
  await expect(page.getByLabel('Password')).toBeHidden()
  await expect(page.getByLabel('Code')).toBeFocused()
  await enterCode(page, await readMail(page), 'Confirm')
  await expectDeletedBy(acme, 'code', grace.subject)
})

test('a wrong code is said at the field, and the right one still confirms', async ({
  acme,
  page,
}) => {
  await graceLeavesToDelete(acme)
  const code = await readMail(page)
  await enterCode(page, code === '000000' ? '000001' : '000000', 'Confirm')
  await expect(page.getByRole('alert')).toContainText('That code is not right')
  await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/That code is not right/)
  await page.getByLabel('Code').fill(code)
  await page.keyboard.press('Enter')
  await expectDeletedBy(acme, 'code', grace.subject)
})

test('who signed in at their company is asked again there, and the project is deleted once', async ({
  acme,
  page,
}) => {
  await linLeavesToDelete(acme)
  await enterAtCompany(page, COMPANY, lin)
  await expectDeletedBy(acme, 'sso', lin.subject)
})

test('a colleague who answers at the company confirms nothing; the first person still can', async ({
  acme,
  page,
}) => {
  await linLeavesToDelete(acme)
  await enterAtCompany(page, COMPANY, sam)
  await expect(page.getByRole('alert')).toContainText('signed in somebody else')
  expect(new URL(page.url()).origin).toBe(PROVIDER)
  await page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
  await enterAtCompany(page, COMPANY, lin)
  await expectDeletedBy(acme, 'sso', lin.subject)
})

test('Cancel at the company comes back to the console, and can be tried again', async ({
  acme,
  page,
}) => {
  await linLeavesToDelete(acme)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  expect(await acme.deletions()).toEqual([])
  await acme.tryAgain()
  await page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
  await enterAtCompany(page, COMPANY, lin)
  await expectDeletedBy(acme, 'sso', lin.subject)
})

test('Back from the company leads to the page before, and on again', async ({ acme, page }) => {
  await linLeavesToDelete(acme)
  await expect(page.getByRole('heading', { name: 'Sign in at Initech' })).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
  await enterAtCompany(page, COMPANY, lin)
  await expectDeletedBy(acme, 'sso', lin.subject)
})
