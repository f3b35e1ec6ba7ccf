import type { Page } from '@playwright/test'
import { ada, expect, test, type Console } from './console.js'

const PROJECTS = ['Apollo', 'Gemini', 'Mercury', 'Skylab', 'Voyager']
const projects = ({ page }: Console) => page.getByRole('main').getByRole('heading', { level: 2 })
const last = ({ page }: Console, text: string) => page.getByText(text, { exact: true })

/** Holds requests back until it is told to let them go. */
async function hold(page: Page, method: string, path: string): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route(path, async (route) => {
    if (route.request().method() === method) await released
    await route.fallback()
  })
  return release
}

test.describe('a project is gone from the list at once', () => {
  test('and back in its place on cancel, with the focus on what was pressed', async ({
    acme,
    page,
  }) => {
    await acme.signIn(ada)
    await acme.becomeStale()
    await acme.pressDelete('Gemini')
    await expect(acme.dialog).toContainText('Delete project Gemini')
    await expect(projects(acme)).toHaveText(PROJECTS.filter((name) => name !== 'Gemini'))
    await expect(acme.working).toHaveText('Working on: Delete project Gemini')

    // It is put back, whatever reading the list once more takes.
    const release = await hold(page, 'GET', '**/projects')
    await page.keyboard.press('Escape')
    await expect(acme.toast).toContainText('Nothing was done')
    await expect(projects(acme)).toHaveText(PROJECTS)
    release()
    await expect(page.getByRole('button', { name: 'Delete Gemini' })).toBeFocused()
    await expect(last(acme, 'Delete project Gemini: given up')).toBeVisible()
    expect(await acme.deletions()).toEqual([])
  })

  test('and back where the API fails', async ({ acme, page }) => {
    await acme.signIn(ada)
    const path = '**/projects/gemini'
    await page.route(path, (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.fallback(),
    )
    await acme.pressDelete('Gemini')
    await expect(last(acme, 'Delete project Gemini: not done')).toBeVisible()
    await expect(projects(acme)).toHaveText(PROJECTS)
    expect(await acme.deletions()).toEqual([])
  })

  test('after a trip it is a mutation that the page shows, and its list is read again', async ({
    acme,
    page,
  }) => {
    await acme.leaveToDelete('Apollo')
    await acme.confirmAtProvider(ada)
    await expect(acme.dialog).toContainText('Welcome back')
    await expect(projects(acme)).toHaveText(PROJECTS)

    const release = await hold(page, 'DELETE', '**/projects/apollo')
    const reads = acme.requests('GET', /\/projects$/)
    await acme.confirm('Delete project Apollo')
    await expect(acme.working).toHaveText('Working on: Delete project Apollo')
    await expect(projects(acme)).toHaveText(PROJECTS.slice(1))
    expect(reads).toEqual([])
    expect(await acme.deletions()).toEqual([])

    release()
    await expect(last(acme, 'Delete project Apollo: done')).toBeVisible()
    await expect(acme.toast).toContainText('Project Apollo is deleted')
    await expect(acme.dialog).toBeHidden()
    await expect(projects(acme)).toHaveText(PROJECTS.slice(1))
    expect(reads).toHaveLength(1)
    expect(await acme.deletions()).toEqual(['apollo'])
  })
})

test.describe('five at once', () => {
  async function pressDeleteAll(acme: Console): Promise<void> {
    await acme.signIn(ada)
    await acme.becomeStale()
    await acme.open('Projects')
    await acme.page.getByRole('button', { name: 'Delete all' }).click()
    for (const name of PROJECTS) {
      await expect(acme.dialog).toContainText(`Delete project ${name}`)
    }
    await expect(acme.dialog).toHaveCount(1)
    await expect(projects(acme)).toHaveCount(0)
  }

  test('share one prompt, in a window beside the page, and each runs once', async ({
    acme,
    page,
  }) => {
    await pressDeleteAll(acme)
    const sent = acme.requests('DELETE', /\/projects\//)
    const popup = await acme.openWindow()
    await popup.confirmAtProvider(ada)
    await popup.expectClosed()
    await expect(page.getByText('No project is left')).toBeVisible()
    await expect(acme.dialog).toBeHidden()
    await expect(acme.working).toHaveText('')
    const ids = PROJECTS.map((name) => name.toLowerCase())
    expect([...(await acme.deletions())].sort()).toEqual(ids)
    expect(sent).toHaveLength(5)
    const proofs = page.getByRole('listitem').filter({ hasText: 'Proved it again' })
    await expect(proofs).toHaveCount(1)
  })

  test('share one trip, and each runs once', async ({ acme, page }) => {
    await pressDeleteAll(acme)
    await acme.leave()
    await acme.confirmAtProvider(ada)
    for (const name of PROJECTS) {
      await expect(acme.dialog).toContainText(`Delete project ${name}`)
    }
    const sent = acme.requests('DELETE', /\/projects\//)
    await acme.confirm('Confirm all')
    await expect(page.getByText('No project is left')).toBeVisible()
    await expect(acme.working).toHaveText('')
    const ids = PROJECTS.map((name) => name.toLowerCase())
    expect([...(await acme.deletions())].sort()).toEqual(ids)
    expect(sent).toHaveLength(5)
    await page.reload()
    await expect(page.getByText('No project is left')).toBeVisible()
    await expect(acme.dialog).toBeHidden()
    expect(await acme.deletions()).toHaveLength(5)
  })

  test('are all back on one cancel', async ({ acme, page }) => {
    await pressDeleteAll(acme)
    await page.keyboard.press('Escape')
    await expect(projects(acme)).toHaveText(PROJECTS)
    await expect(acme.dialog).toBeHidden()
    await expect(page.getByRole('button', { name: 'Delete all' })).toBeFocused()
    expect(await acme.deletions()).toEqual([])
  })
})
