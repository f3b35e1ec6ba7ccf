import { expect, type Page } from '@playwright/test'
import type { Person } from './console.js'

export const lin: Person = { email: 'lin@initech.test', password: 'paper jam' }
/** Works there too, and has no account at Acme. */
export const sam: Person = { email: 'sam@initech.test', password: 'red stapler' }

/** At the company's own provider, where Lin is expected. */
export async function enterAtCompany(page: Page, origin: string, person: Person): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in at Initech' })).toBeVisible()
  expect(new URL(page.url()).origin).toBe(origin)
  const email = page.getByLabel('Email')
  await expect(email).toHaveValue(lin.email)
  // By keys: in Firefox `fill` adds to an email that is there already.
  await email.press('ControlOrMeta+a')
  await email.pressSequentially(person.email)
  await expect(email).toHaveValue(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
