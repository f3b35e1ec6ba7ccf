import { accountsOf, cancel, emailField, errorText, passwordField } from '../idp/fields.js'
import { html, type Html } from '../idp/html.js'
import { page } from '../idp/page.js'
import { demoAccounts } from '../idp/users.js'

interface SignIn {
  /** What the app asked for; the form keeps it in its address. */
  readonly query: URLSearchParams
  /** Who is asked again; nobody: a first sign-in, or that of another person. */
  readonly email?: string | null | undefined
  readonly error?: string
}

const accounts = accountsOf(
  demoAccounts.flatMap(({ email, password }) =>
    password === undefined ? [] : [[email, html`<code>${password}</code>`] as const],
  ),
)

/** The sign-in page, which AuthKit hosts; also the one that asks a person again. */
export function signInPage({ query, email, error }: SignIn): Html {
  const again = typeof email === 'string' && !query.has('other')
  const other = new URLSearchParams([...query, ['other', '1']]).toString()
  const title = again ? "Acme Console asks you to confirm it's you" : 'Sign in to Acme Console'
  return page(
    title,
    html`
      <h1>${title}</h1>
      ${errorText(error)}
      <form method="post">
        ${emailField(again ? email : '', again)} ${passwordField(error !== undefined, again)}
        <button>${again ? 'Confirm' : 'Sign in'}</button>
        ${cancel}
      </form>
      ${again && html`<a href="/user_management/authorize?${other}">Use another account</a>`}
      ${accounts}
    `,
    'AuthKit',
  )
}
