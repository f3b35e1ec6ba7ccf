import { test as base, expect } from '@playwright/test'
import type { WorkosFault } from '../servers/workos.js'
import { Console, vendors, type Person } from './console.js'

const port = vendors.workos
/** The stand-in for api.workos.com. */
export const AUTHKIT = `http://localhost:${String(port + 1)}`
export const AUTHENTICATE = `${AUTHKIT}/user_management/authenticate`

/** The console with WorkOS AuthKit by its own SDK, in a browser, as a person uses it. */
export class WorkosConsole extends Console {
  protected override readonly api = `http://localhost:${String(port + 2)}`
  protected override readonly keeper = 'AuthKit'
  protected override readonly provider = AUTHKIT

  override async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(this.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  }

  /** The next requests that they fit fail so; whatever was to fail before does not any more. */
  async failNext(...faults: readonly WorkosFault[]): Promise<void> {
    const { ok } = await fetch(`${AUTHKIT}/demo/fail`, {
      method: 'POST',
      body: JSON.stringify(faults),
    })
    expect(ok).toBe(true)
  }

  /** How many codes were sent to AuthKit so far, good ones or not. */
  async exchanges(): Promise<number> {
    return (await (await fetch(`${AUTHKIT}/demo/exchanges`)).json()) as number
  }

  /** Ada, signed in an hour ago, presses the button: the dialog asks. */
  async askAda(ada: Person): Promise<void> {
    await this.signIn(ada)
    await this.becomeStale()
    await this.pressDelete('Apollo')
    await expect(this.dialog).toContainText('Delete project Apollo')
  }

  /** That what Ada came back for runs at her click, once, and not before. */
  async expectRunAtClick(): Promise<void> {
    await expect(this.dialog).toContainText('Welcome back')
    expect(await this.deletions()).toEqual([])
    await this.confirm('Delete project Apollo')
    await this.expectDeletedOnce()
  }

  async expectDeletedOnce(): Promise<void> {
    await expect(this.toast).toContainText('Project Apollo is deleted')
    await expect(this.dialog).toBeHidden()
    await expect(this.project('Apollo')).toBeHidden()
    expect(await this.deletions()).toEqual(['apollo'])
  }
}

export const test = base.extend<{ acme: WorkosConsole }>({
  acme: async ({ page }, run) => {
    const acme = new WorkosConsole(page)
    await acme.failNext()
    await acme.reset()
    await run(acme)
  },
})
export { expect }
