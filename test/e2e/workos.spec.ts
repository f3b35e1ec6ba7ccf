import { ada, bob } from './console.js'
import { AUTHENTICATE, expect, test } from './workos-console.js'

test('a fresh person goes straight through', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.pressDelete('Apollo')
  await acme.expectDeletedOnce()
  const decision = page.getByRole('listitem').filter({ hasText: 'Allowed project.delete' })
  await expect(decision).toContainText('usr_ada')
})

test('a stale person goes away with max_age, comes back, confirms, and it runs once', async ({
  acme,
  page,
}) => {
  await acme.askAda()
  await expect(acme.dialog).toContainText('Ada Lovelace')
  await acme.leave()
  expect(acme.asked.get('max_age')).toBe('270')
  expect(acme.asked.get('login_hint')).toBe(ada.email)
  expect(acme.asked.get('state')).toMatch(/^"r\.[\w-]{43}"$/)
  const before = await acme.exchanges()
  await acme.confirmAtProvider(ada)
  await acme.expectRunAtClick()
  await expect(page).toHaveURL('/projects')
  expect((await acme.exchanges()) - before).toBe(1)
  const proved = page.getByRole('listitem').filter({ hasText: 'Proved it again, by password' })
  await expect(proved).toContainText('usr_ada')
})

test('a requirement of 0 asks with max_age=0, whatever the age', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.open('API keys')
  await page.getByRole('button', { name: 'Replace Production' }).click()
  await acme.leave()
  expect(acme.asked.get('max_age')).toBe('0')
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  await acme.confirm('Replace the API key Production')
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Rotated API key Production' }),
  ).toHaveCount(1)
})

test('FAULTS 1: AuthKit ignores max_age: the second try asks with 0, and proves it', async ({
  acme,
}) => {
  await acme.askAda()
  await acme.failNext('max_age_ignored')
  await acme.confirm('Continue to AuthKit')
  await expect(acme.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(await acme.deletions()).toEqual([])
  await acme.tryAgain()
  expect(acme.asked.get('max_age')).toBe('0')
  await acme.confirmAtProvider(ada)
  await acme.expectRunAtClick()
})

test('FAULTS 6: another user comes back: nothing runs, and they learn nothing', async ({
  acme,
  page,
}) => {
  await acme.askAda()
  await acme.leave()
  await acme.enterAs(bob)
  await expect(acme.dialog).toContainText('Somebody else signed in')
  await expect(acme.dialog).not.toContainText('Apollo')
  await page.reload()
  await expect(page.getByRole('banner')).toContainText('Bob')
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 10: a reload at the confirmation offers it again, and it runs once', async ({
  acme,
  page,
}) => {
  await acme.askAda()
  await acme.leave()
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  await page.reload()
  await acme.expectRunAtClick()
  await page.reload()
  await expect(acme.project('Gemini')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 10: a reload while the SDK spends the code: nothing is lost, nothing runs twice', async ({
  acme,
  page,
}) => {
  await acme.askAda()
  await acme.leave()
  // The first is never answered, nor does it arrive: the page is reloaded before.
  let sent = 0
  await page.route(AUTHENTICATE, (route) => ((sent += 1) === 1 ? undefined : route.continue()))
  const spending = page.waitForRequest(AUTHENTICATE)
  await acme.confirmAtProvider(ada)
  await spending
  await page.reload()
  // How far the first page came decides what she is asked; what she presses is for this either way.
  const go = acme.dialog.getByRole('button', { name: /^(Delete project Apollo|Try again)$/ })
  await expect(go).toBeVisible()
  await expect(acme.dialog).toContainText('Delete project Apollo')
  expect(await acme.deletions()).toEqual([])
  await go.click()
  await acme.expectDeletedOnce()
})

test('FAULTS 15: cancelling at AuthKit, which the SDK never hears of, offers it again', async ({
  acme,
  page,
}) => {
  await acme.askAda()
  await acme.leave()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  await expect(page).toHaveURL('/projects')
  expect(await acme.deletions()).toEqual([])
  await acme.tryAgain()
  await acme.confirmAtProvider(ada)
  await acme.expectRunAtClick()
})

test('FAULTS 15: AuthKit has an error of its own: it is said, and can be tried again', async ({
  acme,
}) => {
  await acme.askAda()
  await acme.failNext('server_error')
  await acme.confirm('Continue to AuthKit')
  await acme.tryAgain()
  await acme.confirmAtProvider(ada)
  await acme.expectRunAtClick()
})

test('FAULTS 27: a refresh brings a new token, and no fresher sign-in', async ({ acme, page }) => {
  await acme.askAda()
  await expect(acme.dialog).toContainText('1 hour ago')
  await acme.confirm('Cancel')
  await page.reload()
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('1 hour ago')
  expect(await acme.deletions()).toEqual([])
})

for (const fault of ['exchange_refused', 'exchange_down'] as const) {
  test(`FAULTS 37: the exchange fails (${fault}): Ada stays signed in, and can try again`, async ({
    acme,
    page,
  }) => {
    await acme.askAda()
    await acme.leave()
    await acme.failNext(fault)
    await acme.confirmAtProvider(ada)
    await expect(acme.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
    expect(await acme.deletions()).toEqual([])
    // AuthKit has had her proof: the token that came since tells of it.
    await acme.confirm('Try again')
    await acme.expectDeletedOnce()
  })
}

test('an administrator who acts as Ada cannot prove to be her', async ({ acme }) => {
  await acme.failNext('impersonated')
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('on behalf of somebody else')
  await expect(acme.dialog.getByRole('button', { name: 'Continue to AuthKit' })).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('the API knows better than the page: the same way, from its answer', async ({ acme }) => {
  await acme.signIn(ada)
  await acme.makeApiStrict()
  await acme.pressDelete('Apollo')
  await acme.leave()
  await acme.confirmAtProvider(ada)
  await acme.expectRunAtClick()
})

test('a window beside the page: it closes by itself, and the page goes on', async ({
  acme,
  page,
}) => {
  let loads = 0
  await acme.askAda()
  page.on('domcontentloaded', () => (loads += 1))
  const popup = await acme.openWindow()
  await popup.confirmAtProvider(ada)
  await popup.expectClosed()
  await acme.expectDeletedOnce()
  expect(loads).toBe(0)
})

test('FAULTS 6: another user in the window: nothing is run', async ({ acme }) => {
  await acme.askAda()
  const popup = await acme.openWindow()
  await popup.enterAs(bob)
  await popup.expectClosed()
  await expect(acme.toast).toContainText('Somebody else is signed in')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 15: cancelling in the window, or an exchange that fails there, leaves the dialog', async ({
  acme,
}) => {
  await acme.askAda()
  const first = await acme.openWindow()
  await first.page.getByRole('button', { name: 'Cancel' }).click()
  await first.expectClosed()
  await expect(acme.dialog).toContainText('You did not finish confirming')

  const second = await acme.openWindow()
  await acme.failNext('exchange_refused')
  await second.confirmAtProvider(ada)
  await second.expectClosed()
  await expect(acme.dialog).toContainText('The sign-in page had a problem')
  expect(await acme.deletions()).toEqual([])

  // AuthKit has her proof, and sends the window straight back.
  await acme.confirm('Stay here and use a window')
  await acme.expectDeletedOnce()
})
