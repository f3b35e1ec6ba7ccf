import type { Page } from '@playwright/test'
import { ada, test as oidc } from './console.js'
import { addAuthenticator, expect, test as session } from './session-console.js'

/** What browsers say of everything that a policy has stopped, on any page of this tab. */
async function watchPolicies(page: Page): Promise<string[]> {
  const violations: string[] = []
  page.on('console', (message) => {
    if (/content.security.policy|BLOCKED/i.test(message.text())) violations.push(message.text())
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`BLOCKED ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  return violations
}

/** The page has a policy that allows nothing inline; what has been watched would have seen it. */
async function expectStrict(page: Page, violations: string[]): Promise<void> {
  const policy = (await page.request.get('/')).headers()['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).not.toMatch(/unsafe|\*/)
  expect(violations).toEqual([])
  await page.evaluate(() => {
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.body.append(style)
  })
  await expect.poll(() => violations.join()).toContain('BLOCKED style-src')
}

session.describe('with a session', () => {
  session('a step-up by password breaks no strict policy', async ({ acme, page }) => {
    const violations = await watchPolicies(page)
    await acme.signIn(ada)
    await acme.ask()
    await acme.typePassword('wrong')
    await expect(acme.dialog.getByRole('button', { name: 'Confirm' })).toBeEnabled()
    await acme.typePassword(ada.password)
    await acme.expectDeletedBy('password', 'usr_ada')
    await expectStrict(page, violations)
  })

  session('nor does one by passkey or code', async ({ acme, page, browserName }) => {
    session.skip(browserName !== 'chromium', 'only Chromium has an authenticator')
    const violations = await watchPolicies(page)
    await addAuthenticator(page)
    await acme.signInAndMakePasskey()
    await acme.ask()
    await acme.confirm('Use your passkey')
    await expect(acme.project('Apollo')).toBeHidden()
    await acme.ask('Gemini')
    await acme.dialog.getByRole('button', { name: 'A code by email' }).click()
    await acme.typeCode(await acme.sendCode('hedy@acme.test'))
    await expect(acme.project('Gemini')).toBeHidden()
    await expectStrict(page, violations)
  })
})

oidc.describe('with tokens', () => {
  oidc('a trip to the provider and back breaks no strict policy', async ({ acme, page }) => {
    const violations = await watchPolicies(page)
    await acme.signIn(ada)
    await acme.becomeStale()
    await acme.pressDelete('Apollo')
    await acme.leave()
    await acme.confirmAtProvider(ada)
    await acme.confirm('Delete project Apollo')
    await expect(acme.project('Apollo')).toBeHidden()
    expect(await acme.deletions()).toEqual(['apollo'])
    await expectStrict(page, violations)
  })
})
