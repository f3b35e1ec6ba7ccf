import { ada, expect, test, type Console } from './console.js'

/** The app does not load in the tab that the answer was for: its address lies about, as a link would. */
async function comeBackToNothing(acme: Console): Promise<string> {
  await acme.page.route('**/assets/**', (route) => route.abort())
  await acme.confirmAtProvider(ada)
  await acme.page.waitForURL('**/callback?*')
  return acme.page.url()
}

test('FAULTS 9: two step-ups in two tabs come back each to its own', async ({ acme }) => {
  await acme.signIn(ada)
  await acme.becomeStale()
  const other = await acme.openTab()
  await acme.pressDelete('Apollo')
  await acme.leave()
  await other.pressDelete('Gemini')
  await other.leave()

  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Delete project Apollo')
  await expect(acme.dialog).not.toContainText('Gemini')
  await other.confirmAtProvider(ada)
  await expect(other.dialog).toContainText('Delete project Gemini')
  await expect(other.dialog).not.toContainText('Apollo')
  await other.confirm('Delete project Gemini')
  await expect(other.project('Gemini')).toBeHidden()
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['gemini', 'apollo'])
})

test('FAULTS 9: the way back of one tab, opened in another, runs neither action; both are offered again', async ({
  acme,
}) => {
  await acme.leaveToDelete('Apollo')
  const other = await acme.openTab()
  await other.pressDelete('Gemini')
  await other.leave()
  const answer = await comeBackToNothing(acme)
  const spent = acme.codesSpent + other.codesSpent

  await other.page.goto(answer)
  await expect(other.dialog).toContainText('You did not finish confirming')
  await expect(other.page).not.toHaveURL(/code=|state=|iss=/)
  expect(acme.codesSpent + other.codesSpent).toBe(spent)
  // The provider has just been convinced, in the first tab: it lets the second one through.
  await other.confirm('Try again')
  await expect(other.dialog).toContainText('Welcome back')
  await expect(other.dialog).not.toContainText('Apollo')
  await other.confirm('Delete project Gemini')
  await expect(other.project('Gemini')).toBeHidden()
  expect(await other.deletions()).toEqual(['gemini'])

  await acme.page.unroute('**/assets/**')
  await acme.page.goto('/projects')
  await expect(acme.dialog).toContainText('You did not finish confirming')
  // Both tabs share one sign-in, and the second tab's is new.
  await acme.confirm('Try again')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['gemini', 'apollo'])
})

test('FAULTS 9: the way back of one tab, opened in a new one, runs nothing there', async ({
  acme,
}) => {
  await acme.leaveToDelete('Apollo')
  const answer = await comeBackToNothing(acme)
  const spent = acme.codesSpent

  const other = await acme.openTab(answer)
  await expect(other.dialog).toContainText('The way back has expired or was used before')
  await expect(other.dialog).not.toContainText('Apollo')
  await expect(other.page).not.toHaveURL(/code=|state=|iss=/)
  await other.confirm('Close')
  await other.expectSignedIn()
  expect(acme.codesSpent + other.codesSpent).toBe(spent)
  expect(await other.deletions()).toEqual([])

  // The tab that left has lost nothing: its answer still counts there, once.
  await acme.page.unroute('**/assets/**')
  await acme.page.reload()
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 10: the callback URL, opened in a second tab after all is done, runs nothing', async ({
  acme,
}) => {
  await acme.leaveToDelete('Apollo')
  const url = await acme.confirmAndReturn(ada)
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  const spent = acme.codesSpent

  const other = await acme.openTab(url)
  await expect(other.dialog).toContainText('The way back has expired or was used before')
  await expect(other.page).not.toHaveURL(/code=|state=|iss=/)
  expect(acme.codesSpent + other.codesSpent).toBe(spent)
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 10: no entry of the history keeps what the provider sent, and none of them runs it again', async ({
  acme,
  page,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  const visited = await acme.goBackToTheStart()
  expect(visited.map(({ url }) => new URL(url).pathname)).toContain('/projects')
  for (const { url } of visited) expect(url).not.toMatch(/[?&#](code|state|iss)=/)
  await page.goto('/projects')
  await expect(acme.project('Gemini')).toBeVisible()
  await expect(acme.dialog).toBeHidden()
  expect(await acme.deletions()).toEqual(['apollo'])
})

test('FAULTS 11, 41: a tab that is duplicated while it asks to confirm, and both are clicked at once: one run', async ({
  acme,
  page,
}) => {
  test.slow()
  await acme.signIn(ada)
  const bystander = await acme.openBystander()
  // Counted where it is sent: the API takes a second one with the same key for the first.
  const sent: string[] = []
  page.context().on('request', (request) => {
    if (request.method() === 'DELETE') sent.push(new URL(request.url()).pathname)
  })
  for (const name of ['Apollo', 'Gemini', 'Mercury']) {
    await acme.becomeStale()
    await acme.pressDelete(name)
    await acme.leave()
    await acme.confirmAtProvider(ada)
    await expect(acme.dialog).toContainText('Welcome back')
    const copy = await acme.duplicate()
    await expect(copy.dialog).toContainText(`Delete project ${name}`)
    await acme.pressAtOnce(`Delete project ${name}`)
    await copy.pressAtOnce(`Delete project ${name}`)
    await bystander.evaluate(() => {
      new BroadcastChannel('now').postMessage(null)
    })

    const said = async () => {
      const both = [acme, copy].map((tab) => tab.dialog.or(tab.toast).allInnerTexts())
      return (await Promise.all(both)).join()
    }
    await expect.poll(said).toContain(`Project ${name} is deleted`)
    await expect.poll(said).toContain('Done in another tab')
    await copy.page.reload()
    await expect(copy.project('Voyager')).toBeVisible()
    await expect(copy.project(name)).toBeHidden()
    await expect(copy.dialog).toBeHidden()
    await copy.page.close()
    await page.goto('/')
    await expect(acme.dialog).toBeHidden()
  }
  expect(sent).toEqual(['/projects/apollo', '/projects/gemini', '/projects/mercury'])
})

test('FAULTS 41: a copy of the tab that is clicked after the first has run says so, and runs nothing', async ({
  acme,
}) => {
  await acme.leaveToDelete('Apollo')
  await acme.confirmAtProvider(ada)
  await expect(acme.dialog).toContainText('Welcome back')
  const copy = await acme.duplicate()
  await expect(copy.dialog).toContainText('Welcome back')
  await acme.confirm('Delete project Apollo')
  await expect(acme.project('Apollo')).toBeHidden()
  await expect(acme.dialog).toBeHidden()

  await copy.confirm('Delete project Apollo')
  await expect(copy.dialog).toContainText('Done in another tab')
  expect(await acme.deletions()).toEqual(['apollo'])
})
