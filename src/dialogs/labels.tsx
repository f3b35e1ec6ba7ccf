import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import type { Labelled } from './wording.js'
import { linesOf } from './wording.js'

/** What waits or waited, if anything does, in one list. */
export function Labels({ of }: { readonly of: readonly Labelled[] }): ReactNode {
  const { messages, components } = useDialog()
  const { Items } = components
  return of.length > 0 && <Items lines={linesOf(of, messages)} />
}
