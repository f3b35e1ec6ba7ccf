import { useDescope } from '@descope/react-sdk'
import type { SyntheticEvent } from 'react'
import { useState } from 'react'
import { navigate } from '../location.js'
import { accepted } from './sdk.js'
import { signInAtCompany } from './single-sign-on.js'

/** A first sign-in, by the SDK's own functions: a password, a code by mail, or the company's provider. */
export function SignInPage() {
  const sdk = useDescope()
  const [sent, setSent] = useState(false)
  const [problem, setProblem] = useState('')

  const attempt = async (work: () => Promise<unknown>) => {
    setProblem('')
    try {
      await work()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'That did not work.')
    }
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => {
      const value = data.get(name)
      return typeof value === 'string' ? value : ''
    }
    void attempt(async () => {
      await accepted<unknown>(
        sent
          ? sdk.otp.verify.email(text('email'), text('code'))
          : sdk.password.signIn(text('email'), text('password')),
      )
      navigate('/')
    })
  }
  const sendCode = (form: HTMLFormElement | null) => {
    const email = form && new FormData(form).get('email')
    if (typeof email !== 'string') return
    void attempt(async () => {
      await accepted(sdk.otp.signIn.email(email))
      setSent(true)
    })
  }
  return (
    <section aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in to Acme Console</h1>
      <form className="card" onSubmit={submit}>
        <label>
          Email
          <input name="email" type="email" autoComplete="username" required autoFocus />
        </label>
        <label>
          {sent ? 'Code' : 'Password'}
          <input
            key={String(sent)}
            required
            {...(sent
              ? { name: 'code', inputMode: 'numeric', autoComplete: 'one-time-code' }
              : { name: 'password', type: 'password', autoComplete: 'current-password' })}
          />
        </label>
        {problem !== '' && (
          <p className="notice" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" className="primary">
          Sign in
        </button>
        <button
          type="button"
          onClick={(event) => {
            sendCode(event.currentTarget.form)
          }}
        >
          Send me a code
        </button>
      </form>
      <button type="button" onClick={() => void attempt(signInAtCompany)}>
        Continue to Initech SSO
      </button>
    </section>
  )
}
