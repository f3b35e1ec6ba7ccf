import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAuth } from 'react-oidc-context'
import { navigate } from './location.js'
import { useToast } from './toasts.js'
import { userManager } from './user-manager.js'

const people = [
  { name: 'Ada', email: 'ada@acme.test', proof: <code>correct horse</code> },
  { name: 'Bob', email: 'bob@acme.test', proof: <code>battery staple</code> },
  {
    name: 'Grace',
    email: 'grace@acme.test',
    proof: (
      <>
        a code by mail, shown in the{' '}
        <a href={`${ISSUER}/demo/outbox`} target="_blank" rel="noreferrer">
          outbox
        </a>
      </>
    ),
  },
  {
    name: 'Lin',
    email: 'lin@initech.test',
    proof: (
      <>
        Initech SSO: <code>paper jam</code>
      </>
    ),
  },
]

export function FirstPage() {
  return (
    <section aria-labelledby="try">
      <h1 id="try">Is it still you?</h1>
      <p className="lead">
        Deleting a project takes a sign-in of the last five minutes. The console asks early, the API
        decides, and what you were doing survives the way through the sign-in page.
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
      <h2>Five things to try</h2>
      <ol className="steps">
        <li>
          <b>Straight through.</b> Sign in as Ada, open <Link to="/projects">Projects</Link>, delete
          one. Nobody asks: you have just signed in.
        </li>
        <li>
          <b>Too long ago.</b> Pretend that you signed in an hour ago, then delete another project.
          You go to Acme ID, prove that it is you, come back and confirm. It is deleted once.
        </li>
        <li>
          <b>Reload halfway.</b> The same again, but reload the page where it asks you to confirm,
          go back and forth, press twice. It still runs once, and only when you say so.
        </li>
        <li>
          <b>Not you.</b> The same again, but press Cancel at Acme ID, or come back as Bob. Nothing
          is deleted, and Bob learns nothing of what Ada was doing.
        </li>
        <li>
          <b>The API knows better.</b> Let the API be stricter than the console, then delete a
          project. The console thinks you fresh, the API does not: the same way, from its answer.
        </li>
      </ol>
    </section>
  )
}

function Link({ to, children }: { to: string; children: string }) {
  return (
    <a
      href={to}
      onClick={(event) => {
        event.preventDefault()
        navigate(to)
      }}
    >
      {children}
    </a>
  )
}

/** The demo's own switches: each really changes something at the provider or the API. */
function Controls() {
  const auth = useAuth()
  const toast = useToast()
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
  return (
    <div className="controls">
      <button
        type="button"
        disabled={busy || !auth.isAuthenticated}
        onClick={press(async () => {
          await moveSignIn(3600)
          return 'Acme ID now says that you signed in an hour ago.'
        })}
      >
        Pretend I signed in an hour ago
      </button>
      <button
        type="button"
        disabled={busy || !auth.isAuthenticated}
        onClick={press(async () => {
          await post(`${API}/demo/strict`, { seconds: 30 })
          await moveSignIn(60)
          return 'The API now takes sign-ins of the last 30 seconds; yours is a minute old.'
        })}
      >
        Let the API be stricter than the console
      </button>
      <button
        type="button"
        disabled={busy}
        onClick={press(async () => {
          await post(`${API}/demo/reset`)
          await queryClient.invalidateQueries()
          return 'Everything is as it was.'
        })}
      >
        Reset the demo
      </button>
    </div>
  )
}

/** Moves the sign-in of the provider's session into the past, and fetches tokens that tell of it. */
async function moveSignIn(seconds: number): Promise<void> {
  await post(`${ISSUER}/demo/age`, { seconds })
  // Without a prompt, and not by the refresh token: that one still tells of the sign-in it came with.
  await userManager.signinSilent({ forceIframeAuth: true })
}

async function post(url: string, body: object = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    // The provider knows the browser by its cookie; the API wants none.
    credentials: url.startsWith(ISSUER) ? 'include' : 'omit',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}.`)
}
