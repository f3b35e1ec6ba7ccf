import type { Page } from '@playwright/test'
import { cancelStepUp, completeStepUp, makeStale } from 'react-step-up/testing/playwright'
import { look } from '../../src/testing/playwright-dialog.js'
import { ada, expect, test } from './console.js'

const atProvider = async (page: Page) => {
  await page.getByLabel('Password').fill(ada.password)
  await page.getByRole('button', { name: 'Confirm' }).click()
}

test.describe('the verbs of the testing kit, on the console', () => {
  test('ask again when stale, stop on cancel, go on after the provider', async ({ acme, page }) => {
    await acme.signIn(ada)
    await makeStale(page)
    await acme.pressDelete('Apollo')
    await cancelStepUp(page)
    expect(await acme.deletions()).toEqual([])

    await acme.pressDelete('Apollo')
    await completeStepUp(page, { provider: atProvider })
    await expect(acme.project('Apollo')).toBeHidden()
    expect(await acme.deletions()).toEqual(['apollo'])

    // As fresh as after any sign-in, also for the next page, and the clock is right again.
    await page.reload()
    await acme.pressDelete('Gemini')
    await expect(acme.project('Gemini')).toBeHidden()
    expect(await acme.deletions()).toEqual(['apollo', 'gemini'])
    expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now())).toBeLessThan(60_000)
  })

  test('tell the person how old the sign-in is said to be', async ({ acme, page }) => {
    await acme.signIn(ada)
    await makeStale(page, 7200)
    await acme.pressDelete('Apollo')
    await expect(acme.dialog).toContainText('2 hours ago')
  })

  test('go on where the API asks, and the console thought it fresh', async ({ acme }) => {
    await acme.signIn(ada)
    await acme.makeApiStrict()
    await acme.pressDelete('Apollo')
    await completeStepUp(acme.page, { provider: atProvider })
    await expect(acme.project('Apollo')).toBeHidden()
    expect(await acme.deletions()).toEqual(['apollo'])
  })

  test('confirm in a window what could not come back', async ({ acme, page }) => {
    await acme.signIn(ada)
    await makeStale(page)
    await acme.open('API keys')
    await page.getByRole('button', { name: 'Show Production' }).click()
    await completeStepUp(page, { provider: atProvider })
    await expect(page.getByText(/^acme_demo_[0-9a-f]{24}$/)).toBeVisible()
  })

  test('say so where the provider is not told of', async ({ acme, page }) => {
    await acme.signIn(ada)
    await makeStale(page)
    await acme.pressDelete('Apollo')
    await expect(completeStepUp(page)).rejects.toThrow('Say what they do there')
  })

  test('say so where the person says no at the provider', async ({ acme, page }) => {
    await acme.signIn(ada)
    await makeStale(page)
    await acme.pressDelete('Apollo')
    const provider = (page: Page) => page.getByRole('button', { name: 'Cancel' }).click()
    await expect(completeStepUp(page, { provider })).rejects.toThrow('You did not finish')
    expect(await acme.deletions()).toEqual([])
  })
})

test.describe('the verbs of the testing kit, on dialogs of one’s own', () => {
  const serve = (page: Page, pages: Readonly<Record<string, string>>) =>
    page.context().route(/\.test\//, (route) => {
      const { host, pathname } = new URL(route.request().url())
      const body = pages[host + pathname] ?? ''
      return route.fulfill({ contentType: 'text/html', body })
    })
  const passwordForm = `
    <p id="result">nothing</p>
    <dialog aria-label="Is it you?"><form>
      <input type="password" aria-label="Password"><p role="alert"></p><button>Go on</button>
    </form></dialog>
    <script>
      const dialog = document.querySelector('dialog')
      dialog.showModal()
      dialog.oncancel = () => { result.textContent = 'cancelled' }
      document.querySelector('form').onsubmit = (event) => {
        event.preventDefault()
        setTimeout(() => {
          if (document.querySelector('input').value !== 'right') {
            document.querySelector('[role=alert]').textContent = 'That does not match'
            return
          }
          result.textContent = 'confirmed'
          dialog.close()
        }, 50)
      }
    </script>`

  test('type the password', async ({ page }) => {
    await serve(page, { 'app.test/': passwordForm })
    await page.goto('http://app.test/')
    await expect(completeStepUp(page)).rejects.toThrow('asks for a password')
    await expect(completeStepUp(page, { password: 'wrong' })).rejects.toThrow('does not match')
    await completeStepUp(page, { password: 'right' })
    await expect(page.locator('#result')).toHaveText('confirmed')
  })

  test('cancel', async ({ page }) => {
    await serve(page, { 'app.test/': passwordForm })
    await page.goto('http://app.test/')
    await cancelStepUp(page)
    await expect(page.locator('#result')).toHaveText('cancelled')
  })

  test('confirm in a popup', async ({ page }) => {
    await serve(page, {
      'app.test/': `
        <p id="result">nothing</p>
        <div role="dialog" aria-label="Is it you?">
          <button type="submit" onclick="window.open('http://id.test/')">Go on</button>
        </div>
        <script>
          onmessage = () => {
            document.querySelector('[role=dialog]').remove()
            result.textContent = 'confirmed'
          }
        </script>`,
      'id.test/': `<button onclick="opener.postMessage('done', '*'); window.close()">Yes</button>`,
    })
    await page.goto('http://app.test/')
    const provider = (popup: Page) => popup.getByRole('button', { name: 'Yes' }).click()
    await completeStepUp(page, { provider })
    await expect(page.locator('#result')).toHaveText('confirmed')
  })

  test('do not take the provider’s page for the end, where it comes between two looks', async ({
    page,
  }) => {
    await serve(page, { 'id.test/': '<input type="password">' })
    await page.goto('http://id.test/')
    page.url = () => 'http://app.test/'
    expect(await look(page, 'http://app.test')).toEqual({ status: 'busy' })
    expect(await look(page, 'http://id.test')).toMatchObject({ status: 'away' })
  })

  test('say which button they miss', async ({ page }) => {
    await serve(page, { 'app.test/': '<div role="dialog"><button type="button">?</button></div>' })
    await page.goto('http://app.test/')
    await expect(completeStepUp(page)).rejects.toThrow('Which button of the dialog goes on')
  })
})
