// What can be set in the playground, and what each setting means to the client.
import { definePolicies, type PolicyName, type RequirementInput } from 'react-step-up'
import type { FakeAnswer } from 'react-step-up/testing'

export const policies = definePolicies({
  'billing.update': 900,
  'project.delete': 300,
  'key.rotate': 0,
})

/** The level that a passkey or the provider reaches, and a password or a code alone does not. */
export const MFA = 'urn:acme:mfa'

export const requirements = {
  seconds: 'So many seconds at most',
  'project.delete': 'Policy “project.delete” (300 s)',
  'billing.update': 'Policy “billing.update” (900 s)',
  'key.rotate': 'Policy “key.rotate” (0: for this very use)',
  mfa: `The level ${MFA}`,
} as const

export const ways = {
  password: 'A password',
  code: 'A code by mail',
  link: 'A link by mail',
  passkey: 'A passkey',
  trip: 'A trip in this tab',
  window: 'A trip, also in a window',
} as const

export const answers = {
  succeed: 'accepts',
  fail: 'refuses',
  wait: 'keeps waiting',
  wrong_account: 'says it is somebody else',
  ignore_max_age: 'does not ask again (ignores max_age)',
} as const

export type Way = keyof typeof ways
export type Answer = Extract<FakeAnswer, keyof typeof answers>

export interface Settings {
  readonly requirement: keyof typeof requirements
  /** For the requirement `seconds`. */
  readonly seconds: number
  readonly ways: readonly Way[]
  readonly answer: Answer
}

export const initialSettings: Settings = {
  requirement: 'seconds',
  seconds: 300,
  ways: ['password', 'trip'],
  answer: 'succeed',
}

export function requirementOf({ requirement, seconds }: Settings): RequirementInput {
  if (requirement === 'seconds') return seconds
  return requirement === 'mfa' ? { acrValues: [MFA] } : (requirement as PolicyName)
}

const DAY = 86_400

/** A slider's place, 0 to 100, as an age in seconds, 0 to a day: fine where it matters. */
export const ageAt = (place: number): number => Math.round((DAY + 1) ** (place / 100) - 1)

const UNITS = [
  ['day', DAY],
  ['hour', 3600],
  ['minute', 60],
] as const

/** `3 hours`, in words that screen readers read well. */
export function inWords(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? (['second', 1] as const)
  const count = Math.floor(seconds / size)
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`
}
