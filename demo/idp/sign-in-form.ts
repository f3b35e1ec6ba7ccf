import type { accountsOf } from './fields.js'
import { cancel, emailField, errorText, passwordField } from './fields.js'
import { html, type Html } from './html.js'
import { page } from './page.js'

interface SignIn {
  /** Whose page it is. */
  readonly host: string
  /** Who is asked again; nobody: a first sign-in, or that of another person. */
  readonly email?: string | undefined
  /** Where another person signs in instead. */
  readonly other: string
  readonly error?: string | undefined
  readonly accounts: ReturnType<typeof accountsOf>
}

/** One page for a first sign-in, and for a person who is asked again; what was asked for is in its address. */
export function signInForm({ host, email, other, error, accounts }: SignIn): Html {
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
      ${again && html`<a href="${other}">Use another account</a>`} ${accounts}
    `,
    host,
  )
}
