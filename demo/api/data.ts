import { randomBytes } from 'node:crypto'

export interface Project {
  id: string
  name: string
  members: number
}
export interface ApiKey {
  id: string
  name: string
  key: string
}
export interface Billing {
  plan: string
  email: string
  card: string
}
export interface Payouts {
  iban: string
  transfers: { to: string; amount: number }[]
  /** In euros, since the last proof. */
  unproved: number
}
export interface Data {
  projects: Project[]
  apiKeys: ApiKey[]
  billing: Billing
  payouts: Payouts
  /** Ids, one for each time a project was deleted. */
  deletions: string[]
}

export const newKey = (): string => `acme_demo_${randomBytes(12).toString('hex')}`
export const mask = (key: string): string => `acme_demo_…${key.slice(-4)}`

export const maskIban = (iban: string): string => `${iban.slice(0, 2)} •••• ${iban.slice(-4)}`

export const seed = (): Data => ({
  projects: [
    { id: 'apollo', name: 'Apollo', members: 12 },
    { id: 'gemini', name: 'Gemini', members: 4 },
    { id: 'mercury', name: 'Mercury', members: 7 },
    { id: 'skylab', name: 'Skylab', members: 9 },
    { id: 'voyager', name: 'Voyager', members: 2 },
  ],
  apiKeys: [
    { id: 'production', name: 'Production', key: newKey() },
    { id: 'ci', name: 'Continuous integration', key: newKey() },
  ],
  billing: { plan: 'Team', email: 'billing@acme.example', card: '•••• 4242' },
  payouts: { iban: 'DE89370400440532013000', transfers: [], unproved: 0 },
  deletions: [],
})
