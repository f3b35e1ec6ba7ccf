import { test as base, expect } from '@playwright/test'
import type { WorkosFault } from '../servers/workos.js'
import { ada, Console, vendors } from './console.js'

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
    await this.pressSignOut()
  }

  /** The next requests that they fit fail so; whatever was to fail before does not any more. */
  async failNext(...faults: readonly WorkosFault[]): Promise<void> {
    const { ok } = await fetch(`${AUTHKIT}/demo/fail`, {
      method: 'POST',
      body: JSON.stringify(faults),
    })
    expect(ok).toBe(true)
  }

  /** Ada signs in, and is asked an hour later. */
  async askAda(): Promise<void> {
    await this.signIn(ada)
    await this.ask()
  }

  /** How many codes were sent to AuthKit so far, good ones or not. */
  async exchanges(): Promise<number> {
    return (await (await fetch(`${AUTHKIT}/demo/exchanges`)).json()) as number
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
