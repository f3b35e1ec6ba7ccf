import type OidcProvider from 'oidc-provider'
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider'
import { emailField, errorText, passwordField } from '../idp/fields.js'
import { Html, html } from '../idp/html.js'
import { page } from '../idp/page.js'
import { readBody } from '../idp/request-body.js'
import type { Screens } from '../idp/screens.js'
import { authenticate, employees, findEmployee } from './users.js'

export const brand = 'Initech SSO'

/** The company's one sign-in page: email and password. */
export function signInPage(provider: OidcProvider, screens: Screens) {
  return async (ctx: KoaContextWithOIDC): Promise<void> => {
    const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined)
    if (!interaction) {
      screens.expired(ctx)
      return
    }
    const { params, session } = interaction
    const hint = typeof params.login_hint === 'string' ? params.login_hint : undefined
    const known = hint ?? findEmployee(session?.accountId)?.email ?? ''
    if (ctx.method !== 'POST') {
      screens.show(ctx, signIn(known))
      return
    }
    const form = new URLSearchParams(await readBody(ctx.req))
    const result = resultOf(form)
    if (!result) {
      const error = 'That email and password do not match. Please try again.'
      screens.show(ctx, signIn(form.get('email') ?? '', error))
      return
    }
    ctx.redirect(
      await provider.interactionResult(ctx.req, ctx.res, result, {
        mergeWithLastSubmission: false,
      }),
    )
    ctx.status = 303
  }
}

function resultOf(form: URLSearchParams): InteractionResults | undefined {
  if (form.get('action') === 'cancel') return { error: 'access_denied' }
  const employee = authenticate(form.get('email') ?? '', form.get('password') ?? '')
  return employee && { login: { accountId: employee.sub, amr: ['pwd'] } }
}

function signIn(email: string, error?: string): Html {
  const rows = employees.map(
    ({ email, password }) => html`<li><code>${email}</code> <code>${password}</code></li>`,
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
          <button name="action" value="cancel" class="quiet" formnovalidate>Cancel</button>
        </div>
      </form>
      <details>
        <summary>Accounts of this demo</summary>
        <ul>
          ${new Html(rows.join(''))}
        </ul>
      </details>
    `,
    brand,
  )
}
