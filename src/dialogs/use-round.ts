import { useState } from 'react'
import type { StepUpState } from '../core/machine.js'

/**
 * Counts what was accepted while the dialog stays: the next may ask for a proof of its own, and nothing
 * that was typed for one is there for the other.
 */
export function useRound(state: StepUpState): number {
  const { status } = state
  const [seen, setSeen] = useState({ status, round: 0 })
  if (seen.status === status) return seen.round
  const accepted =
    state.status === 'prompting' && (!state.error || state.error.code === 'still_stale')
  const round = accepted ? seen.round + 1 : seen.round
  setSeen({ status, round })
  return round
}
