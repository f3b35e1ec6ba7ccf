import { test as base, expect, type Locator, type Page } from '@playwright/test'

const API = 'http://localhost:4402'
export const PROVIDER = 'http://localhost:4401'

interface Person {
  readonly email: string
  readonly password: string
}
export const ada: Person = { email: 'ada@acme.test', password: 'correct horse' }
export const bob: Person = { email: 'bob@acme.test', password: 'battery staple' }

/** The console in a browser, as a person uses it. */
export class Console {
  readonly page: Page
  readonly dialog: Locator
  readonly toast: Locator
  readonly #tokenRequests: string[] = []
  readonly #authorizations: URL[] = []

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog')
    this.toast = page.locator('output.toast')
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.origin !== PROVIDER) return
      if (url.pathname === '/token' && request.method() === 'POST') {
        this.#tokenRequests.push(request.postData() ?? '')
      }
      if (url.pathname === '/auth' && request.isNavigationRequest()) this.#authorizations.push(url)
    })
  }

  /** Requests that spent a code, so far. */
  get codesSpent(): number {
    return this.#tokenRequests.filter((body) => body.includes('grant_type=authorization_code'))
      .length
  }

  /** What the provider was last asked for. */
  get asked(): URLSearchParams {
    return this.#authorizations.at(-1)?.searchParams ?? new URLSearchParams()
  }

  async signIn({ email, password }: Person): Promise<void> {
    await this.page.goto('/')
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(this.page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  }

  /** Makes the sign-in of the provider's session an hour old, and has the app hold it. */
  async becomeStale(): Promise<void> {
    await this.#press('Pretend I signed in an hour ago', 'Acme ID now says')
  }

  async makeApiStrict(): Promise<void> {
    await this.#press('Let the API be stricter than the console', 'The API now takes')
  }

  async #press(name: string, said: string): Promise<void> {
    await this.open('Try it')
    await this.page.getByRole('button', { name }).click()
    await expect(this.toast).toContainText(said)
  }

  async open(page: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: page }).click()
  }

  project(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true, level: 2 })
  }

  async pressDelete(name: string): Promise<void> {
    await this.open('Projects')
    await this.page.getByRole('button', { name: `Delete ${name}` }).click()
  }

  /** From the dialog to the provider's page. */
  async leave(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Continue to Acme ID' }).click()
    await expect(
      this.page.getByRole('heading', { name: "Acme Console asks you to confirm it's you" }),
    ).toBeVisible()
  }

  /** Ada, whose sign-in is too old, on her way to delete a project. */
  async leaveToDelete(name: string): Promise<void> {
    await this.signIn(ada)
    await this.becomeStale()
    await this.pressDelete(name)
    await this.leave()
  }

  async confirmAtProvider({ password }: Person): Promise<void> {
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: 'Confirm' }).click()
  }

  /** How often each project was really deleted. */
  async deletions(): Promise<readonly string[]> {
    return this.page.evaluate(async (url) => {
      const response = await fetch(url)
      return ((await response.json()) as { deletions: string[] }).deletions
    }, `${API}/demo/deletions`)
  }
}

export const test = base.extend<{ acme: Console }>({
  acme: async ({ page }, run) => {
    const acme = new Console(page)
    await page.goto('/')
    await page.getByRole('button', { name: 'Reset the demo' }).click()
    await expect(acme.toast).toContainText('Everything is as it was')
    await run(acme)
  },
})
export { expect }
