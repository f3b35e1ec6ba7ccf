import { ada, bob } from './console.js'
import { expect, ORIGIN, test } from './session-console.js'

test('five at once share one password, and each runs once', async ({ acme, page }) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.open('Projects')
  await page.getByRole('button', { name: 'Delete all' }).click()
  const sent = acme.requests('DELETE', /\/projects\//)
  await acme.typePassword(ada.password)
  await expect(page.getByText('No project is left')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  await expect(acme.working).toHaveText('')
  const ids = ['apollo', 'gemini', 'mercury', 'skylab', 'voyager']
  expect([...(await acme.deletions())].sort()).toEqual(ids)
  expect(sent).toHaveLength(5)
  const proofs = page.getByRole('listitem').filter({ hasText: 'Proved it again' })
  await expect(proofs).toHaveCount(1)
})

test('a transfer that only the API finds too much is asked for in the page, and sent once', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.open('Payouts')
  const sent = page.getByRole('list', { name: 'Sent' }).getByRole('listitem')
  for (const amount of [600, 401]) {
    await page.getByLabel('To', { exact: true }).fill('Initech')
    await page.getByLabel('Amount in euros').fill(String(amount))
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    if (amount === 600) await expect(sent).toHaveText('Initech € 600')
  }
  await expect(acme.dialog).toContainText('Send € 401 to Initech')
  await expect(sent).toHaveCount(1)
  await acme.typePassword(ada.password)
  await expect(sent).toHaveText(['Initech € 600', 'Initech € 401'])
})

test('who comes next in the same page learns nothing of what was done before', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.open('API keys')
  await page.getByRole('button', { name: 'Show Production' }).click()
  await expect(page.getByText(/acme_demo_[0-9a-f]{24}/)).toBeVisible()
  await acme.pressDelete('Apollo')
  const done = page.getByText('Delete project Apollo: done')
  await expect(done).toBeVisible()
  await acme.signOut()
  await expect(done).toBeHidden()

  // Without a load: what the page holds in memory is still there.
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('Email').fill(bob.email)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.getByLabel('Password').fill(bob.password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await acme.expectSignedIn()
  await expect(page).toHaveURL(`${ORIGIN}/`)
  await expect(done).toBeHidden()
  await acme.open('API keys')
  await expect(page.getByRole('button', { name: 'Show Production' })).toBeVisible()
})
