import { ada, bob, expect, PROVIDER, test } from './console.js'

test('a fresh person goes straight through', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.pressDelete('Apollo')
  await expect(acme.toast).toContainText('Project Apollo is deleted')
  await expect(acme.project('Apollo')).toBeHidden()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Allowed project.delete' }),
  ).toContainText('usr_ada')
})

test('a stale person goes away, comes back, confirms, and the project is deleted once', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('Delete project Apollo')
  await expect(acme.dialog).toContainText('Ada Lovelace')
  await expect(acme.dialog).toContainText('1 hour ago')
  await acme.leave()
  expect(acme.asked.get('max_age')).toBe('270')
  expect(acme.asked.get('nonce')).toBeTruthy()
  const before = acme.codesSpent
  await acme.confirmAtProvider(ada)

  await expect(acme.dialog).toContainText('Welcome back')
  await expect(page).toHaveURL('/projects')
  expect(await acme.deletions()).toEqual([])
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await expect(acme.dialog).toBeHidden()
  await expect(acme.toast).toContainText('Project Apollo is deleted')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
  expect(acme.codesSpent - before).toBe(1)

  const log = page.getByRole('listitem')
  await expect(log.filter({ hasText: 'Proved it again, by password' })).toContainText('usr_ada')
  await expect(log.filter({ hasText: 'Deleted project Apollo' })).toContainText('usr_ada')
})

test('what is asked by a fresh person again needs no second trip', async ({ acme }) => {
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await expect(acme.project('Apollo')).toBeHidden()
  await acme.pressDelete('Gemini')
  await expect(acme.project('Gemini')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo', 'gemini'])
})

test('cancelling before the trip does nothing', async ({ acme }) => {
  await acme.signIn(ada)
  await acme.ask()
  await acme.page.keyboard.press('Escape')
  await expect(acme.toast).toContainText('Nothing was done')
  await expect(acme.page.getByRole('button', { name: 'Delete Apollo' })).toBeFocused()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 15: cancelling at the provider does nothing, and offers it again', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  await expect(page).toHaveURL('/projects')
  expect(await acme.deletions()).toEqual([])

  await acme.tryAgain()
  await acme.confirmAtProvider(ada)
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 6: another user who comes back runs nothing, and learns nothing', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.enterAs(bob)
  await expect(acme.dialog).toContainText('Somebody else signed in')
  await expect(acme.dialog).not.toContainText('Apollo')
  await expect(acme.dialog).not.toContainText('Ada')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('after another user, the first one can sign in again, and is where they were', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.enterAs(bob)
  await acme.dialog.getByRole('button', { name: 'Sign in as the first account again' }).click()
  await acme.enterAs(ada)
  await expect(page).toHaveURL('/projects')
  await expect(acme.project('Apollo')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 10: a reload at the confirmation offers it again, and it runs once', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  await page.reload()
  await expect(acme.dialog).toContainText('Welcome back')
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).dblclick()
  await expect(acme.project('Apollo')).toBeHidden()
  await page.reload()
  await expect(acme.project('Gemini')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 10: the callback URL, loaded again, runs nothing and spends no code', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  const url = await acme.confirmAndReturn(ada)
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await expect(acme.project('Apollo')).toBeHidden()
  const spent = acme.codesSpent

  await page.goto(url)
  await expect(acme.dialog).toContainText('The way back has expired or was used before')
  await expect(page).not.toHaveURL(/code=|state=|iss=/)
  expect(acme.codesSpent).toBe(spent)
  await acme.dialog.getByRole('button', { name: 'Close' }).click()
  await page.goBack()
  await page.goForward()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  expect(await acme.deletions()).toEqual(['apollo'])
  expect(acme.codesSpent).toBe(spent)
})

test('FAULTS 10: a reload while the code is being spent spends it once', async ({ acme, page }) => {
  await acme.leaveToDelete('Apollo')
  const before = acme.codesSpent
  // Never answered: the page is reloaded before.
  await page.route(`${PROVIDER}/token`, () => undefined)
  const spending = page.waitForRequest(`${PROVIDER}/token`)
  await acme.confirmAtProvider(ada)
  await spending
  await page.reload()
  await page.unroute(`${PROVIDER}/token`)
  await expect(acme.dialog.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(await acme.deletions()).toEqual([])
  expect(acme.codesSpent - before).toBe(1)
})

test('FAULTS 16: Back from the provider offers it again', async ({ acme, page }) => {
  await acme.leaveToDelete('Apollo')
  await page.goBack()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  await acme.tryAgain()
  await acme.confirmAtProvider(ada)
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 42: a reload during the run says that it may have been done, and never runs it again', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  // Requests are watched in the page that is there: the one before is still going away.
  await expect(acme.dialog).toContainText('Welcome back')
  const path = '**/projects/apollo'
  // Never answered: neither the page nor the person can know what became of it.
  await page.route(path, () => undefined)
  const running = page.waitForRequest(path)
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await running
  await page.reload()
  await page.unroute(path)
  await expect(acme.dialog).toContainText('This may have been done')
  await acme.dialog.getByRole('button', { name: 'Close' }).click()
  await page.reload()
  await expect(acme.project('Gemini')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})
