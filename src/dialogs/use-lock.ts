import { useState } from 'react'
import type { StepUpError } from '../core/errors.js'
import type { StepUpState } from '../core/machine.js'

type Locks = Readonly<Record<string, StepUpError>>
const NONE: Locks = {}

/**
 * What the server last said of too many tries of the method in use, while the prompt is there: choosing
 * another one takes the error out of the state.
 */
export function useLock(state: StepUpState): StepUpError | null {
  const [seen, setSeen] = useState(NONE)
  const locks = locksAfter(seen, state)
  if (locks !== seen) setSeen(locks)
  return 'method' in state ? (locks[state.method?.id ?? ''] ?? null) : null
}

function locksAfter(seen: Locks, state: StepUpState): Locks {
  if (!('waiting' in state)) return NONE
  if (state.status !== 'prompting' || !state.method) return seen
  const { error, method } = state
  if (error?.code !== 'locked' || !error.retryAfter || seen[method.id] === error) return seen
  return { ...seen, [method.id]: error }
}
