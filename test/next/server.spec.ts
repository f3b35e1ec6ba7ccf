import { expect } from '@playwright/test'
import { test } from '../routers/quiet.ts'

test('on the server the client is inert', async ({ request }) => {
  const html = await (await request.get('/')).text()
  expect(html.replaceAll('<!-- -->', '')).toContain('idle, false, loading')
})

test('a form that the server has rendered gets its draft after hydration, without a warning', async ({
  page,
}) => {
  await page.goto('/projects/apollo')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('Apollo 11')
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('button', { name: 'Continue to Acme ID' }).click()
  await page.getByRole('link', { name: 'Sign in as ada' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Rename the project to Apollo 11?')
  const html = await (await page.request.get('/projects/apollo')).text()
  expect(html).toContain('<input value=""')
  await page.reload()
  await expect(dialog).toContainText('Rename the project to Apollo 11?')
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Apollo 11')
  // What was hydrated was what the server had sent.
  await expect(page.getByTestId('first-seen')).toHaveText('')
})
