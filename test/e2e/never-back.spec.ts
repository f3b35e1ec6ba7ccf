import { ada, expect, test } from './console.js'

const elevenMinutes = 11 * 60_000

test('FAULTS 16: nobody returns: the page that is opened instead is usable, and asks as before', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  const other = await acme.openTab('/projects')
  await page.close()
  await expect(other.project('Apollo')).toBeVisible()
  await expect(other.dialog).toBeHidden()
  await other.pressDelete('Apollo')
  await other.leave()
  await other.confirmAtProvider(ada)
  await other.confirm('Delete project Apollo')
  await expect(other.project('Apollo')).toBeHidden()
  expect(await other.deletions()).toEqual(['apollo'])
})

test('FAULTS 16: who returns after eleven minutes is told that it is over, and starts again', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await page.clock.setSystemTime(Date.now() + elevenMinutes)
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('The way back has expired')
  await expect(acme.dialog.getByRole('button')).toHaveText(['Close'])
  await acme.confirm('Close')
  await page.reload()
  await expect(acme.project('Apollo')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 20: where sessionStorage is forbidden, nobody leaves, and it is said why', async ({
  acme,
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    })
  })
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.pressDelete('Apollo')
  const asked = acme.asked.get('state')
  await acme.confirm('Continue to Acme ID')
  await expect(acme.dialog).toContainText('Your browser keeps nothing for this page')
  await expect(page).toHaveURL('/projects')
  expect(acme.asked.get('state')).toBe(asked)
  await page.keyboard.press('Escape')
  await expect(acme.dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Delete Apollo' })).toBeEnabled()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 20: where sessionStorage is full, nobody leaves, and it is said why', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toBeVisible()
  // A real quota, really used up: first by large pieces, then by ever smaller ones.
  await page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      try {
        for (let count = 0; ; count++) {
          sessionStorage.setItem(`full-${String(size)}-${String(count)}`, 'x'.repeat(size))
        }
      } catch {
        // As far as it goes with pieces of this size.
      }
    }
  })
  await acme.confirm('Continue to Acme ID')
  await expect(acme.dialog).toContainText('Your browser keeps nothing for this page')
  await expect(page).toHaveURL('/projects')
  expect(await acme.deletions()).toEqual([])
})
