import type OidcProvider from 'oidc-provider'
import type { InteractionResults } from 'oidc-provider'
import { accountsOf, cancel, emailField, errorText, passwordField } from '../idp/fields.js'
import { html, type Html } from '../idp/html.js'
import { page } from '../idp/page.js'
import { readBody } from '../idp/request-body.js'
import type { Screens } from '../idp/screens.js'
import { withInteraction, type Handler } from '../idp/with-interaction.js'
import { authenticate, employees, findEmployee } from './users.js'

export const brand = 'Initech SSO'

/** The company's one sign-in page: email and password. */
export function signInPage(means: { provider: OidcProvider; screens: Screens }): Handler {
  return withInteraction(means, async ({ params, session }, ctx) => {
    if (ctx.method !== 'POST') {
      const hint = typeof params.login_hint === 'string' ? params.login_hint : undefined
      return { page: signIn(hint ?? findEmployee(session?.accountId)?.email ?? '') }
    }
    const form = new URLSearchParams(await readBody(ctx.req))
    const result = resultOf(form)
    if (result) return { result }
    const error = 'That email and password do not match. Please try again.'
    return { page: signIn(form.get('email') ?? '', error) }
  })
}

function resultOf(form: URLSearchParams): InteractionResults | undefined {
  if (form.get('action') === 'cancel') return { error: 'access_denied' }
  const employee = authenticate(form.get('email') ?? '', form.get('password') ?? '')
  return employee && { login: { accountId: employee.sub, amr: ['pwd'] } }
}

function signIn(email: string, error?: string): Html {
  const accounts = employees.map(
    ({ email, password }) => [email, html`<code>${password}</code>`] as const,
  )
  return page(
    'Sign in',
    html`
      <h1>Sign in at Initech</h1>
      ${errorText(error)}
      <form method="post">
        ${emailField(email, false)} ${passwordField(error !== undefined, email !== '')}
        <div class="buttons">
          <button name="action" value="sign-in">Sign in</button>
          ${cancel}
        </div>
      </form>
      ${accountsOf(accounts)}
    `,
    brand,
  )
}
