import { ada, bob, expect, PROVIDER, test, type Console } from './console.js'

/** A dialog that asks, in a page whose loads are counted. */
async function ask(acme: Console, name = 'Apollo'): Promise<void> {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.pressDelete(name)
  await expect(acme.dialog).toContainText(`Delete project ${name}`)
}

/** What windows that come back from the provider put on their screens, after "BACK" for each. */
async function watchWindows({ page }: Console): Promise<() => string[]> {
  const shown: string[] = []
  page.context().on('console', (message) => {
    if (/^(BACK|SHOWN)/.test(message.text())) shown.push(message.text())
  })
  await page.context().addInitScript(() => {
    if (!window.name.startsWith('react-step-up') || location.pathname !== '/callback') return
    console.log('BACK')
    new MutationObserver(() => {
      const text = document.getElementById('root')?.innerText ?? ''
      if (text !== '') console.log(`SHOWN ${text}`)
    }).observe(document, { childList: true, subtree: true })
  })
  return () => shown
}

test('a window beside the page: it closes by itself, and the page goes on with what was typed', async ({
  acme,
  page,
}) => {
  const shown = await watchWindows(acme)
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.open('Billing')
  await page.getByLabel('Plan').selectOption('Enterprise')
  // As a person types it: in Firefox, fill() adds to what an email field holds.
  await page.getByLabel('Invoices go to').press('ControlOrMeta+a')
  await page.getByLabel('Invoices go to').pressSequentially('ada@acme.example')
  let loads = 0
  page.on('domcontentloaded', () => (loads += 1))
  await page.getByRole('button', { name: 'Save' }).click()
  const popup = await acme.openWindow()
  await expect(acme.dialog).toContainText('Waiting for Acme ID')
  await popup.confirmAtProvider(ada)

  await popup.expectClosed()
  await expect(acme.toast).toContainText('Billing is saved')
  await expect(acme.dialog).toBeHidden()
  await expect(page.getByLabel('Plan')).toHaveValue('Enterprise')
  await expect(page.getByLabel('Invoices go to')).toHaveValue('ada@acme.example')
  expect(loads).toBe(0)
  expect(shown()).toEqual(['BACK'])
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Set billing to Enterprise' }),
  ).toHaveCount(1)
})

test('a window beside the page: a function goes on, and nobody presses again', async ({
  acme,
  page,
}) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.open('API keys')
  await page.getByRole('button', { name: 'Show Production' }).click()
  const popup = await acme.openWindow()
  await popup.confirmAtProvider(ada)
  await popup.expectClosed()
  await expect(page.getByText(/^acme_demo_[0-9a-f]{24}$/)).toBeVisible()
})

test('FAULTS 6: another user in the window: nothing is run', async ({ acme }) => {
  await ask(acme)
  const popup = await acme.openWindow()
  await popup.enterAs(bob)
  await popup.expectClosed()
  await expect(acme.toast).toContainText('Somebody else is signed in')
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 15: cancelling in the window: the dialog says so, and can be used again', async ({
  acme,
}) => {
  await ask(acme)
  const popup = await acme.openWindow()
  await popup.page.getByRole('button', { name: 'Cancel' }).click()
  await popup.expectClosed()
  await expect(acme.dialog).toContainText('You did not finish confirming')
  expect(await acme.deletions()).toEqual([])

  const second = await acme.openWindow()
  await second.confirmAtProvider(ada)
  await second.expectClosed()
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 16: the window is closed: the dialog says so, and giving up settles it', async ({
  acme,
  page,
}) => {
  await ask(acme)
  const popup = await acme.openWindow()
  await popup.page.close()
  await expect(acme.dialog).toContainText('The window seems to be closed')
  await acme.confirm('Cancel')
  await expect(acme.dialog).toBeHidden()
  await expect(acme.toast).toContainText('Nothing was done')
  await expect(page.getByRole('button', { name: 'Delete Apollo' })).toBeEnabled()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 16: Cancel in the page closes the window', async ({ acme }) => {
  await ask(acme)
  const popup = await acme.openWindow()
  await acme.confirm('Cancel')
  await popup.expectClosed()
  await expect(acme.toast).toContainText('Nothing was done')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 20: the browser blocks the window: the dialog says so, and this tab is still a way', async ({
  acme,
  page,
}) => {
  await ask(acme)
  await page.evaluate(() => {
    window.open = () => null
  })
  await acme.confirm('Stay here and use a window')
  await expect(acme.dialog).toContainText('The window could not open')
  await acme.leave()
  await acme.confirmAtProvider(ada)
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('going on in this tab closes the window, and comes back as any trip', async ({ acme }) => {
  await ask(acme)
  const popup = await acme.openWindow()
  await acme.confirm('Continue in this tab')
  await popup.expectClosed()
  await acme.confirmAtProvider(ada)
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 16: under a Cross-Origin-Opener-Policy the window only looks closed, and its proof counts', async ({
  acme,
  page,
}) => {
  await page.context().route(`${PROVIDER}/auth?*`, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 })
    const headers = { ...response.headers(), 'cross-origin-opener-policy': 'same-origin' }
    return route.fulfill({ response, headers })
  })
  await ask(acme)
  const popup = await acme.openWindow()
  // The policy is in force: to the page the window is gone. It is not.
  await expect(acme.dialog).toContainText('The window seems to be closed')
  expect(popup.page.isClosed()).toBe(false)
  await popup.confirmAtProvider(ada)
  await expect(acme.project('Apollo')).toBeHidden()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 41: a window that got a copy of what waits in the tab runs none of it', async ({
  acme,
  page,
}) => {
  const shown = await watchWindows(acme)
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  const waiting = await page.evaluate(() => sessionStorage.getItem('react-step-up.trip'))
  expect(waiting).toContain('Apollo')
  await acme.confirm('Cancel')
  await expect(acme.dialog).toBeHidden()

  await acme.becomeStale()
  await acme.pressDelete('Gemini')
  await expect(acme.dialog).toContainText('Delete project Gemini')
  await page.evaluate((text) => {
    sessionStorage.setItem('react-step-up.trip', text ?? '')
  }, waiting)
  const popup = await acme.openWindow()
  await popup.confirmAtProvider(ada)
  await popup.expectClosed()
  await expect(acme.project('Gemini')).toBeHidden()
  expect(shown()).toEqual(['BACK'])
  expect(await acme.deletions()).toEqual(['gemini'])
})
