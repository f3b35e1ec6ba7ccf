import { useMemo } from 'react'
import type { RequirementInput } from '../core/requirement.js'

/** The same object for as long as it says the same. */
export function useStable<T extends RequirementInput | undefined>(requirement: T): T {
  const key = JSON.stringify({ requirement })
  return useMemo(() => (JSON.parse(key) as { requirement: T }).requirement, [key])
}
