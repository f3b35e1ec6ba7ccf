import { definePolicies } from 'react-step-up'

/** What the console's sensitive actions require. The app uses it to ask early, the API to decide. */
export const policies = definePolicies({
  'project.delete': 300,
  'billing.update': 900,
  'api-key.reveal': 120,
  'api-key.rotate': 0,
  'passkey.add': 300,
  'payout.change': 180,
  'transfer.create': 60,
})

declare module 'react-step-up' {
  interface Register {
    policies: typeof policies
  }
}
