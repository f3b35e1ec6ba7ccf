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
export interface Data {
  projects: Project[]
  apiKeys: ApiKey[]
  billing: Billing
  /** Ids, one for each time a project was deleted. */
  deletions: string[]
}

export const newKey = (): string => `acme_demo_${randomBytes(12).toString('hex')}`
export const mask = (key: string): string => `acme_demo_…${key.slice(-4)}`

export const seed = (): Data => ({
  projects: [
    { id: 'apollo', name: 'Apollo', members: 12 },
    { id: 'gemini', name: 'Gemini', members: 4 },
    { id: 'mercury', name: 'Mercury', members: 7 },
    { id: 'voyager', name: 'Voyager', members: 2 },
  ],
  apiKeys: [
    { id: 'production', name: 'Production', key: newKey() },
    { id: 'ci', name: 'Continuous integration', key: newKey() },
  ],
  billing: { plan: 'Team', email: 'billing@acme.example', card: '•••• 4242' },
  deletions: [],
})
