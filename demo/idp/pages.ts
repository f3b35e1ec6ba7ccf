import { accountsOf, cancel, codeField, emailField, errorText, passwordField } from './fields.js'
import { html, type Html } from './html.js'
import { page } from './page.js'
import { demoAccounts } from './users.js'

export interface SignIn {
  /** The account the person is expected to come back as: the page then asks for its proof only. */
  readonly expected: boolean
  readonly email: string
  readonly error?: string | undefined
}

const anotherAccount = html`<p>Not you? <a href="?account=another">Use another account</a></p>`

export const pages = {
  signIn: ({ expected, email, error }: SignIn): Html =>
    page(
      titleOf(expected, 'Sign in'),
      html`
        ${heading(expected, 'Sign in to Acme Console')} ${errorText(error)}
        <form method="post">
          ${emailField(email, expected)} ${passwordField(error !== undefined, email !== '')}
          <div class="buttons">
            <button name="action" value="sign-in">${expected ? 'Confirm' : 'Sign in'}</button>
            ${cancel}
          </div>
          ${
            !expected &&
            html`<div class="buttons">
              <button name="action" value="other" class="quiet" formnovalidate>
                Continue without a password
              </button>
            </div>`
          }
        </form>
        ${expected && anotherAccount} ${accountsOfTheDemo()}
      `,
    ),

  code: ({ expected, email, error, locked }: SignIn & { readonly locked: boolean }): Html =>
    page(
      titleOf(expected, 'Enter your code'),
      html`
        ${heading(expected, 'Enter your code')} ${errorText(error)}
        <p id="sent">
          ${
            expected
              ? html`We sent a code to ${email}.`
              : html`If ${email} signs in by code, one is on its way to it.`
          }
          It works once, for 10 minutes, on this page only.
        </p>
        <form method="post">
          ${emailField(email, true)} ${!locked && codeField(error !== undefined)}
          <div class="buttons">
            ${
              !locked &&
              html`<button name="action" value="code">${expected ? 'Confirm' : 'Sign in'}</button>`
            }
            ${cancel}
          </div>
          ${
            !locked &&
            html`<div class="buttons">
              <button name="action" value="resend" class="quiet" formnovalidate>
                Send a new code
              </button>
            </div>`
          }
        </form>
        <p>${outboxLink}</p>
        ${
          expected
            ? anotherAccount
            : html`<p><a href="?account=another">Use a password, or another email</a></p>`
        }
        ${accountsOfTheDemo()}
      `,
    ),

  /** `action` is the interaction's own address: this page is also shown at the way back's. */
  sso: ({ expected, email, error, action }: SignIn & { readonly action: string }): Html =>
    page(
      titleOf(expected, 'Continue to Initech SSO'),
      html`
        ${heading(expected, 'Continue to Initech SSO')} ${errorText(error)}
        <p>${email} signs in at Initech. You go there, and come back.</p>
        <form method="post" action="${action}">
          ${emailField(email, true)}
          <div class="buttons">
            <button name="action" value="${error === undefined ? 'other' : 'again'}">
              Continue to Initech SSO
            </button>
            ${cancel}
          </div>
        </form>
        <p>Not you? <a href="${action}?account=another">Use another account</a></p>
        ${accountsOfTheDemo()}
      `,
    ),

  /** `form` is oidc-provider's own, with its token against forged requests inside. */
  signOut: (form: Html, from = 'Acme Console', brand?: string): Html =>
    page(
      'Sign out',
      html`
        <h1>Sign out of ${from}?</h1>
        ${form}
        <div class="buttons">
          <button form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
          <button form="op.logoutForm" class="quiet">Stay signed in</button>
        </div>
      `,
      brand,
    ),

  notice: (title: string, text: string, appOrigin: string, brand?: string): Html =>
    page(
      title,
      html`
        <h1>${title}</h1>
        <p>${text}</p>
        <p><a href="${appOrigin}/">Return to Acme Console</a></p>
      `,
      brand,
    ),
}

function titleOf(expected: boolean, otherwise: string): string {
  return expected ? 'Confirm it is you' : otherwise
}

function heading(expected: boolean, otherwise: string): Html {
  return html`<h1>${expected ? html`Acme Console asks you to confirm it's you` : otherwise}</h1>`
}

const outboxLink = html`<a href="/demo/outbox" target="_blank">Open the outbox of the demo</a>`

function accountsOfTheDemo(): Html {
  const rows = demoAccounts.map(({ email, method, password }) => {
    const how = { password: html`<code>${password}</code>`, code: byMail, sso: 'by Initech SSO' }
    return [email, how[method]] as const
  })
  return accountsOf(rows)
}

const byMail = html`by a code in the <a href="/demo/outbox" target="_blank">outbox</a>`
