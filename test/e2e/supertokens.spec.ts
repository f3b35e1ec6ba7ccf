import { sam } from './company.js'
import { ada, bob } from './console.js'
import {
  expect,
  grace,
  isAuthorization,
  REFRESH,
  statusesOf,
  STEP_UP,
  test,
} from './supertokens-console.js'

test('a fresh person goes straight through', async ({ acme }) => {
  await acme.signIn(ada)
  await acme.pressDelete('Apollo')
  await expect(acme.toast).toContainText('Project Apollo is deleted')
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('a password in the page: wrong ones do nothing, the right one resumes, in the same session', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  const before = await acme.payload()
  await expect(acme.dialog).toContainText('Ada Lovelace')
  await acme.typePassword('wrong')
  const field = acme.dialog.getByLabel('Password', { exact: true })
  await expect(field).toHaveAccessibleDescription(/does not match/)
  expect(await acme.deletions()).toEqual([])
  const unauthorised = statusesOf(page, /./)
  await acme.typePassword(ada.password)
  await acme.expectDeletedBy('password', 'usr_ada')
  expect(unauthorised).not.toContain(401)
  const after = await acme.payload()
  expect(after.sessionHandle).toBe(before.sessionHandle)
  expect(after.auth_time).toBeGreaterThan(Number(before.auth_time) + 3000)
})

test('FAULTS 35: a code by mail, of the Passwordless recipe, pasted with a space', async ({
  acme,
}) => {
  await acme.signInByCode(grace)
  await acme.ask()
  await expect(acme.dialog).toContainText('g•••@acme.test')
  const code = await acme.sendCode(grace)
  await acme.typeCode(code === '111111' ? '222222' : '111111')
  await expect(acme.dialog.getByLabel('Code')).toHaveAccessibleDescription(/does not match/)
  expect(await acme.deletions()).toEqual([])
  await acme.typeCode(`${code.slice(0, 3)} ${code.slice(3)}`)
  await acme.expectDeletedBy('code', 'usr_grace')
})

test('FAULTS 35: a code that the core calls expired says so, and the next one goes on', async ({
  acme,
  page,
}) => {
  await page.clock.install()
  await acme.signInByCode(grace)
  await acme.ask()
  const late = await acme.sendCode(grace)
  await expect(acme.dialog).toContainText('It works for another 15 minutes')
  await acme.passTime(901)
  await acme.typeCode(late)
  await expect(acme.dialog.getByLabel('Code')).toHaveAccessibleDescription(/has expired/)
  expect(await acme.deletions()).toEqual([])
  await page.clock.fastForward(60_000)
  await acme.confirm('Send a new code')
  await expect(acme.dialog).toContainText('It works for another 15 minutes')
  await acme.typeCode(await acme.readMail(grace))
  await acme.expectDeletedBy('code', 'usr_grace')
})

test('a trip to a third-party provider, which is asked with max_age and says when it asked', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany()
  await acme.ask()
  const asked = page.waitForRequest(isAuthorization)
  await acme.leaveForCompany()
  const { searchParams } = new URL((await asked).url())
  expect(searchParams.get('max_age')).toBe('270')
  expect(searchParams.get('state')).toMatch(/^r\.[\w-]{43}$/)
  const before = await acme.payload()
  await acme.enterAtCompany()
  await expect(acme.dialog).toContainText('Welcome back')
  await expect(page).toHaveURL('/projects')
  expect(await acme.deletions()).toEqual([])
  await acme.confirm('Delete project Apollo')
  await acme.expectDeletedBy('sso', 'usr_lin')
  expect((await acme.payload()).sessionHandle).toBe(before.sessionHandle)
})

test('a third-party sign-in proves nothing by itself: the trip brings how old it was there', async ({
  acme,
}) => {
  await acme.signInAtCompany()
  expect((await acme.payload()).auth_time).toBeUndefined()
  await acme.pressDelete('Apollo')
  // It was a moment ago, so that the company asks nothing, and says so.
  await acme.confirm('Continue to Initech SSO')
  await expect(acme.dialog).toContainText('Welcome back')
  expect(await acme.deletions()).toEqual([])
  await acme.confirm('Delete project Apollo')
  await acme.expectDeletedBy('sso', 'usr_lin')
})

test('the same in a window beside the page, which stays', async ({ acme, page }) => {
  let loads = 0
  await acme.signInAtCompany()
  await acme.ask()
  page.on('domcontentloaded', () => (loads += 1))
  await acme.companyForgets()
  const opened = page.waitForEvent('popup')
  await acme.confirm('Stay here and use a window')
  const popup = await opened
  await acme.enterAtCompany(undefined, popup)
  await acme.expectDeletedBy('sso', 'usr_lin')
  expect(popup.isClosed()).toBe(true)
  expect(loads).toBe(0)
})

test('FAULTS 6: a colleague who answers at the company confirms nothing', async ({ acme }) => {
  await acme.signInAtCompany()
  await acme.ask()
  await acme.leaveForCompany()
  await acme.enterAtCompany(sam)
  await expect(acme.dialog).toContainText('You did not finish confirming')
  expect(await acme.deletions()).toEqual([])
  await acme.companyForgets()
  await acme.confirm('Try again')
  await acme.enterAtCompany()
  await acme.confirm('Delete project Apollo')
  await acme.expectDeletedBy('sso', 'usr_lin')
})

test('FAULTS 6: somebody else signs in in another tab meanwhile: nothing is run for them', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  const other = acme.tab(await page.context().newPage())
  await other.page.goto('/')
  await other.signOut()
  await other.signIn(bob)
  await page.bringToFront()
  await expect(acme.dialog).toBeHidden()
  await expect(page.getByRole('banner')).toContainText('Bob')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 10: a reload while it asks loses no session, and at the confirmation it is offered again', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany()
  await acme.ask()
  await acme.leaveForCompany()
  await acme.enterAtCompany()
  await expect(acme.dialog).toContainText('Welcome back')
  await page.reload()
  await expect(acme.dialog).toContainText('Welcome back')
  await acme.confirm('Delete project Apollo')
  await acme.expectDeletedBy('sso', 'usr_lin')
  await page.reload()
  await expect(acme.project('Gemini')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 10: a reload while the code is spent: nothing is lost, nothing runs twice', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany()
  await acme.ask()
  await acme.leaveForCompany()
  // Answered never: the page is reloaded before, and the code is not spent a second time.
  let sent = 0
  await page.route(`${STEP_UP}/trip/back`, () => void (sent += 1))
  const spending = page.waitForRequest(`${STEP_UP}/trip/back`)
  await acme.enterAtCompany()
  await spending
  await page.reload()
  await expect(acme.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(sent).toBe(1)
  expect(await acme.deletions()).toEqual([])
  await page.unroute(`${STEP_UP}/trip/back`)
  // What the page can see is a trip that proved nothing: the second one insists.
  await acme.confirm('Try again')
  await acme.enterAtCompany()
  await acme.confirm('Delete project Apollo')
  await acme.expectDeletedBy('sso', 'usr_lin')
})

test('FAULTS 15: cancelling does nothing, in the page and at the company', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany()
  await acme.ask()
  await page.keyboard.press('Escape')
  await expect(acme.toast).toContainText('Nothing was done')
  await acme.pressDelete('Apollo')
  await acme.leaveForCompany()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 27: a refresh brings a new token, and no fresher sign-in', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  const before = await acme.payload()
  // Without its access token the next call is refused, refreshed by the SDK, and sent again.
  await page.context().clearCookies({ name: 'sAccessToken' })
  const refreshed = page.waitForResponse(REFRESH)
  await acme.open('Projects')
  expect((await refreshed).status()).toBe(200)
  const after = await acme.payload()
  expect(after.auth_time).toBe(before.auth_time)
  expect(after.sessionHandle).toBe(before.sessionHandle)
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('1 hour ago')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 30: the API knows better: its invalid claim asks, and the SDK refreshes nothing', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.makeApiStrict()
  const refreshes = statusesOf(page, /refresh/)
  const deletions = statusesOf(page, /projects\/apollo/)
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('Delete project Apollo')
  expect(deletions).toEqual([403])
  await acme.typePassword(ada.password)
  await acme.expectDeletedBy('password', 'usr_ada')
  expect(deletions).toEqual([403, 200])
  expect(refreshes).toEqual([])
})

test('a requirement of 0 has the company ask too, however young the sign-in is there', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany()
  await acme.open('API keys')
  await page.getByRole('button', { name: 'Replace Production' }).click()
  const asked = page.waitForRequest(isAuthorization)
  await acme.confirm('Continue to Initech SSO')
  expect(new URL((await asked).url()).searchParams.get('max_age')).toBe('0')
  await acme.enterAtCompany()
  await acme.confirm('Replace the API key Production')
  const replaced = page.getByRole('listitem').filter({ hasText: 'Rotated API key Production' })
  await expect(replaced).toHaveCount(1)
})

test('a requirement of 0 asks whatever the age', async ({ acme, page }) => {
  await acme.signIn(ada)
  // A minute old.
  await acme.makeApiStrict()
  await acme.open('API keys')
  await page.getByRole('button', { name: 'Replace Production' }).click()
  await expect(acme.dialog).toContainText('Replace the API key Production')
  await acme.typePassword(ada.password)
  const replaced = page.getByRole('listitem').filter({ hasText: 'Rotated API key Production' })
  await expect(replaced).toHaveCount(1)
  await expect(acme.dialog).toBeHidden()
})
