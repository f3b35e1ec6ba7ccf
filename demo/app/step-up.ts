import { createStepUpClient } from 'react-step-up'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import { policies } from '../policies.js'
import { deleteProject, rotateApiKey, updateBilling } from './actions.js'
import { navigate } from './location.js'
import { userManager } from './user-manager.js'

// Imported first by main.tsx: it reads the address before anybody cleans it.
export const stepUp = createStepUpClient({
  adapter: createOidcClientTsAdapter(userManager, { label: 'Acme ID' }),
  policies,
  actions: [deleteProject, rotateApiKey, updateBilling],
  navigate,
})
