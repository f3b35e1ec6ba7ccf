import type { Page } from '@playwright/test'
import { ada } from './console.js'
import { expect, grace, ORIGIN, SessionConsole, STEP_UP, test } from './session-console.js'

const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

test('FAULTS 35: five wrong passwords lock it, by the server and with its countdown; nothing runs', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  const field = acme.dialog.getByLabel('Password', { exact: true })
  for (let tries = 1; tries <= 5; tries += 1) {
    const answer = page.waitForResponse(`${STEP_UP}/password`)
    await acme.typePassword(`wrong ${String(tries)}`)
    expect((await answer).status()).toBe(400)
    await expect(field).toHaveAccessibleDescription(/That password does not match/)
    await expect(field).toBeFocused()
  }
  // Even the right one: what counts is that there were five.
  const answer = page.waitForResponse(`${STEP_UP}/password`)
  await acme.typePassword(ada.password)
  expect((await answer).status()).toBe(429)
  await expect(acme.dialog.getByRole('alert')).toContainText('Too many tries')
  await expect(acme.dialog).toContainText('You can try again in 15 minutes')
  await expect(acme.dialog.getByRole('button', { name: 'Confirm' })).toBeDisabled()
  await page.keyboard.press('Enter')
  await expect(acme.dialog.getByRole('button', { name: 'A code by email' })).toBeEnabled()
  expect(await acme.deletions()).toEqual([])

  // Nothing is lost: when the time is over, it goes on.
  await acme.passTime(901)
  await acme.confirm('Cancel')
  await acme.pressDelete('Apollo')
  await acme.typePassword(ada.password)
  await acme.expectDeletedBy('password', 'usr_ada')
})

test('FAULTS 35: the tries are counted for the person, whatever way they choose', async ({
  acme,
}) => {
  await acme.signInByCode(grace)
  await acme.ask()
  const code = await acme.sendCode(grace)
  for (let tries = 1; tries <= 5; tries += 1) {
    await acme.typeCode(wrong(code))
    await expect(acme.dialog.getByLabel('Code')).toHaveAccessibleDescription(/does not match/)
  }
  await acme.typeCode(code)
  await expect(acme.dialog.getByRole('alert')).toContainText('Too many tries')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 35: a code of another user is a wrong one, and takes nothing from the right one', async ({
  acme,
  browser,
}) => {
  await acme.signInByCode(grace)
  await acme.ask()
  const own = await acme.sendCode(grace)

  const context = await browser.newContext({ baseURL: ORIGIN })
  const other = new SessionConsole(await context.newPage())
  await other.signIn(ada)
  await other.ask('Gemini')
  await other.dialog.getByRole('button', { name: 'A code by email' }).click()
  const theirs = await other.sendCode(ada.email)
  await context.close()

  await acme.typeCode(theirs)
  await expect(acme.dialog.getByLabel('Code')).toHaveAccessibleDescription(/does not match/)
  expect(await acme.deletions()).toEqual([])
  await acme.typeCode(own)
  await acme.expectDeletedBy('code', 'usr_grace')
})

test('FAULTS 35: an expired code says so, and the next one goes on', async ({ acme, page }) => {
  await page.clock.install()
  await acme.signInByCode(grace)
  await acme.ask()
  const late = await acme.sendCode(grace)
  await expect(acme.dialog).toContainText('It works for another 10 minutes')
  // Eleven minutes, for the page and for the server.
  await acme.passTime(660)
  await page.clock.fastForward(660_000)
  await expect(acme.dialog).toContainText('It has expired by now')
  await acme.typeCode(late)
  await expect(acme.dialog.getByLabel('Code')).toHaveAccessibleDescription(/has expired/)
  expect(await acme.deletions()).toEqual([])

  await acme.confirm('Send a new code')
  await expect(acme.dialog).toContainText('It works for another 10 minutes')
  const code = await acme.readMail(grace)
  expect(code).not.toBe(late)
  await acme.typeCode(code)
  await acme.expectDeletedBy('code', 'usr_grace')
})

test('FAULTS 37: a connection that drops, before the server hears it or with its answer, loses and doubles nothing', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  const path = `${STEP_UP}/password`
  await page.route(path, (route) => route.abort('connectionreset'))
  await acme.typePassword(ada.password)
  await expect(acme.dialog.getByRole('alert')).toContainText('The connection was lost')
  expect(await acme.deletions()).toEqual([])

  // The server has heard it, and its answer is lost. (Firefox does not tell what was posted.)
  await page.unroute(path)
  const postData = { id: 'password', password: ada.password }
  await page.route(path, async (route) => {
    expect((await route.fetch({ postData })).status()).toBe(200)
    await route.abort('connectionreset')
  })
  const dropped = page.waitForEvent('requestfailed', (request) => request.url() === path)
  await acme.confirm('Confirm')
  await dropped
  // Somebody looks whether it was accepted all the same.
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('a person who is offline is told, and goes on when they are back', async ({
  acme,
  page,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'Firefox as Mozilla ships it cannot be taken offline')
  await acme.signIn(ada)
  await acme.ask()
  await page.context().setOffline(true)
  await expect(acme.dialog).toContainText('You are offline')
  await acme.typePassword(ada.password)
  await expect(acme.dialog).toContainText('The connection was lost')
  await page.context().setOffline(false)
  await expect(acme.dialog).not.toContainText('You are offline')
  await acme.confirm('Confirm')
  await acme.expectDeletedBy('password', 'usr_ada')
})

/** The server's tries, from a script in the page of who is signed in: as many as it likes, at once. */
const tryPasswords = (page: Page, count: number) =>
  page.evaluate(async (count) => {
    const attempt = async (_: unknown, index: number) => {
      const response = await fetch('/auth/step-up/password', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: 'password', password: `guess ${String(index)}` }),
      })
      return response.status
    }
    return Promise.all(Array.from({ length: count }, attempt))
  }, count)

test('FAULTS 35: of fifty tries at once five are checked, and the dialog is locked by them too', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.ask()
  const statuses = await tryPasswords(page, 50)
  expect(statuses.filter((status) => status === 400)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(45)
  await acme.typePassword(ada.password)
  await expect(acme.dialog.getByRole('alert')).toContainText('Too many tries')
  expect(await acme.deletions()).toEqual([])
})
