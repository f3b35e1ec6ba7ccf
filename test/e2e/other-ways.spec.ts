import { ada, expect, PROVIDER, test } from './console.js'

test('FAULTS 25: the API challenges although the console thought the person fresh, and is asked once more', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.makeApiStrict()
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('Delete project Apollo')
  await acme.leave()
  // 30 seconds, less the margin for the way back.
  expect(acme.asked.get('max_age')).toBe('22')
  await acme.confirmAtProvider(ada)
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).click()
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])

  const log = page.getByRole('listitem')
  await expect(log.filter({ hasText: 'Refused project.delete' })).toHaveCount(1)
  await expect(log.filter({ hasText: 'Allowed project.delete' })).toHaveCount(1)
})

for (const [signal, maxAge] of [
  ['device', '0'],
  ['network', '45'],
] as const) {
  test(`a new ${signal}: the API asks for more than it does as a rule, once`, async ({ acme }) => {
    await acme.signIn(ada)
    await acme.comeFromNew(signal)
    await acme.pressDelete('Apollo')
    await acme.leave()
    expect(acme.asked.get('max_age')).toBe(maxAge)
    await acme.confirmAtProvider(ada)
    await acme.confirm('Delete project Apollo')
    await expect(acme.project('Apollo')).toBeHidden()
    // Proved, it is usual from now on.
    await acme.pressDelete('Gemini')
    await expect(acme.project('Gemini')).toBeHidden()
    expect(await acme.deletions()).toEqual(['apollo', 'gemini'])
  })
}

test('a closure comes back as "press again", and then needs no second trip', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.open('API keys')
  await page.getByRole('button', { name: 'Show Production' }).click()
  await expect(acme.dialog).toContainText('press the button again')
  await acme.leave()
  await acme.confirmAtProvider(ada)
  await expect(page).toHaveURL('/api-keys')
  await expect(acme.dialog).toContainText('Press the button again')
  await acme.dialog.getByRole('button', { name: 'OK' }).click()
  await expect(acme.dialog).toBeHidden()
  await page.getByRole('button', { name: 'Show Production' }).click()
  await expect(page.getByText(/^acme_demo_[0-9a-f]{24}$/)).toBeVisible()
})

test('maxAge: 0 takes a proof of its own, however fresh the person is', async ({ acme, page }) => {
  await acme.signIn(ada)
  for (const time of [1, 2]) {
    // auth_time counts in seconds, and a robot proves itself twice in one: the first is a minute old.
    await acme.makeApiStrict()
    await acme.open('API keys')
    await page.getByRole('button', { name: 'Replace Production' }).click()
    await acme.leave()
    expect(acme.asked.get('max_age')).toBe('0')
    await acme.confirmAtProvider(ada)
    await acme.dialog.getByRole('button', { name: 'Replace the API key Production' }).click()
    await expect(acme.dialog).toBeHidden()
    await expect(
      page.getByRole('listitem').filter({ hasText: 'Rotated API key Production' }),
    ).toHaveCount(time)
  }
})

test('a form that waits is sent with what was in it', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.open('Billing')
  await page.getByLabel('Plan').selectOption('Enterprise')
  await page.getByRole('button', { name: 'Save' }).click()
  await acme.leave()
  await acme.confirmAtProvider(ada)
  await acme.dialog.getByRole('button', { name: 'Change the plan to Enterprise' }).click()
  await expect(acme.toast).toContainText('Billing is saved')
  await expect(page.getByLabel('Plan')).toHaveValue('Enterprise')
})

test('FAULTS 12: a crafted way back shows no confirmation, runs nothing and spends no code', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  const before = acme.codesSpent
  await page.goto(`/callback?code=stolen&state=x;r.${'a'.repeat(43)}&iss=${PROVIDER}`)
  await expect(acme.dialog).toContainText('The way back has expired or was used before')
  await expect(acme.dialog.getByRole('button')).toHaveText(['Close'])
  expect(acme.codesSpent).toBe(before)
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 8: an altered state spends no code, and the action is offered again', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  const before = acme.codesSpent
  const [id = ''] = (acme.asked.get('state') ?? '').split(';')
  await page.goto(`/callback?code=c&state=${id};r.${'a'.repeat(43)}&iss=${PROVIDER}`)
  await expect(acme.dialog).toContainText('You did not finish confirming')
  expect(acme.codesSpent).toBe(before)
  expect(await acme.deletions()).toEqual([])
})
