import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { enterAtCompany, lin } from './company.js'
import { Console, sessionPortOf, type Person } from './console.js'

const port = sessionPortOf(Number(process.env['TEST_PARALLEL_INDEX'] ?? 0))
export const ORIGIN = `http://localhost:${String(port)}`
export const COMPANY = `http://localhost:${String(port + 3)}`
/** The handler of the library. */
export const STEP_UP = `${ORIGIN}/auth/step-up`

export const grace = 'grace@acme.test'
export const hedy = 'hedy@acme.test'

/** The console with a session of its own, in a browser, as a person uses it. */
export class SessionConsole extends Console {
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

  override async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(this.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  }

  /** The newest code in the outbox, which is this person's. */
  async readMail(email: string): Promise<string> {
    const outbox = await this.page.context().newPage()
    await outbox.goto('/demo/outbox')
    const newest = outbox.getByRole('listitem').first()
    await expect(newest).toContainText(email)
    const code = await newest.getByRole('code').innerText()
    await outbox.close()
    return code
  }

  /** Somebody whose sign-in is too old presses the button: the dialog asks. */
  async ask(name = 'Apollo'): Promise<void> {
    await this.becomeStale()
    await this.pressDelete(name)
    await expect(this.dialog).toContainText(`Delete project ${name}`)
  }

  async typePassword(password: string): Promise<void> {
    await typeInto(this.dialog.getByLabel('Password', { exact: true }), password)
    await this.page.keyboard.press('Enter')
  }

  async sendCode(email: string): Promise<string> {
    await this.confirm('Send the code')
    await expect(this.dialog.getByLabel('Code')).toBeVisible()
    return this.readMail(email)
  }

  async typeCode(code: string): Promise<void> {
    await typeInto(this.dialog.getByLabel('Code'), code)
    await this.confirm('Confirm')
  }

  /** Says in words, for the log, who proved what, and that the project is gone, once. */
  async expectDeletedOnce(method: string, subject: string): Promise<void> {
    await expect(this.toast).toContainText('Project Apollo is deleted')
    await expect(this.project('Apollo')).toBeHidden()
    await expect(this.dialog).toBeHidden()
    expect(await this.deletions()).toEqual(['apollo'])
    const proved = this.page
      .getByRole('listitem')
      .filter({ hasText: `Proved it again, by ${method}` })
    await expect(proved).toHaveCount(1)
    await expect(proved).toContainText(subject)
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

/** By keys: in Firefox `fill` sets the value behind React's back, and React does not see it change. */
export async function typeInto(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a')
  await field.pressSequentially(text)
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
