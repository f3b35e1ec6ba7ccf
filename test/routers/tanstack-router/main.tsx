import { stepUp } from './step-up.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from '@tanstack/react-router'
import { StepUpProvider } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import 'react-step-up/dialogs/styles.css'
import { Gate } from '../shared/gate.tsx'
import { router } from './router.tsx'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <StepUpProvider client={stepUp}>
      <Gate provider={PROVIDER}>
        <RouterProvider router={router} />
      </Gate>
      <StepUpDialog />
    </StepUpProvider>
  </StrictMode>,
)
