import { createStepUpClient } from 'react-step-up'
import { createTokenAdapter } from 'react-step-up/adapters/token'
import { renameProject } from '../shared/actions.ts'
import { auth } from '../shared/auth.ts'
import { router } from './router.tsx'

export const stepUp = createStepUpClient({
  adapter: createTokenAdapter(auth(PROVIDER)),
  actions: [renameProject],
  navigate: (path, { replace }) => router.navigate({ href: path, replace }),
})
