import type { SyntheticEvent } from 'react'
import { useState } from 'react'
import type { Method } from 'react-step-up'
import type { DemoPerson } from '../auth-system.js'
import { navigate } from '../location.js'
import { toast } from '../toasts.js'
import { readPasskeys } from './passkeys.js'
import { ProofForm } from './proof-form.js'
import { begin, inWords } from './sign-in.js'
import { sessionChanged } from './step-up-adapter.js'

interface Begun {
  readonly email: string
  readonly methods: readonly Method[]
}

/** First who it is, then the proof, in the way that the server names for them. */
export function SignInPage({ people }: { people: readonly DemoPerson[] }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [problem, setProblem] = useState(problemOf(new URLSearchParams(window.location.search)))

  const start = async (email: string) => {
    try {
      setBegun({ email, methods: await begin(email) })
      setProblem('')
    } catch (error) {
      setProblem(inWords(error))
    }
  }
  const done = async () => {
    sessionChanged()
    const { missing } = await readPasskeys()
    toast('You are signed in.')
    navigate(missing ? '/account' : '/')
  }
  return (
    <section aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in to Acme Console</h1>
      {begun ? (
        <ProofForm
          {...begun}
          onDone={() => void done()}
          onBack={() => {
            setBegun(null)
          }}
        />
      ) : (
        <>
          {problem !== '' && (
            <p className="notice" role="alert">
              {problem}
            </p>
          )}
          <EmailForm onEmail={start} />
          <h2>Accounts of this demo</h2>
          <ul className="cards">
            {people.map(({ name, email, proof }) => (
              <li key={email}>
                <div>
                  <code>{email}</code>
                  <br />
                  <small>{proof}</small>
                </div>
                <button type="button" onClick={() => void start(email)}>
                  Continue as {name}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function EmailForm({ onEmail }: { onEmail: (email: string) => Promise<void> }) {
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = new FormData(event.currentTarget).get('email')
    if (typeof email === 'string') void onEmail(email)
  }
  return (
    <form className="card" onSubmit={submit}>
      <label>
        Email
        <input name="email" type="email" autoComplete="username webauthn" required autoFocus />
      </label>
      <button type="submit" className="primary">
        Continue
      </button>
    </form>
  )
}

/** What came back from the company, where it was no sign-in. */
function problemOf(answer: URLSearchParams): string {
  switch (answer.get('error')) {
    case null:
      return ''
    case 'temporarily_unavailable':
      return 'Initech SSO cannot be reached now. Please try again in a moment.'
    case 'access_denied':
      return 'Initech SSO signed in nobody who has an account at Acme.'
    default:
      return 'That way back has expired or was used before. Please sign in again.'
  }
}
