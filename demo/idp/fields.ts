import { html, type Html } from './html.js'

export function errorText(error: string | undefined): Html | false {
  return error !== undefined && html`<p class="error" id="error" role="alert">${error}</p>`
}

export function emailField(email: string, expected: boolean): Html {
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

export function passwordField(refused: boolean, focused: boolean): Html {
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

export function codeField(refused: boolean): Html {
  return html`
    <label for="code">Code</label>
    <input
      id="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      required
      autofocus
      aria-describedby="${refused ? 'sent error' : 'sent'}"
      ${refused && html`aria-invalid="true"`}
    />
  `
}
