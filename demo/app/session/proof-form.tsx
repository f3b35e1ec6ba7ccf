import type { SyntheticEvent } from 'react'
import { useState } from 'react'
import type { Method } from 'react-step-up'
import { inWords } from './sign-in.js'

interface ProofFormProps {
  readonly email: string
  readonly methods: readonly Method[]
  readonly onDone: () => void
  readonly onBack: () => void
}

const names = {
  password: 'Use your password',
  code: 'Use a code by mail',
  link: 'Use a link by mail',
  passkey: 'Use your passkey',
  redirect: 'Continue to Initech SSO',
}

/** One method at a time, and the others beneath. */
export function ProofForm({ email, methods, onDone, onBack }: ProofFormProps) {
  const [method, setMethod] = useState(methods[0])
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(false)
  const [problem, setProblem] = useState('')

  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setProblem('')
    try {
      await work()
    } catch (error) {
      setProblem(inWords(error))
    }
    setBusy(false)
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('proof')
    void attempt(async () => {
      if (method?.type === 'code' && !sent) {
        await method.send?.(new AbortController().signal)
        setSent(true)
      } else if (await prove(method, typeof typed === 'string' ? typed : '')) onDone()
    })
  }
  const others = methods.filter((other) => other !== method)
  const typing = method?.type === 'password' || (method?.type === 'code' && sent)
  return (
    <>
      <form className="card" onSubmit={submit}>
        <label>
          Email
          <input name="email" type="email" autoComplete="username" value={email} readOnly />
        </label>
        {typing && (
          <label>
            {method.type === 'password' ? 'Password' : 'Code'}
            <input
              key={method.id}
              name="proof"
              required
              autoFocus
              aria-describedby={problem === '' ? undefined : 'problem'}
              {...(method.type === 'password'
                ? { type: 'password', autoComplete: 'current-password' }
                : { inputMode: 'numeric', autoComplete: 'one-time-code' })}
            />
          </label>
        )}
        {problem !== '' && (
          <p className="notice" role="alert" id="problem">
            {problem}
          </p>
        )}
        <button type="submit" className="primary" disabled={busy || !method}>
          {labelOf(method, sent)}
        </button>
        {method?.type === 'code' && (
          <a href="/demo/outbox" target="_blank" rel="noreferrer">
            Open the outbox of the demo
          </a>
        )}
      </form>
      <div className="controls">
        {others.map((other) => (
          <button
            key={other.id}
            type="button"
            onClick={() => {
              setMethod(other)
              setProblem('')
            }}
          >
            {names[other.type]}
          </button>
        ))}
        <button type="button" className="plain" onClick={onBack}>
          Use another account
        </button>
      </div>
    </>
  )
}

/** `true` where the person has proved it; `false` where the page is on its way elsewhere. */
async function prove(method: Method | undefined, typed: string): Promise<boolean> {
  const { signal } = new AbortController()
  if (method?.type === 'password') await method.verify({ password: typed, signal })
  else if (method?.type === 'code') await method.verify({ code: typed, signal })
  else if (method?.type === 'passkey') await method.verify({ signal })
  else {
    window.location.assign('/auth/sso')
    return false
  }
  return true
}

function labelOf(method: Method | undefined, sent: boolean): string {
  if (method?.type === 'code') return sent ? 'Sign in' : 'Send me a code'
  return !method || method.type === 'password' ? 'Sign in' : names[method.type]
}
