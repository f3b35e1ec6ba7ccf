import { Html, html } from './html.js'
import { demoAccounts } from './users.js'

export interface SignIn {
  /** The account the person is expected to come back as: the page then asks for the password only. */
  readonly expected: boolean
  readonly email: string
  readonly error?: string | undefined
}

export const pages = {
  signIn: ({ expected, email, error }: SignIn): Html =>
    page(
      expected ? 'Confirm it is you' : 'Sign in',
      html`
        <h1>
          ${expected ? html`Acme Console asks you to confirm it's you` : 'Sign in to Acme Console'}
        </h1>
        ${error !== undefined && html`<p class="error" id="error" role="alert">${error}</p>`}
        <form method="post">
          ${emailField(email, expected)} ${passwordField(error !== undefined, email !== '')}
          <div class="buttons">
            <button name="action" value="sign-in">${expected ? 'Confirm' : 'Sign in'}</button>
            <button name="action" value="cancel" class="quiet" formnovalidate>Cancel</button>
          </div>
        </form>
        ${expected && html`<p>Not you? <a href="?account=another">Use another account</a></p>`}
        ${accountsOfTheDemo()}
      `,
    ),

  /** `form` is oidc-provider's own, with its token against forged requests inside. */
  signOut: (form: Html): Html =>
    page(
      'Sign out',
      html`
        <h1>Sign out of Acme Console?</h1>
        ${form}
        <div class="buttons">
          <button form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
          <button form="op.logoutForm" class="quiet">Stay signed in</button>
        </div>
      `,
    ),

  notice: (title: string, text: string, appOrigin: string): Html =>
    page(
      title,
      html`
        <h1>${title}</h1>
        <p>${text}</p>
        <p><a href="${appOrigin}/">Return to Acme Console</a></p>
      `,
    ),
}

function emailField(email: string, expected: boolean): Html {
  // Read-only rather than hidden: password managers need the field to know whose password to fill.
  return html`
    <label for="email">Email</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="username"
      required
      value="${email}"
      ${expected ? html`readonly` : email === '' && html`autofocus`}
    />
  `
}

function passwordField(refused: boolean, focused: boolean): Html {
  return html`
    <label for="password">Password</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="current-password"
      required
      ${focused && html`autofocus`}
      ${refused && html`aria-invalid="true" aria-describedby="error"`}
    />
  `
}

function accountsOfTheDemo(): Html {
  const rows = demoAccounts.map(
    ({ email, password }) => html`<li><code>${email}</code> <code>${password}</code></li>`,
  )
  return html`
    <details>
      <summary>Accounts of this demo</summary>
      <ul>
        ${new Html(rows.join(''))}
      </ul>
    </details>
  `
}

function page(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Acme ID</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/styles.css" />
      </head>
      <body>
        <main>
          <p class="brand">Acme ID</p>
          ${content}
        </main>
      </body>
    </html>`
}
