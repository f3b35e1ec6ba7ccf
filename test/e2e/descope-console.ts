import { test as base, expect, type Page } from '@playwright/test'
import type { DescopeFault } from '../servers/descope.js'
import { vendors, type Person } from './console.js'
import { InPageConsole } from './in-page-console.js'

const port = vendors.descope
/** The stand-in for api.descope.com. */
export const DESCOPE = `http://localhost:${String(port + 1)}`
export const EXCHANGE = `${DESCOPE}/v1/auth/saml/exchange`

/** The console with Descope by its own SDK, in a browser, as a person uses it. */
export class DescopeConsole extends InPageConsole {
  protected override readonly api = `http://localhost:${String(port + 2)}`
  protected override readonly keeper = 'Descope'
  protected override readonly provider = DESCOPE
  protected override readonly outbox = `${DESCOPE}/demo/outbox`

  get apiOrigin(): string {
    return this.api
  }

  override async signIn({ email, password }: Person): Promise<void> {
    const main = this.page.getByRole('main')
    await this.#begin()
    await main.getByLabel('Email').fill(email)
    await main.getByLabel('Password').fill(password)
    await main.getByRole('button', { name: 'Sign in' }).click()
    await this.expectSignedIn()
  }

  async #begin(): Promise<void> {
    await this.page.goto('/')
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }

  async signInByCode(email: string): Promise<void> {
    const main = this.page.getByRole('main')
    await this.#begin()
    await main.getByLabel('Email').fill(email)
    await main.getByRole('button', { name: 'Send me a code' }).click()
    // It is there once the mail is on its way.
    await expect(main.getByLabel('Code')).toBeVisible()
    await main.getByLabel('Code').fill(await this.readMail(email))
    await main.getByRole('button', { name: 'Sign in' }).click()
    await this.expectSignedIn()
  }

  async signInAtCompany({ email, password }: Person): Promise<void> {
    await this.#begin()
    await this.page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
    await this.page.waitForURL(`${DESCOPE}/**`)
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.expectSignedIn()
  }

  /** The next requests that they fit fail so; whatever was to fail before does not any more. */
  async failNext(...faults: readonly DescopeFault[]): Promise<void> {
    const body = JSON.stringify(faults)
    const { ok } = await fetch(`${DESCOPE}/demo/fail`, { method: 'POST', body })
    expect(ok).toBe(true)
  }

  /** Time goes by, at Descope and at the API; the page gets a token of then. */
  async passTime(seconds: number): Promise<void> {
    await this.page.evaluate(
      async ([url, seconds]) => {
        await fetch(url, { method: 'POST', body: JSON.stringify({ seconds }) })
      },
      [`${DESCOPE}/demo/clock`, seconds] as const,
    )
  }

  /** Somebody presses the button, and the dialog asks. */
  override async ask(name = 'Apollo'): Promise<void> {
    await this.pressDelete(name)
    await expect(this.dialog).toContainText(`Delete project ${name}`)
  }

  /** From the dialog to the company's page. */
  async leaveForCompany(): Promise<void> {
    await this.confirm('Continue to Initech SSO')
    const title = "Acme Console asks you to confirm it's you"
    await expect(this.page.getByRole('heading', { name: title })).toBeVisible()
  }

  async expectDeleted(...projects: readonly string[]): Promise<void> {
    await expect(this.project(projects.at(-1) ?? '')).toBeHidden()
    await expect(this.dialog).toBeHidden()
    expect(await this.deletions()).toEqual(projects.map((name) => name.toLowerCase()))
  }
}

/** Codes of single sign-on that a page tried to spend. */
export function exchanges(page: Page): () => number {
  let count = 0
  page.on('request', (request) => {
    if (request.url() === EXCHANGE && request.method() === 'POST') count += 1
  })
  return () => count
}

export const test = base.extend<{ acme: DescopeConsole }>({
  acme: async ({ page }, run) => {
    const acme = new DescopeConsole(page)
    await acme.failNext()
    await acme.reset()
    await run(acme)
  },
})
export { expect }
