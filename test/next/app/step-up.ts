import { createStepUpClient } from 'react-step-up'
import { createTokenAdapter } from 'react-step-up/adapters/token'
import { renameProject } from '../shared/actions.ts'
import { auth } from '../shared/auth.ts'

type Navigate = (path: string, options: { replace: true }) => void
let navigate: Navigate | null = null

/** The router of Next is there in components only. */
export function setNavigate(next: Navigate): void {
  navigate = next
}

export const provider = process.env['NEXT_PUBLIC_PROVIDER'] ?? ''

export const stepUp = createStepUpClient({
  adapter: createTokenAdapter(auth(provider)),
  actions: [renameProject],
  navigate: (path, options) => navigate?.(path, options),
})
