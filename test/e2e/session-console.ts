import { test as base, expect, type Page } from '@playwright/test'
import { enterAtCompany, lin } from './company.js'
import { sessionPortOf, type Person } from './console.js'
import { InPageConsole } from './in-page-console.js'

const port = sessionPortOf(Number(process.env['TEST_PARALLEL_INDEX'] ?? 0))
export const ORIGIN = `http://localhost:${String(port)}`
export const COMPANY = `http://localhost:${String(port + 3)}`
/** The handler of the library. */
export const STEP_UP = `${ORIGIN}/auth/step-up`

export const grace = 'grace@acme.test'
export const hedy = 'hedy@acme.test'

/** The console with a session of its own, in a browser, as a person uses it. */
export class SessionConsole extends InPageConsole {
  protected override readonly api = `${ORIGIN}/api`
  protected override readonly keeper = 'Your session'

  async #begin(email: string): Promise<void> {
    await this.page.goto('/')
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByRole('button', { name: 'Continue', exact: true }).click()
  }

  override async signIn({ email, password }: Person): Promise<void> {
    await this.#begin(email)
    await this.page.getByLabel('Password').fill(password)
    await this.#enter()
  }

  async signInByCode(email: string): Promise<void> {
    await this.#begin(email)
    await this.page.getByRole('button', { name: 'Send me a code' }).click()
    const code = this.page.getByLabel('Code')
    // It is there once the mail is on its way.
    await expect(code).toBeVisible()
    await code.fill(await this.readMail(email))
    await this.#enter()
  }

  async #enter(): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await this.expectSignedIn()
  }

  async signInAtCompany(): Promise<void> {
    await this.#begin(lin.email)
    await this.page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
    await enterAtCompany(this.page, COMPANY, lin)
    await this.expectSignedIn()
  }

  /** Hedy's first sign-in, which leads to the page where she makes her passkey. */
  async signInAndMakePasskey(): Promise<void> {
    await this.signInByCode(hedy)
    await expect(this.page.getByRole('main')).toContainText('You have no passkey yet')
    await this.page.getByRole('button', { name: 'Add a passkey' }).click()
    await expect(this.page.getByRole('main')).toContainText('You have a passkey.')
  }

  async signInByPasskey(): Promise<void> {
    await this.#begin(hedy)
    await this.page.getByRole('button', { name: 'Use your passkey' }).click()
    await this.expectSignedIn()
  }

  /** Sets the backend's clock forward. */
  async passTime(seconds: number): Promise<void> {
    const status = await this.page.evaluate(async (seconds) => {
      const headers = { 'Content-Type': 'application/json' }
      const body = JSON.stringify({ seconds })
      return (await fetch('/demo/clock', { method: 'POST', headers, body })).status
    }, seconds)
    expect(status).toBe(200)
  }

  async sessionCookie(): Promise<string> {
    const cookies = await this.page.context().cookies(ORIGIN)
    return cookies.find(({ name }) => name === 'acme_session')?.value ?? ''
  }
}

/** An authenticator of the device, in place of a person's finger. Only Chromium has one. */
export async function addAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    /** Whether the next finger is the right one. */
    recognise: (isUserVerified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

export const test = base.extend<{ acme: SessionConsole }>({
  baseURL: ORIGIN,
  acme: async ({ page }, run) => {
    const acme = new SessionConsole(page)
    await acme.reset()
    await run(acme)
  },
})
export { expect }
