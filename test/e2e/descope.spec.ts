import { lin } from './company.js'
import { ada, bob } from './console.js'
import { exchanges, EXCHANGE, expect, test } from './descope-console.js'
import { addAuthenticator } from './session-console.js'

const grace = 'grace@acme.test'

test('a sign-in is no step-up: the password is asked for once, and counts from then on', async ({
  acme,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  await expect(acme.dialog).toContainText('Ada Lovelace')
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo')
  await acme.expectProved('password')

  await acme.pressDelete('Gemini')
  await acme.expectDeleted('Apollo', 'Gemini')
  await acme.expectProved('password')
})

test('an hour later it has lapsed, and is asked for again', async ({ acme }) => {
  await acme.signIn(ada)
  await acme.ask()
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo')
  await acme.becomeStale()
  await acme.ask('Gemini')
  expect(await acme.deletions()).toEqual(['apollo'])
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo', 'Gemini')
  await acme.expectProved('password', 2)
})

test('FAULTS 27: a refresh that keeps the step-up makes nothing fresher, in the page or at the API', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo')
  // Longer than a deletion allows, shorter than Descope's own timeout.
  await acme.passTime(400)
  await page.reload()
  await acme.expectSignedIn()
  await acme.ask('Gemini')
  // Whoever goes past the page is judged by the API alone: by a token of now, with the step-up in it.
  const { claims, status, answer } = await page.evaluate(async (api) => {
    const token = localStorage.getItem('DS') ?? ''
    const init = { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } }
    const response = await fetch(`${api}/projects/gemini`, init)
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    const claims = JSON.parse(atob(payload)) as { su?: boolean; iat: number }
    return { claims, status: response.status, answer: await response.text() }
  }, acme.apiOrigin)
  expect(claims.su).toBe(true)
  expect(claims.iat - Date.now() / 1000).toBeGreaterThan(300)
  expect(status).toBe(401)
  expect(answer).toContain('insufficient_user_authentication')
  expect(await acme.deletions()).toEqual(['apollo'])
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo', 'Gemini')
})

test('a requirement of 0 takes a proof each time, and each proof once', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.open('API keys')
  const rotated = page.getByRole('listitem').filter({ hasText: 'Rotated API key Production' })
  for (const times of [1, 2]) {
    await page.getByRole('button', { name: 'Replace Production' }).click()
    await acme.typePassword(ada.password)
    await expect(rotated).toHaveCount(times)
    await acme.expectProved('password', times)
    await acme.passTime(2)
  }
})

test('FAULTS 35: a wrong password is said, signs nobody out, and does nothing', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  await acme.typePassword('incorrect horse')
  await expect(acme.dialog.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('Ada Lovelace')
  expect(await acme.deletions()).toEqual([])
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo')
})

test('FAULTS 35: too many tries: the dialog counts down what Descope says', async ({ acme }) => {
  await acme.signIn(ada)
  await acme.ask()
  await acme.failNext('throttled')
  await acme.typePassword(ada.password)
  await expect(acme.dialog).toContainText(/(2 minutes|1:\d\d|2:00)/)
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 37: an answer that was lost: the proof is found, and it runs once', async ({
  acme,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  await acme.failNext('cut_after')
  await acme.typePassword(ada.password)
  await expect(acme.dialog.getByRole('alert')).toBeVisible()
  expect(await acme.deletions()).toEqual([])
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo')
})

test('FAULTS 35: a code by mail, pasted with a space; one that has expired is refused', async ({
  acme,
}) => {
  await acme.signInByCode(grace)
  await acme.ask()
  const late = await acme.sendCode(grace)
  await acme.passTime(181)
  await acme.typeCode(late)
  await expect(acme.dialog.getByRole('alert')).toContainText('expired')
  expect(await acme.deletions()).toEqual([])
  await acme.confirm('Send a new code')
  await expect(async () => {
    expect(await acme.readMail(grace)).not.toBe(late)
  }).toPass()
  const code = await acme.readMail(grace)
  await acme.typeCode(`${code.slice(0, 3)} ${code.slice(3)}`)
  await acme.expectDeleted('Apollo')
  await acme.expectProved('code')
})

test('a link by mail, opened in another tab, and the page goes on', async ({ acme, page }) => {
  await acme.signInByCode(grace)
  await acme.ask()
  await acme.dialog.getByRole('button', { name: /link/ }).first().click()
  await acme.confirm('Send the link')
  await expect(acme.dialog).toContainText('g***@acme.test')
  const mail = await page.context().newPage()
  await mail.goto(await acme.readMail(grace))
  await page.bringToFront()
  await acme.expectDeleted('Apollo')
})

test('who signs in at their company is asked again there, comes back, and it runs at the click', async ({
  acme,
  page,
}) => {
  const spent = exchanges(page)
  await acme.signInAtCompany(lin)
  const before = spent()
  await acme.ask()
  await acme.leaveForCompany()
  await acme.confirmAtProvider(lin)
  await acme.expectRunAtClick()
  await expect(page).toHaveURL('/projects')
  expect(spent() - before).toBe(1)
  await acme.expectProved('sso')
})

test('the same in a window beside the page, which stays', async ({ acme, page }) => {
  await acme.signInAtCompany(lin)
  await acme.ask()
  const opened = page.waitForEvent('popup')
  await acme.confirm('Stay here and use a window')
  const popup = await opened
  await popup.getByLabel('Password').fill(lin.password)
  await popup.getByRole('button', { name: 'Confirm' }).click()
  await acme.expectDeleted('Apollo')
  await acme.expectProved('sso')
  expect(popup.isClosed()).toBe(true)
})

test('FAULTS 6: another user comes back: nothing runs, and they learn nothing', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany(lin)
  await acme.ask()
  await acme.leaveForCompany()
  await acme.enterAs(bob)
  await expect(acme.dialog).toContainText('Somebody else signed in')
  await expect(acme.dialog).not.toContainText('Apollo')
  await page.reload()
  await expect(page.getByRole('banner')).toContainText('Bob')
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 15: cancelling at the company offers it again', async ({ acme, page }) => {
  await acme.signInAtCompany(lin)
  await acme.ask()
  await acme.leaveForCompany()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  await expect(page).toHaveURL('/projects')
  expect(await acme.deletions()).toEqual([])
  await acme.tryAgain()
  await acme.confirmAtProvider(lin)
  await acme.expectRunAtClick()
})

test('FAULTS 10: a reload, while the code is spent or at the confirmation: it runs once', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany(lin)
  await acme.ask()
  await acme.leaveForCompany()
  // The first is never answered, nor does it arrive: the page is reloaded before.
  let sent = 0
  await page.route(EXCHANGE, (route) => ((sent += 1) === 1 ? undefined : route.continue()))
  const spending = page.waitForRequest(EXCHANGE)
  await acme.confirmAtProvider(lin)
  await spending
  await page.reload()
  await expect(acme.dialog).toContainText('Delete project Apollo')
  expect(await acme.deletions()).toEqual([])
  await acme.tryAgain()
  await acme.confirmAtProvider(lin)
  await expect(acme.dialog).toContainText('Welcome back')
  await page.reload()
  await acme.expectRunAtClick()
})

test('FAULTS 37: the exchange fails: Lin stays signed in, and can try again', async ({
  acme,
  page,
}) => {
  await acme.signInAtCompany(lin)
  await acme.ask()
  await acme.leaveForCompany()
  await acme.failNext('exchange_refused')
  await acme.confirmAtProvider(lin)
  await expect(acme.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  expect(await acme.deletions()).toEqual([])
  await acme.tryAgain()
  await acme.confirmAtProvider(lin)
  await acme.expectRunAtClick()
})

test('cancelling does nothing; the API knows better than the page, from its answer', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  await page.keyboard.press('Escape')
  await expect(acme.toast).toContainText('Nothing was done')
  expect(await acme.deletions()).toEqual([])

  await acme.ask()
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo')
  await acme.makeApiStrict()
  await acme.pressDelete('Gemini')
  await acme.typePassword(ada.password)
  await acme.expectDeleted('Apollo', 'Gemini')
})

test('a passkey of the device', async ({ acme, page, browserName }) => {
  test.skip(browserName !== 'chromium', 'only Chromium has an authenticator')
  await addAuthenticator(page)
  await acme.signIn(ada)
  await acme.open('Your sign-in')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(acme.toast).toContainText('Your passkey is ready')
  await acme.ask()
  await acme.dialog
    .getByRole('button', { name: /passkey/i })
    .first()
    .click()
  await acme.confirm('Use your passkey')
  await acme.expectDeleted('Apollo')
  await acme.expectProved('passkey')
})
