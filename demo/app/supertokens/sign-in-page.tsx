import { useState, type SyntheticEvent } from 'react'
import type { DemoPerson } from '../auth-system.js'
import { navigate } from '../location.js'
import { leaveForCompany, sendCode, signInByCode, signInByPassword } from './sign-in.js'

const fieldOf = (form: HTMLFormElement, name: string) => {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}

/** The app's own page, over the SDK: a password, a code, or the way to the company. */
export function SignInPage({ people }: { readonly people: readonly DemoPerson[] }) {
  const [sentTo, setSentTo] = useState('')
  const [problem, setProblem] = useState('')
  const attempt =
    (work: (form: HTMLFormElement) => Promise<string>, done: () => void) =>
    async (event: SyntheticEvent<HTMLFormElement>) => {
      event.preventDefault()
      const form = event.currentTarget
      const found = await work(form).catch(() => 'The server could not be reached.')
      setProblem(found)
      if (found === '') done()
    }
  const enter = () => navigate('/')
  const byPassword = attempt(
    (form) => signInByPassword(fieldOf(form, 'email'), fieldOf(form, 'password')),
    enter,
  )
  const byCode = attempt((form) => signInByCode(fieldOf(form, 'code')), enter)
  const send = attempt(
    async (form) => {
      const email = fieldOf(form, 'email')
      const found = await sendCode(email)
      if (found === '') setSentTo(email)
      return found
    },
    () => undefined,
  )
  return (
    <section aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in to Acme Console</h1>
      {problem !== '' && (
        <p className="notice" role="alert">
          {problem}
        </p>
      )}
      <form className="card" aria-label="By password" onSubmit={(event) => void byPassword(event)}>
        <label>
          Email
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" className="primary">
          Sign in
        </button>
      </form>
      {sentTo === '' ? (
        <form className="card" aria-label="By code" onSubmit={(event) => void send(event)}>
          <label>
            Email
            <input name="email" type="email" autoComplete="username" required />
          </label>
          <button type="submit">Send me a code</button>
        </form>
      ) : (
        <form className="card" aria-label="By code" onSubmit={(event) => void byCode(event)}>
          <label>
            Code for {sentTo}
            <input name="code" inputMode="numeric" autoComplete="one-time-code" required />
          </label>
          <button type="submit">Sign in with the code</button>
        </form>
      )}
      <div className="controls">
        <button type="button" onClick={() => void leaveForCompany()}>
          Continue to Initech SSO
        </button>
      </div>
      <h2>Accounts of this demo</h2>
      <ul>
        {people.map(({ email, proof }) => (
          <li key={email}>
            <code>{email}</code>: {proof}
          </li>
        ))}
      </ul>
    </section>
  )
}
