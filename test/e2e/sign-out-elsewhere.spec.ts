import { ada, bob, expect, test, type Console } from './console.js'

async function ask(acme: Console): Promise<void> {
  await acme.signIn(ada)
  await acme.becomeStale()
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('Delete project Apollo')
}

test('FAULTS 32: signing out in another tab refuses what waits in this one', async ({ acme }) => {
  await ask(acme)
  const other = await acme.openTab()
  await other.signOut()
  await expect(acme.dialog).toBeHidden()
  await expect(acme.toast).toContainText('Nobody is signed in')
  await expect(acme.page.getByText('Sign in to see this page')).toBeVisible()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 32: under an SDK that tells only its own tab, one tab tells the other', async ({
  acme,
  page,
}) => {
  // Nothing but the channel is left between the tabs.
  await page.addInitScript(() => {
    addEventListener('storage', (event) => event.stopImmediatePropagation())
  })
  await ask(acme)
  const other = await acme.openTab()
  await other.signOut()
  await expect(acme.dialog).toBeHidden()
  await expect(acme.toast).toContainText('Nobody is signed in')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 32: another user who signs in in another tab ends what waits in this one', async ({
  acme,
}) => {
  await ask(acme)
  const other = await acme.openTab()
  await other.pressDelete('Gemini')
  await other.leave()
  await other.enterAs(bob)
  await expect(other.dialog).toContainText('Somebody else signed in')
  await expect(acme.dialog).toBeHidden()
  await expect(acme.toast).toContainText('Somebody else is signed in')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 32: what came back is not confirmed by a click after signing out in another tab', async ({
  acme,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  const other = await acme.openTab()
  await other.signOut()
  await expect(acme.dialog).toContainText('You are signed out')
  await expect(acme.dialog).not.toContainText('Apollo')
  await expect(acme.dialog.getByRole('button', { name: 'Delete project Apollo' })).toBeHidden()
  await acme.page.reload()
  await expect(acme.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 32: forged messages raise nothing', async ({ acme, page }) => {
  await ask(acme)
  const other = await acme.openTab()
  await page.evaluate(() => {
    const channel = new BroadcastChannel('react-step-up')
    channel.onmessage = ({ data }) => {
      if (data === 'the last one') document.title = 'heard'
    }
  })
  await other.page.evaluate(() => {
    const now = Date.now() / 1000
    const channel = new BroadcastChannel('react-step-up')
    const claims = { subject: 'usr_ada', authTime: now, issuedAt: now }
    const forged = [undefined, null, 'fresh', 'proved', { fresh: true }, { authentication: claims }]
    for (const message of [...forged, ['confirmed', claims], 'the last one']) {
      channel.postMessage(message)
    }
  })
  await expect(page).toHaveTitle('heard')
  await expect(acme.dialog).toContainText('Delete project Apollo')
  await acme.page.keyboard.press('Escape')
  await expect(acme.toast).toContainText('Nothing was done')
  await acme.pressDelete('Apollo')
  await expect(acme.dialog).toContainText('1 hour ago')
  expect(await acme.deletions()).toEqual([])
})

test('FAULTS 32: where tabs cannot talk to each other, each does its own work', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  // From the next page on: what makes the demo's sign-in old needs the channel itself.
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'BroadcastChannel')
    Object.defineProperty(navigator, 'locks', { value: undefined })
  })
  await acme.confirmAtProvider(ada)
  await acme.dialog.getByRole('button', { name: 'Delete project Apollo' }).dblclick()
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})
