import { ada, expect, PROVIDER, test, type Console } from './console.js'

declare global {
  interface Window {
    /** Whether this very page has come out of the cache. */
    restored?: boolean
  }
}

test.beforeEach(({ page }) =>
  page.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) => {
      window.restored = persisted
    })
  }),
)

/** As the button does it: Playwright's own goBack waits for a page to load, and none does. */
async function goBackOutOfTheCache({ page }: Console): Promise<void> {
  await page.evaluate(() => {
    history.back()
  })
  await expect(page).toHaveURL('/projects')
  // Without this the test would prove nothing.
  await expect.poll(() => page.evaluate(() => window.restored)).toBe(true)
}

test('FAULTS 33: Back out of the cache: the caller is told, and the page asks as if for the first time', async ({
  acme,
}) => {
  await acme.leaveToDelete('Apollo')
  await goBackOutOfTheCache(acme)
  await expect(acme.dialog).toBeHidden()
  await expect(acme.toast).toContainText('Nothing was done')
  await expect(acme.page.getByRole('button', { name: 'Delete Apollo' })).toBeEnabled()
  expect(await acme.deletions()).toEqual([])

  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('1 hour ago')
  await acme.leave()
  await acme.confirmAtProvider(ada)
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 33: the trip that was given up by Back is over, also if it is finished after all', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  const provider = page.url()
  await goBackOutOfTheCache(acme)
  await expect(acme.toast).toContainText('Nothing was done')

  await page.goto(provider)
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('You did not finish confirming')
  await expect(acme.dialog.getByRole('button')).toHaveText(['Close'])
  await acme.confirm('Close')
  await page.reload()
  await expect(acme.project('Apollo')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 33: a confirmation out of the cache, which a later page has run, is not run again', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  await page.goto('/billing')
  await acme.confirm('Delete project Apollo')
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])

  await goBackOutOfTheCache(acme)
  await acme.confirm('Delete project Apollo')
  await expect(acme.dialog).toContainText('Done in another tab')
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 33: a page that was fresh when it was left is not, once nobody is signed in', async ({
  acme,
  page,
}) => {
  await page.addInitScript(() => {
    addEventListener('storage', (event) => event.stopImmediatePropagation())
  })
  await acme.signIn(ada)
  await acme.open('Projects')
  await expect(acme.project('Apollo')).toBeVisible()
  const bystander = await acme.openBystander()
  await page.goto(`${PROVIDER}/styles.css`)
  await bystander.evaluate(() => {
    localStorage.clear()
  })
  await goBackOutOfTheCache(acme)
  // What another process has cleared is seen here a moment later.
  await expect(page.getByText(/^proved it at/)).toBeHidden()
  await page.getByRole('button', { name: 'Delete Apollo' }).click()
  await expect(acme.toast).toContainText('Nobody is signed in')
  expect(await acme.deletions()).toEqual([])
})
