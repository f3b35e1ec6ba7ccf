import { test as base, expect, type Locator, type Page } from '@playwright/test'

/** Each worker of the test runner has a demo of its own: the console here, then provider and API. */
export const portOf = (worker: number): number => Number(process.env['PORT'] ?? 4400) + 10 * worker
export const port = portOf(Number(process.env['TEST_PARALLEL_INDEX'] ?? 0))
export const PROVIDER = `http://localhost:${String(port + 1)}`
const API = `http://localhost:${String(port + 2)}`
export const COMPANY = `http://localhost:${String(port + 3)}`
/** Beside each, the same console with a session of its own. */
export const sessionPortOf = (worker: number): number => portOf(worker) + 5
/** And the same with each vendor's SDK: one demo each, whose tests run one after the other. */
export const vendors = {
  workos: portOf(50),
  supertokens: portOf(60),
  descope: portOf(70),
} as const

/** Answers once all of these are there. */
export const readyPort = portOf(80)

export interface Person {
  readonly email: string
  readonly password: string
}
export const ada: Person = { email: 'ada@acme.test', password: 'correct horse' }
export const bob: Person = { email: 'bob@acme.test', password: 'battery staple' }

/** Of Acme ID, and of AuthKit. */
const TOKENS = ['/token', '/user_management/authenticate']
const AUTHORIZATIONS = ['/auth', '/user_management/authorize']

/** The console in a browser, as a person uses it. */
export class Console {
  readonly page: Page
  readonly dialog: Locator
  readonly toast: Locator
  /** What is under way. */
  readonly working: Locator
  /** Where its API is. */
  protected readonly api: string = API
  /** Who keeps the sign-in, and says how old it is. */
  protected readonly keeper: string = 'Acme ID'
  /** Where its people sign in. */
  protected readonly provider: string = PROVIDER
  #tokenRequests = 0
  readonly #authorizations: URL[] = []

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog')
    this.toast = page.locator('output.toast')
    this.working = page.getByRole('status', { name: 'Under way' })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.origin !== this.provider) return
      const is = (paths: readonly string[]) => paths.includes(url.pathname)
      if (is(TOKENS) && request.method() === 'POST') this.#tokenRequests += 1
      if (is(AUTHORIZATIONS) && request.isNavigationRequest()) this.#authorizations.push(url)
    })
  }

  /** Token requests so far, whatever for: Firefox does not tell what is in them. */
  get codesSpent(): number {
    return this.#tokenRequests
  }

  /** What the provider was last asked for. */
  get asked(): URLSearchParams {
    return this.#authorizations.at(-1)?.searchParams ?? new URLSearchParams()
  }

  /** The paths of requests, from now on and as they are sent. */
  requests(method: string, path: RegExp): readonly string[] {
    const sent: string[] = []
    this.page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (request.method() === method && path.test(pathname)) sent.push(pathname)
    })
    return sent
  }

  async signIn({ email, password }: Person): Promise<void> {
    await this.page.goto('/')
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.#enter({ email, password })
    await this.expectSignedIn()
  }

  async #enter({ email, password }: Person): Promise<void> {
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  async expectSignedIn(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  }

  /** Out of the console and of the provider. */
  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(this.page.getByRole('heading', { name: 'Sign out of' })).toBeVisible()
    await this.pressSignOut()
  }

  protected async pressSignOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(this.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  }

  /** At the provider, where somebody else was expected. */
  async enterAs(person: Person): Promise<void> {
    await this.page.getByRole('link', { name: 'Use another account' }).click()
    await this.#enter(person)
  }

  /** Another tab of the same browser, opened by the person. */
  async openTab(path = '/'): Promise<Console> {
    const tab = new Console(await this.page.context().newPage())
    await tab.page.goto(path)
    return tab
  }

  /** A page of the same origin without the app: nobody there tells anybody anything. */
  async openBystander(): Promise<Page> {
    const plain = await this.page.locator('link[rel=stylesheet]').first().getAttribute('href')
    const page = await this.page.context().newPage()
    await page.goto(plain ?? '')
    return page
  }

  /**
   * The same page once more, with a copy of what this tab has stored, as "Duplicate tab" makes it. In a
   * process of its own: what window.open opens shares one, where windows never see each other late.
   */
  async duplicate(): Promise<Console> {
    const stored = await this.page.evaluate(() => JSON.stringify(sessionStorage))
    const page = await this.openBystander()
    await page.evaluate((text) => {
      for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>)) {
        sessionStorage.setItem(key, value)
      }
    }, stored)
    await page.goto(this.page.url())
    return new Console(page)
  }

  /** Presses as soon as anything is said on the channel "now". */
  async pressAtOnce(action: string): Promise<void> {
    await this.page.evaluate((name) => {
      const buttons = [...document.querySelectorAll<HTMLElement>('dialog button')]
      const button = buttons.find(({ innerText }) => innerText === name)
      new BroadcastChannel('now').onmessage = () => button?.click()
    }, action)
  }

  /** Goes Back to the very first page; what each entry of the history holds, the newest first. */
  async goBackToTheStart(): Promise<{ url: string; state: unknown }[]> {
    const held = () =>
      this.page.evaluate(() => ({ url: location.href, state: history.state as unknown }))
    const entries = [await held()]
    const count = await this.page.evaluate(() => history.length)
    while (entries.length < count) {
      await this.page.goBack()
      entries.push(await held())
    }
    return entries
  }

  async confirm(action: string): Promise<void> {
    await this.dialog.getByRole('button', { name: action }).click()
  }

  /** Makes the sign-in an hour old where it is kept, and has the app hold it. */
  async becomeStale(): Promise<void> {
    await this.#press('Pretend I signed in an hour ago', `${this.keeper} now says`)
  }

  async makeApiStrict(): Promise<void> {
    await this.#press('Let the API be stricter than the console', 'The API now takes')
  }

  async comeFromNew(signal: 'device' | 'network'): Promise<void> {
    await this.#press(`Come from a new ${signal}`, `To the API this ${signal} is new`)
  }

  async #press(name: string, said: string): Promise<void> {
    await this.open('Try it')
    await this.page.getByRole('button', { name }).click()
    await expect(this.toast).toContainText(said)
  }

  async open(page: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: page }).click()
  }

  /** What is being deleted is off the list already, and not gone yet. */
  project(name: string): Locator {
    return this.page
      .getByRole('heading', { name, exact: true, level: 2 })
      .or(this.working.filter({ hasText: `Delete project ${name}` }))
  }

  async pressDelete(name: string): Promise<void> {
    await this.open('Projects')
    await this.page.getByRole('button', { name: `Delete ${name}` }).click()
  }

  /** Somebody whose sign-in is too old presses the button: the dialog asks. */
  async ask(name = 'Apollo'): Promise<void> {
    await this.becomeStale()
    await this.pressDelete(name)
    await expect(this.dialog).toContainText(`Delete project ${name}`)
  }

  /** That what the person came back for runs at the click, once, and not before. */
  async expectRunAtClick(): Promise<void> {
    await expect(this.dialog).toContainText('Welcome back')
    expect(await this.deletions()).toEqual([])
    await this.confirm('Delete project Apollo')
    await this.expectDeletedOnce()
  }

  async expectDeletedOnce(): Promise<void> {
    await expect(this.toast).toContainText('Project Apollo is deleted')
    await expect(this.project('Apollo')).toBeHidden()
    await expect(this.dialog).toBeHidden()
    expect(await this.deletions()).toEqual(['apollo'])
  }

  /** From the dialog to the provider's page. */
  async leave(): Promise<void> {
    await this.confirm(`Continue to ${this.keeper}`)
    await this.#expectAsked()
  }

  /** From the dialog to the provider's page, in a window beside this one. */
  async openWindow(): Promise<this> {
    const opened = this.page.waitForEvent('popup')
    await this.confirm('Stay here and use a window')
    const popup = this.beside(await opened)
    await popup.#expectAsked()
    return popup
  }

  /** Another window of this console. */
  protected beside(page: Page): this {
    return new (this.constructor as new (page: Page) => this)(page)
  }

  async #expectAsked(): Promise<void> {
    await expect(
      this.page.getByRole('heading', { name: "Acme Console asks you to confirm it's you" }),
    ).toBeVisible()
  }

  async expectClosed(): Promise<void> {
    await expect.poll(() => this.page.isClosed()).toBe(true)
  }

  /** From a way back that did not end well to the provider's page. */
  async tryAgain(): Promise<void> {
    await this.confirm('Try again')
    await this.#expectAsked()
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

  /** The same; resolves to the address that it leads back to. */
  async confirmAndReturn(person: Person): Promise<string> {
    const callback = this.page.waitForRequest((request) => request.url().includes('/callback?'))
    await this.confirmAtProvider(person)
    return (await callback).url()
  }

  /** How often each project was really deleted. */
  async deletions(): Promise<readonly string[]> {
    return this.page.evaluate(async (url) => {
      const response = await fetch(url)
      return ((await response.json()) as { deletions: string[] }).deletions
    }, `${this.api}/demo/deletions`)
  }

  async reset(): Promise<void> {
    await this.page.goto('/')
    await this.page.getByRole('button', { name: 'Reset the demo' }).click()
    await expect(this.toast).toContainText('Everything is as it was')
  }
}

export const test = base.extend<{ acme: Console }>({
  acme: async ({ page }, run) => {
    const acme = new Console(page)
    await acme.reset()
    await run(acme)
  },
})
export { expect }
