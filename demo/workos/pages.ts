import { accountsOf } from '../idp/fields.js'
import { html, type Html } from '../idp/html.js'
import { signInForm } from '../idp/sign-in-form.js'
import { demoAccounts } from '../idp/users.js'

interface SignIn {
  /** What the app asked for; the form keeps it in its address. */
  readonly query: URLSearchParams
  /** Who is asked again, unless another person wants to sign in. */
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
  const other = new URLSearchParams([...query, ['other', '1']]).toString()
  return signInForm({
    host: 'AuthKit',
    email: query.has('other') ? undefined : (email ?? undefined),
    other: `/user_management/authorize?${other}`,
    error,
    accounts,
  })
}
