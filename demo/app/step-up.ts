import { createStepUpClient } from 'react-step-up'
import { policies } from '../policies.js'
import { adapter } from './auth.js'
import {
  changeCard,
  changePayout,
  createTransfer,
  deleteProject,
  rotateApiKey,
  updateBilling,
} from './actions.js'
import { navigate } from './location.js'

// Imported first by main.tsx: it reads the address before anybody cleans it.
export const stepUp = createStepUpClient({
  adapter,
  policies,
  actions: [changeCard, changePayout, createTransfer, deleteProject, rotateApiKey, updateBilling],
  navigate,
})

// What an app could send to its analytics: nothing in it is secret.
stepUp.subscribe((event) => {
  console.debug('step-up', JSON.stringify(event, withMessage))
})
const withMessage = (_key: string, value: unknown) =>
  value instanceof Error ? `${value.name}: ${value.message} (${String(value.cause)})` : value
