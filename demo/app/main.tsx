import { stepUp } from './step-up.js'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { StepUpProvider } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { App } from './app.js'
import { AuthProvider, signOut } from './auth.js'
import './styles.css'
import 'react-step-up/dialogs/styles.css'
import { queryClient } from './query-client.js'
import { Toasts } from './toasts.js'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <StrictMode>
    <AuthProvider returning={stepUp.returning}>
      <StepUpProvider client={stepUp}>
        <QueryClientProvider client={queryClient}>
          <App />
          <Toasts />
        </QueryClientProvider>
        <StepUpDialog signOut={signOut} />
      </StepUpProvider>
    </AuthProvider>
  </StrictMode>,
)
