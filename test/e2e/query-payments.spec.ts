import { enterAtCompany, lin } from './company.js'
import { COMPANY, ada, expect, test, type Console } from './console.js'
import { typeInto } from './in-page-console.js'

test.describe('the payout account', () => {
  const IBAN = 'GB82 WEST 1234 5698 7654 32'
  const field = ({ page }: Console) => page.getByLabel('IBAN')
  const change = ({ page }: Console) => page.getByRole('button', { name: 'Change the account' })

  async function linTypes(acme: Console): Promise<void> {
    const { page } = acme
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Email').fill(lin.email)
    await page.getByRole('button', { name: 'Continue without a password' }).click()
    await enterAtCompany(page, COMPANY, lin)
    await acme.expectSignedIn()
    await acme.becomeStale()
    await acme.open('Payouts')
    await typeInto(field(acme), IBAN)
    await change(acme).click()
    await expect(acme.dialog).toContainText('Pay out to the account that ends in 5432')
    await acme.leave()
  }

  test('changes after a trip to the company, which brings form and action back', async ({
    acme,
    page,
  }) => {
    await linTypes(acme)
    await page.getByRole('button', { name: 'Continue to Initech SSO' }).click()
    await enterAtCompany(page, COMPANY, lin)
    await expect(page).toHaveURL('/payouts')
    await expect(field(acme)).toHaveValue(IBAN)
    await acme.confirm('Pay out to the account that ends in 5432')
    await expect(acme.toast).toContainText('The payout account is changed')
    await expect(page.getByText('GB •••• 5432', { exact: true })).toBeVisible()
    await expect(field(acme)).toHaveValue('')
    const log = page.getByRole('listitem').filter({ hasText: 'Pays out to GB •••• 5432' })
    await expect(log).toHaveCount(1)
    await expect(log).toContainText('usr_lin')
  })

  test('stays where the person cancels there, and so does what was typed', async ({
    acme,
    page,
  }) => {
    await linTypes(acme)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(acme.dialog).toContainText('You did not finish confirming')
    await page.keyboard.press('Escape')
    await expect(acme.dialog).toBeHidden()
    await expect(field(acme)).toHaveValue(IBAN)
    await expect(page.getByText('DE •••• 3000', { exact: true })).toBeVisible()
  })

  test('is none with a wrong digit, and nobody is asked', async ({ acme, page }) => {
    await acme.signIn(ada)
    await acme.becomeStale()
    await acme.open('Payouts')
    await typeInto(field(acme), IBAN.replace('82', '83'))
    await change(acme).click()
    await expect(page.getByRole('alert')).toHaveText('This IBAN has a wrong digit, or lacks one.')
    await expect(acme.dialog).toBeHidden()
  })
})

test.describe('a transfer', () => {
  async function send({ page }: Console, amount: number): Promise<void> {
    await page.getByLabel('To', { exact: true }).fill('Initech')
    await page.getByLabel('Amount in euros').fill(String(amount))
    await page.getByRole('button', { name: 'Send', exact: true }).click()
  }
  const sent = ({ page }: Console) => page.getByRole('list', { name: 'Sent' }).getByRole('listitem')

  test('below the limit goes through, however old the sign-in is', async ({ acme }) => {
    await acme.signIn(ada)
    await acme.becomeStale()
    await acme.open('Payouts')
    await send(acme, 1000)
    await expect(acme.toast).toContainText('€ 1,000 is on its way to Initech')
    await expect(sent(acme)).toHaveText('Initech € 1,000')
    await expect(acme.dialog).toBeHidden()
  })

  test('above it takes a proof of the last minute, before anything is sent', async ({ acme }) => {
    await acme.signIn(ada)
    await acme.becomeStale()
    await acme.open('Payouts')
    const orders = acme.requests('POST', /\/transfers$/)
    await send(acme, 1001)
    await expect(acme.dialog).toContainText('Send € 1,001 to Initech')
    expect(orders).toEqual([])
    await acme.leave()
    expect(acme.asked.get('max_age')).toBe('45')
    await acme.confirmAtProvider(ada)
    await acme.confirm('Send € 1,001 to Initech')
    await expect(sent(acme)).toHaveText('Initech € 1,001')
    expect(orders).toHaveLength(1)
  })

  test('that only the API finds too much is asked for from its answer, and sent once', async ({
    acme,
    page,
  }) => {
    await acme.signIn(ada)
    await acme.becomeStale()
    await acme.open('Payouts')
    await send(acme, 600)
    await expect(sent(acme)).toHaveText('Initech € 600')
    await send(acme, 600)
    await expect(acme.dialog).toContainText('Send € 600 to Initech')
    await expect(
      page.getByRole('listitem').filter({ hasText: 'Refused transfer.create' }),
    ).toHaveCount(1)
    await acme.leave()
    await acme.confirmAtProvider(ada)
    await acme.confirm('Send € 600 to Initech')
    await expect(sent(acme)).toHaveText(['Initech € 600', 'Initech € 600'])
    await expect(acme.dialog).toBeHidden()
  })
})
