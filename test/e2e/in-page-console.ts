import { expect, type Locator } from '@playwright/test'
import { Console } from './console.js'

/** A console whose people confirm in the page, by password or by a code that is mailed. */
export class InPageConsole extends Console {
  protected readonly outbox: string = '/demo/outbox'

  override async signOut(): Promise<void> {
    await this.pressSignOut()
  }

  /** The newest code in the outbox, which is this person's. */
  async readMail(email: string): Promise<string> {
    const outbox = await this.page.context().newPage()
    await outbox.goto(this.outbox)
    const newest = outbox.getByRole('listitem').first()
    await expect(newest).toContainText(email)
    const code = await newest.getByRole('code').innerText()
    await outbox.close()
    return code
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

  /** So often the log has it from the server. */
  async expectProved(method: string, times = 1): Promise<Locator> {
    const lines = this.page.getByRole('listitem')
    const proved = lines.filter({ hasText: `Proved it again, by ${method}` })
    await expect(proved).toHaveCount(times)
    return proved
  }

  /** Says in words, for the log, who proved what, and that the project is gone, once. */
  async expectDeletedBy(method: string, subject: string): Promise<void> {
    await this.expectDeletedOnce()
    await expect(await this.expectProved(method)).toContainText(subject)
  }
}

/** By keys: in Firefox `fill` sets the value behind React's back, and React does not see it change. */
export async function typeInto(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a')
  await field.pressSequentially(text)
}
