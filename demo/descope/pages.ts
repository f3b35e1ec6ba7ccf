import { accountsOf } from '../idp/fields.js'
import { html, type Html } from '../idp/html.js'
import { signInForm } from '../idp/sign-in-form.js'

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
  const other = `/sso/sign-in?${new URLSearchParams({ trip, other: '1' }).toString()}`
  return signInForm({ host: 'Initech SSO', email, other, error, accounts })
}
