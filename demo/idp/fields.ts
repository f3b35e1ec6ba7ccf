import { html, Html } from './html.js'

export function errorText(error: string | undefined): Html | false {
  return error !== undefined && html`<p class="error" id="error" role="alert">${error}</p>`
}

export function emailField(email: string, expected: boolean): Html {
  // Read-only rather than hidden: password managers need the field to know whose password to fill.
  const state = expected ? html`readonly` : email === '' && html`autofocus`
  return field(
    'email',
    'Email',
    html`type="email" autocomplete="username" value="${email}" ${state}`,
  )
}

export function passwordField(refused: boolean, focused: boolean): Html {
  return field(
    'password',
    'Password',
    html`type="password" autocomplete="current-password" ${focused && html`autofocus`}
    ${refused && html`aria-invalid="true" aria-describedby="error"`}`,
  )
}

export function codeField(refused: boolean): Html {
  return field(
    'code',
    'Code',
    html`inputmode="numeric" autocomplete="one-time-code" autofocus
    aria-describedby="${refused ? 'sent error' : 'sent'}" ${refused && html`aria-invalid="true"`}`,
  )
}

function field(name: string, label: string, attributes: Html): Html {
  return html`
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" required ${attributes} />
  `
}

export const cancel = html`<button name="action" value="cancel" class="quiet" formnovalidate>
  Cancel
</button>`

/** Who can sign in, and with what. */
export function accountsOf(
  rows: readonly (readonly [email: string, proof: Html | string])[],
): Html {
  const items = rows.map(([email, proof]) => html`<li><code>${email}</code> ${proof}</li>`)
  return html`
    <details>
      <summary>Accounts of this demo</summary>
      <ul>
        ${new Html(items.join(''))}
      </ul>
    </details>
  `
}
