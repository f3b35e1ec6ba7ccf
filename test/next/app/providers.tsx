'use client'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { StepUpProvider } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { setNavigate, stepUp } from './step-up.ts'

export function Providers({ children }: { readonly children: ReactNode }) {
  const router = useRouter()
  useEffect(() => {
    setNavigate((path) => router.replace(path))
  }, [router])
  return (
    <StepUpProvider client={stepUp}>
      {children}
      <StepUpDialog />
    </StepUpProvider>
  )
}
