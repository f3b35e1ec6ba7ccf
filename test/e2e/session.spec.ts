import { enterAtCompany, lin, sam } from './company.js'
import { ada, bob } from './console.js'
import {
  addAuthenticator,
  COMPANY,
  expect,
  grace,
  SessionConsole,
  test,
} from './session-console.js'

test('a fresh person goes straight through', async ({ acme }) => {
  await acme.signIn(ada)
  await acme.pressDelete('Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('who signed in by password confirms by it, by keyboard alone, in the session that they had', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  const cookie = await acme.sessionCookie()
  await acme.becomeStale()
  await acme.open('Projects')
  await page.getByRole('button', { name: 'Delete Apollo' }).focus()
  await page.keyboard.press('Enter')
  await expect(acme.dialog).toContainText('Delete project Apollo')
  await expect(acme.dialog).toContainText('Ada Lovelace')
  await expect(acme.dialog).toContainText('1 hour ago')

  const field = acme.dialog.getByLabel('Password', { exact: true })
  for (let presses = 0; presses < 5; presses += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(field).toBeFocused()
  await page.keyboard.type(ada.password)
  await page.keyboard.press('Enter')
  await acme.expectDeletedBy('password', 'usr_ada')
  expect(cookie).not.toBe('')
  expect(await acme.sessionCookie()).toBe(cookie)
  expect(await page.evaluate(() => document.cookie)).toBe('')

  // As fresh as after any sign-in.
  await acme.pressDelete('Gemini')
  await expect(acme.project('Gemini')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo', 'gemini'])
})

test('FAULTS 35: who signed in by code confirms by a new one, pasted with a space', async ({
  acme,
}) => {
  await acme.signInByCode(grace)
  await acme.ask()
  await expect(acme.dialog).toContainText('g•••@acme.test')
  const code = await acme.sendCode(grace)
  await acme.typeCode(`${code.slice(0, 3)} ${code.slice(3)}`)
  await acme.expectDeletedBy('code', 'usr_grace')
})

test('who signed in at their company is asked again there, comes back, and it goes on', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany()
  const cookie = await acme.sessionCookie()
  await acme.ask()
  await acme.confirm('Continue to Initech SSO')
  await enterAtCompany(page, COMPANY, lin)
  await expect(acme.dialog).toContainText('Welcome back')
  await expect(page).toHaveURL('/projects')
  expect(await acme.deletions()).toEqual([])
  await acme.confirm('Delete project Apollo')
  await acme.expectDeletedBy('sso', 'usr_lin')
  expect(await acme.sessionCookie()).toBe(cookie)
})

test('the same in a window beside the page, which stays', async ({ acme, page }) => {
  await acme.signInAtCompany()
  await acme.ask()
  const opened = page.waitForEvent('popup')
  await acme.confirm('Stay here and use a window')
  const popup = await opened
  await enterAtCompany(popup, COMPANY, lin)
  await acme.expectDeletedBy('sso', 'usr_lin')
  expect(popup.isClosed()).toBe(true)
})

test('FAULTS 6: a colleague who answers at the company confirms nothing', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany()
  await acme.ask()
  await acme.confirm('Continue to Initech SSO')
  await enterAtCompany(page, COMPANY, sam)
  await expect(acme.dialog).toContainText('Nothing was done')
  expect(await acme.deletions()).toEqual([])

  await acme.confirm('Try again')
  await enterAtCompany(page, COMPANY, lin)
  await acme.confirm('Delete project Apollo')
  await acme.expectDeletedBy('sso', 'usr_lin')
})

test('FAULTS 15: Cancel at the company comes back, and offers it again', async ({ acme, page }) => {
  await acme.signInAtCompany()
  await acme.ask()
  await acme.confirm('Continue to Initech SSO')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  await expect(acme.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(await acme.deletions()).toEqual([])
})

test('cancelling does nothing, and the focus is where it was', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.ask()
  await page.keyboard.press('Escape')
  await expect(acme.toast).toContainText('Nothing was done')
  await expect(page.getByRole('button', { name: 'Delete Apollo' })).toBeFocused()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 32: who signs out in another tab meanwhile has nothing done', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  const other = new SessionConsole(await page.context().newPage())
  await other.page.goto('/')
  await other.signOut()
  await page.bringToFront()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 30: the API knows better, and the same dialog asks from its answer', async ({
  acme,
}) => {
  await acme.signIn(bob)
  await acme.makeApiStrict()
  await acme.pressDelete('Apollo')
  await acme.typePassword(bob.password)
  await acme.expectDeletedBy('password', 'usr_bob')
})

test.describe('a passkey', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium has an authenticator')

  test('is made at the first sign-in, signs in from then on, and confirms', async ({
    acme,
    page,
  }) => {
    await addAuthenticator(page)
    await acme.signInAndMakePasskey()
    await acme.signOut()
    await acme.signInByPasskey()
    await acme.ask()
    await acme.confirm('Use your passkey')
    await acme.expectDeletedBy('passkey', 'usr_hedy')
  })

  test('of somebody else confirms nothing; the next way is offered in place', async ({
    acme,
    page,
  }) => {
    const finger = await addAuthenticator(page)
    await acme.signInAndMakePasskey()
    await acme.ask()
    await finger.recognise(false)
    await acme.confirm('Use your passkey')
    await expect(acme.dialog.getByRole('alert')).toContainText('Your passkey was not used')
    expect(await acme.deletions()).toEqual([])

    await acme.dialog.getByRole('button', { name: 'A code by email' }).click()
    await acme.typeCode(await acme.sendCode('hedy@acme.test'))
    await acme.expectDeletedBy('code', 'usr_hedy')
  })

  test('more of them take a fresh sign-in', async ({ acme, page }) => {
    await addAuthenticator(page)
    await acme.signInByCode('hedy@acme.test')
    await acme.becomeStale()
    await acme.open('Your sign-in')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await acme.typeCode(await acme.sendCode('hedy@acme.test'))
    await expect(page.getByRole('main')).toContainText('You have a passkey.')
  })
})
