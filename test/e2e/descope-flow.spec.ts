import { expect, test } from './descope-flow-page.js'

test('a wrong password is said in the flow; the right one runs the action, once', async ({
  acme,
}) => {
  await acme.signIn()
  await expect(acme.steppedUp).toHaveText('never')
  await acme.ask()
  await acme.enter('incorrect horse')
  await expect(acme.flow.getByRole('alert')).toHaveText('That password is wrong.')
  expect(acme.served.deletions).toEqual([])
  const before = Math.floor(Date.now() / 1000)
  await acme.enter('correct horse')
  await expect(acme.said).toHaveText('Deleted.')
  await acme.expectClosed()
  expect(acme.served.deletions).toEqual(['usr_ada'])
  expect(Number(await acme.steppedUp.textContent())).toBeGreaterThanOrEqual(before)
})

test('another one, while the first still lasts, counts from its own time', async ({ acme }) => {
  await acme.signIn()
  await acme.ask()
  await acme.enter('correct horse')
  await expect(acme.said).toHaveText('Deleted.')
  const first = Number(await acme.steppedUp.textContent())
  // Longer than a deletion allows, shorter than Descope's own timeout.
  acme.served.descope.clock.pass(400)
  await acme.page.reload()
  await expect(acme.fresh).toHaveText('not fresh')
  await expect(acme.steppedUp).toHaveText(String(first))
  await acme.ask()
  await acme.enter('correct horse')
  await expect(acme.said).toHaveText('Deleted.')
  expect(acme.served.deletions).toEqual(['usr_ada', 'usr_ada'])
  expect(Number(await acme.steppedUp.textContent())).toBeGreaterThanOrEqual(first + 400)
})

for (const how of ['Escape', 'the button'] as const) {
  test(`cancelling the flow by ${how} cancels the action, and the next one is asked for`, async ({
    acme,
    page,
  }) => {
    await acme.signIn()
    await acme.ask()
    if (how === 'Escape') await page.keyboard.press('Escape')
    else await acme.flow.getByRole('button', { name: 'Cancel' }).click()
    await expect(acme.said).toHaveText('cancelled')
    await acme.expectClosed()
    await expect(acme.steppedUp).toHaveText('never')
    expect(acme.served.deletions).toEqual([])
    await acme.ask()
    await acme.enter('correct horse')
    await expect(acme.said).toHaveText('Deleted.')
    expect(acme.served.deletions).toEqual(['usr_ada'])
  })
}

test('what is answered after the cancelling is nobody’s: no step-up, and nothing runs', async ({
  acme,
  page,
}) => {
  await acme.signIn()
  await acme.ask()
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/v1/flow/next', async (route) => {
    await released
    await route.continue()
  })
  const asked = page.waitForRequest('**/v1/flow/next')
  const answered = page.waitForResponse('**/v1/flow/next')
  await acme.enter('correct horse')
  await asked
  await page.keyboard.press('Escape')
  await expect(acme.said).toHaveText('cancelled')
  release()
  await (await answered).finished()
  await acme.expectClosed()
  // It is asked for anew.
  await acme.ask()
  await expect(acme.steppedUp).toHaveText('never')
  expect(acme.served.deletions).toEqual([])
})

test('FAULTS 6: a flow that lets somebody else in runs nothing of the first person', async ({
  acme,
  page,
}) => {
  await acme.signIn()
  await acme.ask()
  await acme.enter('battery staple', 'bob@acme.test')
  await expect(acme.said).toHaveText('wrong_account')
  await expect(acme.flow).toHaveCount(0)
  await expect(page.getByTestId('who')).toHaveText('usr_bob')
  expect(acme.served.deletions).toEqual([])
})

test('FAULTS 37: a flow that fails is gone, says so, and can be begun again', async ({ acme }) => {
  await acme.signIn()
  await acme.ask()
  acme.served.descope.failNext('server_error')
  await acme.enter('correct horse')
  await expect(acme.dialog).toContainText('This could not be checked.')
  await expect(acme.flow).toHaveCount(0)
  expect(acme.served.deletions).toEqual([])
  await acme.dialog.getByRole('button', { name: 'Confirm' }).click()
  await acme.enter('correct horse')
  await expect(acme.said).toHaveText('Deleted.')
  expect(acme.served.deletions).toEqual(['usr_ada'])
})
