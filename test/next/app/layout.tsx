import type { ReactNode } from 'react'
import 'react-step-up/dialogs/styles.css'
import { Gate } from '../shared/gate.tsx'
import { Providers } from './providers.tsx'
import { provider } from './step-up.ts'

export const metadata = { title: 'react-step-up with Next', icons: 'data:,' }

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers>
          <Gate provider={provider}>{null}</Gate>
          {children}
        </Providers>
      </body>
    </html>
  )
}
