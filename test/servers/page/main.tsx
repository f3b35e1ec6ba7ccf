// The least app there is: one button, the real SDK, the real dialog.
import { UserManager } from 'oidc-client-ts'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { AuthProvider, useAuth } from 'react-oidc-context'
import {
  createStepUpClient,
  defineAction,
  isStepUpError,
  StepUpProvider,
  useRequireFreshAuth,
  useResumed,
} from 'react-step-up'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import { StepUpDialog } from 'react-step-up/dialogs'

const meta = (name: string) =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ''

const userManager = new UserManager({
  authority: meta('issuer'),
  client_id: 'console',
  redirect_uri: `${window.location.origin}/callback`,
  automaticSilentRenew: false,
})

const deleteProject = defineAction({
  id: 'project.delete',
  requirement: Number(new URLSearchParams(window.location.search).get('age') ?? 300),
  async run(_: unknown, { requestId, signal }) {
    const token = (await userManager.getUser())?.access_token ?? ''
    const response = await fetch(`${meta('api')}/projects/apollo`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': requestId },
      signal,
    })
    if (response.status === 401) return response
    return response.json() as Promise<unknown>
  },
  describe: () => 'Delete project Apollo',
})

const client = createStepUpClient({
  adapter: createOidcClientTsAdapter(userManager, { label: 'Acme ID' }),
  actions: [deleteProject],
})

const outcomeOf = (outcome: { data: unknown } | { error: unknown }): string => {
  if ('data' in outcome) {
    return outcome.data instanceof Response ? `HTTP ${outcome.data.status}` : 'deleted'
  }
  return isStepUpError(outcome.error) ? outcome.error.code : 'failed'
}

function App() {
  const auth = useAuth()
  const requireFreshAuth = useRequireFreshAuth()
  const [said, setSaid] = useState('')
  useResumed(deleteProject, (outcome) => {
    setSaid(outcomeOf(outcome))
  })
  if (!auth.isAuthenticated) {
    return <button onClick={() => void auth.signinRedirect()}>Sign in</button>
  }
  const press = () =>
    requireFreshAuth(deleteProject)
      .then((data) => ({ data }))
      .catch((error: unknown) => ({ error }))
      .then((outcome) => {
        setSaid(outcomeOf(outcome))
      })
  return (
    <>
      <h1>{auth.user?.profile.name}</h1>
      <button onClick={press}>Delete</button>
      <p>
        Outcome: <output>{said}</output>
      </p>
    </>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <StepUpProvider client={client}>
    <AuthProvider
      userManager={userManager}
      skipSigninCallback={client.returning}
      onSigninCallback={() => {
        window.history.replaceState(null, '', '/')
      }}
    >
      <App />
    </AuthProvider>
    <StepUpDialog />
  </StepUpProvider>,
)
