import type { Requirement } from 'react-step-up'

export interface Kind {
  readonly requirement: Requirement
  readonly resume?: 'auto'
  readonly secret?: true
}

/** The actions of the app. */
export const kinds: Readonly<Record<string, Kind>> = {
  recent: { requirement: { maxAge: 300 } },
  once: { requirement: { maxAge: 0 } },
  strong: { requirement: { maxAge: 600, acrValues: ['mfa'] } },
  level: { requirement: { acrValues: ['mfa', 'hwk'] } },
  auto: { requirement: { maxAge: 300 }, resume: 'auto' },
  secret: { requirement: { maxAge: 300 }, secret: true },
}

/** What a hook may ask for beside an action, or of a function. */
export const hooks: readonly Requirement[] = [
  { maxAge: 300 },
  { maxAge: 60 },
  { maxAge: 0 },
  { maxAge: 900, acrValues: ['mfa'] },
]

/** What the API may demand. */
export const demands: readonly Requirement[] = [
  { maxAge: 300 },
  { maxAge: 0 },
  { maxAge: 120, acrValues: ['mfa'] },
  { acrValues: ['hwk', 'mfa'] },
]

/** Both at once, as a person would work it out; `null`: nothing can meet both. */
export function both(a: Requirement | undefined, b: Requirement | undefined): Requirement | null {
  if (!a || !b) return a ?? b ?? null
  const ages = [a.maxAge, b.maxAge].filter((age) => age !== undefined)
  const lists = [a.acrValues, b.acrValues].filter((list) => list !== undefined)
  const acrValues = lists[0]?.filter((acr) => lists.every((list) => list.includes(acr)))
  if (acrValues?.length === 0) return null
  return {
    ...(ages.length > 0 && { maxAge: Math.min(...ages) }),
    ...(acrValues && { acrValues }),
  } as Requirement
}
