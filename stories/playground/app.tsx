import { useState } from 'react'
import { isStepUpError, useFreshness, useRequireFreshAuth, useResumed } from 'react-step-up'
import { inWords, requirementOf } from './settings.js'
import type { View, World } from './world.js'

interface AppProps {
  readonly world: World
  readonly view: View
}

/** The app: three things to do that need a fresh proof, and what became of them. */
export function App({ world, view }: AppProps) {
  const requirement = requirementOf(view.settings)
  const requireFreshAuth = useRequireFreshAuth(requirement)
  const { fresh, reason } = useFreshness(requirement)
  const [ended, setEnded] = useState('')
  const { project, member, note } = world
  useResumed(project, (outcome) => setEnded('data' in outcome ? 'resumed' : codeOf(outcome.error)))

  const act = async (...calls: readonly (() => Promise<unknown>)[]) => {
    setEnded('')
    const results = await Promise.allSettled(calls.map((call) => call()))
    const codes = results.map((result) =>
      result.status === 'fulfilled' ? 'done' : codeOf(result.reason),
    )
    setEnded(codes.join(', '))
  }
  const remove = () => requireFreshAuth(project, {})
  const reveal = () => requireFreshAuth(() => note('Reveal the API key'))
  const leave = () => requireFreshAuth(member, {})
  const age = view.page.client.getAge()
  return (
    <div className="app">
      <h2>Project Apollo</h2>
      <dl className="facts">
        <div>
          <dt>Last sign-in</dt>
          <dd>{age === null ? 'not known' : `${inWords(age)} ago`}</dd>
        </div>
        <div>
          <dt>Fresh enough</dt>
          <dd data-fresh={fresh}>{fresh ? 'yes' : `no: ${String(reason)}`}</dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>{view.page.client.getState().status}</dd>
        </div>
      </dl>
      <div className="buttons">
        <button type="button" onClick={() => void act(remove)}>
          Delete the project
        </button>
        <button type="button" onClick={() => void act(reveal)}>
          Reveal the API key
        </button>
        <button type="button" onClick={() => void act(remove, leave, reveal)}>
          All at once
        </button>
      </div>
      <p className="hint">
        The first is a resumable action and survives a trip. The second is a plain function, and
        lives as long as the page.
      </p>
      <h3>What was done</h3>
      {view.done.length === 0 && <p className="hint">Nothing yet.</p>}
      <ol className="done" aria-label="What was done">
        {view.done.map((what, index) => (
          <li key={index}>{what}</li>
        ))}
      </ol>
      <p className="hint">
        The last call ended with: <output>{ended || '–'}</output>
      </p>
    </div>
  )
}

const codeOf = (error: unknown) => (isStepUpError(error) ? error.code : String(error))
