import type { Definition } from './action.js'
import type { Entry } from './queue.js'
import { unstorable } from './storable.js'

/** A call that must wait, before it is known whether it could come back from a trip. */
export interface Pause extends Omit<Entry, 'tiedBy' | 'resumable'> {
  readonly parsed: unknown
  /** It asks for the proof alone: there is nothing to come back to. */
  readonly isBare: boolean
  /** What keeps it on this page, beside its variables. */
  readonly tiedBy?: string
}

export function toEntry({ parsed, isBare, ...pause }: Pause): Entry {
  const { definition, requirement, variables } = pause
  if (definition) {
    const tiedBy = pause.tiedBy ?? tieOf(definition, variables, parsed)
    return { ...pause, tiedBy, resumable: tiedBy === null }
  }
  // It is proved for this one call, and no page after a trip could make that call again.
  const tiedBy = requirement.maxAge === 0 ? 'a function that needs a proof of its own' : null
  return { ...pause, tiedBy, resumable: isBare }
}

/** A schema may rename: a secret of its output was in its input too, by whatever name. */
function tieOf({ secret = [] }: Definition, variables: unknown, parsed: unknown): string | null {
  const held = secret.find((name) => holds(variables, name) || holds(parsed, name))
  return held ?? unstorable(variables)
}

const holds = (value: unknown, name: string): boolean =>
  (value as Record<string, unknown> | null | undefined)?.[name] !== undefined
