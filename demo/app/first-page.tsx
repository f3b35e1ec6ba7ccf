import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiCredentials, keeper, moveSignIn, onReset, people, useAccount } from './auth.js'
import { post } from './post.js'
import { Steps } from './steps.js'
import { toast } from './toasts.js'

export function FirstPage() {
  return (
    <section aria-labelledby="try">
      <h1 id="try">Is it still you?</h1>
      <p className="lead">
        Deleting a project takes a sign-in of the last five minutes. The console asks early, the API
        decides, and what you were doing is not lost while you prove that it is you.
      </p>
      <table>
        <caption>Who you can be</caption>
        <tbody>
          {people.map(({ name, email, proof }) => (
            <tr key={email}>
              <th scope="row">{name}</th>
              <td>
                <code>{email}</code>
              </td>
              <td>{proof}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Controls />
      <h2>Nine things to try</h2>
      <Steps />
    </section>
  )
}

/** The demo's own switches: each really changes something where sign-ins are kept, or at the API. */
function Controls() {
  const { status } = useAccount()
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState(false)
  const press = (work: () => Promise<string>) => async () => {
    setBusy(true)
    try {
      toast(await work())
    } catch (error) {
      toast(error instanceof Error ? error.message : 'That did not work.')
    } finally {
      setBusy(false)
    }
  }
  const off = busy || status !== 'signed_in'
  return (
    <div className="controls">
      <button
        type="button"
        disabled={off}
        onClick={press(async () => {
          await moveSignIn(3600)
          return `${keeper} now says that you signed in an hour ago.`
        })}
      >
        Pretend I signed in an hour ago
      </button>
      <button
        type="button"
        disabled={off}
        onClick={press(async () => {
          await post(`${API}/demo/strict`, { seconds: 30 }, apiCredentials)
          await moveSignIn(60)
          return 'The API now takes sign-ins of the last 30 seconds; yours is a minute old.'
        })}
      >
        Let the API be stricter than the console
      </button>
      {(['device', 'network'] as const).map((signal) => (
        <button
          key={signal}
          type="button"
          disabled={off}
          onClick={press(async () => {
            await post(`${API}/demo/risk`, { signal }, apiCredentials)
            await moveSignIn(200)
            return `To the API this ${signal} is new now; you signed in three minutes ago.`
          })}
        >
          Come from a new {signal}
        </button>
      ))}
      <button
        type="button"
        disabled={busy}
        onClick={press(async () => {
          await post(`${API}/demo/reset`, {}, apiCredentials)
          onReset()
          await queryClient.invalidateQueries()
          return 'Everything is as it was.'
        })}
      >
        Reset the demo
      </button>
    </div>
  )
}
