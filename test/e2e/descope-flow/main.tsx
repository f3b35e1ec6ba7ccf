import { descope, FlowDialog, stepUp } from './flow-step-up'
import { AuthProvider, getSessionToken, useDescope, useSession } from '@descope/react-sdk'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  isStepUpError,
  StepUpProvider,
  useAuthentication,
  useFreshness,
  useRequireFreshAuth,
} from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import 'react-step-up/dialogs/styles.css'

function ConnectStepUp() {
  const sdk = useDescope()
  useEffect(() => {
    descope.connect(sdk)
  }, [sdk])
  return null
}

async function remove() {
  const headers = { Authorization: `Bearer ${getSessionToken()}` }
  const { ok } = await fetch('/deletions', { method: 'POST', headers })
  if (!ok) throw new Error('The API refused it.')
}

function Page() {
  const sdk = useDescope()
  // It is this hook that refreshes while the page loads.
  const { isAuthenticated } = useSession()
  const authentication = useAuthentication()
  const { fresh } = useFreshness(300)
  const requireFreshAuth = useRequireFreshAuth(300)
  const [said, say] = useState('')
  const press = async () => {
    try {
      await requireFreshAuth(remove)
      say('Deleted.')
    } catch (error) {
      say(isStepUpError(error) ? error.code : String(error))
    }
  }
  return (
    <main>
      <button onClick={() => void sdk.password.signIn('ada@acme.test', 'correct horse')}>
        Sign in
      </button>
      <button onClick={() => void press()}>Delete</button>
      <output>{said}</output>
      <p data-testid="who">{isAuthenticated ? authentication?.subject : 'nobody'}</p>
      <p data-testid="fresh">{fresh ? 'fresh' : 'not fresh'}</p>
      <p data-testid="stepped-up">{authentication?.authTime ?? 'never'}</p>
    </main>
  )
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AuthProvider projectId={DESCOPE_PROJECT} baseUrl={DESCOPE} baseCdnUrl={DESCOPE}>
      <ConnectStepUp />
      <StepUpProvider client={stepUp}>
        <Page />
        <StepUpDialog messages={{ usePasskey: 'Confirm', passkeyText: '' }} />
        <FlowDialog />
      </StepUpProvider>
    </AuthProvider>
  </StrictMode>,
)
