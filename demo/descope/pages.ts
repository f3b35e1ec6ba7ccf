import { accountsOf, cancel, emailField, errorText, passwordField } from '../idp/fields.js'
import { html, type Html } from '../idp/html.js'
import { page } from '../idp/page.js'

interface SignIn {
  /** The trip that it is for; the form keeps it in its address. */
  readonly trip: string
  /** Who is asked again; nobody: a first sign-in, or that of another person. */
  readonly email?: string | undefined
  readonly error?: string
}

const accounts = accountsOf([
  ['lin@initech.test', html`<code>paper jam</code>`],
  ['bob@acme.test', html`<code>battery staple</code>`],
])

/** The sign-in page of a tenant's own provider, to which Descope sends people. */
export function companyPage({ trip, email, error }: SignIn): Html {
  const again = email !== undefined
  const title = again ? "Acme Console asks you to confirm it's you" : 'Sign in to Acme Console'
  return page(
    title,
    html`
      <h1>${title}</h1>
      ${errorText(error)}
      <form method="post">
        ${emailField(email ?? '', again)} ${passwordField(error !== undefined, again)}
        <button>${again ? 'Confirm' : 'Sign in'}</button>
        ${cancel}
      </form>
      ${again && html`<a href="/sso/sign-in?trip=${trip}&other=1">Use another account</a>`}
      ${accounts}
    `,
    'Initech SSO',
  )
}
