import { test as base, expect, type Page, type Request } from '@playwright/test'
import { enterAtCompany, lin } from './company.js'
import { vendors, type Person } from './console.js'
import { InPageConsole } from './in-page-console.js'

const port = vendors.supertokens
/** The backend SDK, the API and the handler of the library. */
const BACKEND = `http://localhost:${String(port + 2)}`
export const STEP_UP = `${BACKEND}/auth/step-up`
export const REFRESH = `${BACKEND}/auth/session/refresh`
export const COMPANY = `http://localhost:${String(port + 3)}`

export const grace = 'grace@acme.test'

/** The console with SuperTokens by its own SDKs, in a browser, as a person uses it. */
export class SupertokensConsole extends InPageConsole {
  protected override readonly api = `${BACKEND}/api`
  protected override readonly keeper = 'Your session'
  protected override readonly outbox = `${BACKEND}/demo/outbox`

  async #begin(): Promise<void> {
    await this.page.goto('/')
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  override async signIn({ email, password }: Person): Promise<void> {
    await this.#begin()
    const form = this.page.getByRole('form', { name: 'By password' })
    await form.getByLabel('Email').fill(email)
    await form.getByLabel('Password').fill(password)
    await form.getByRole('button', { name: 'Sign in' }).click()
    await this.expectSignedIn()
  }

  async signInByCode(email: string): Promise<void> {
    await this.#begin()
    const form = this.page.getByRole('form', { name: 'By code' })
    await form.getByLabel('Email').fill(email)
    await form.getByRole('button', { name: 'Send me a code' }).click()
    const code = form.getByLabel('Code')
    await expect(code).toBeVisible()
    await code.fill(await this.readMail(email))
    await form.getByRole('button', { name: 'Sign in with the code' }).click()
    await this.expectSignedIn()
  }

  async signInAtCompany(): Promise<void> {
    await this.#begin()
    await this.page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
    await expect(this.page.getByRole('heading', { name: 'Sign in at Initech' })).toBeVisible()
    await this.page.getByLabel('Email').fill(lin.email)
    await this.page.getByLabel('Password').fill(lin.password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.expectSignedIn()
  }

  /** Whoever comes there next is asked, however young the sign-in is. */
  async companyForgets(): Promise<void> {
    await this.page.context().clearCookies({ name: /^initech/ })
  }

  async leaveForCompany(): Promise<void> {
    await this.companyForgets()
    await this.confirm('Continue to Initech SSO')
    await expect(this.page.getByRole('heading', { name: 'Sign in at Initech' })).toBeVisible()
  }

  async enterAtCompany(person: Person = lin, page = this.page): Promise<void> {
    await enterAtCompany(page, COMPANY, person)
  }

  /** Another tab of this browser. */
  tab(page: Page): this {
    return this.beside(page)
  }

  /** Sets the clock of codes and tries forward. */
  async passTime(seconds: number): Promise<void> {
    const { ok } = await fetch(`${BACKEND}/demo/clock`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ seconds }),
    })
    expect(ok).toBe(true)
  }

  /** What the page knows of its access token, as the SDK keeps it. */
  async payload(): Promise<{ sessionHandle: string; auth_time?: number; iat: number }> {
    const cookies = await this.page.context().cookies()
    const front = cookies.find(({ name }) => name === 'sFrontToken')?.value ?? ''
    const { up } = JSON.parse(atob(decodeURIComponent(front))) as { up: never }
    return up
  }
}

/** The page leaves for the company. */
export const isAuthorization = (request: Request): boolean => {
  const { origin, pathname } = new URL(request.url())
  return origin === COMPANY && pathname === '/auth'
}

/** The statuses of answers from the backend to requests that match. */
export function statusesOf(page: Page, path: RegExp): readonly number[] {
  const statuses: number[] = []
  page.on('response', (response) => {
    const url = new URL(response.url())
    if (url.origin !== BACKEND || response.request().method() === 'OPTIONS') return
    if (path.test(url.pathname)) statuses.push(response.status())
  })
  return statuses
}

export const test = base.extend<{ acme: SupertokensConsole }>({
  acme: async ({ page }, run) => {
    const acme = new SupertokensConsole(page)
    await acme.reset()
    await run(acme)
  },
})
export { expect }
