import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import type { Asking } from './form.js'
import { Labels } from './labels.js'
import { personOf } from './wording.js'

/** What the prompt is about, and whom. */
export function Concerned({ state }: { readonly state: Asking }): ReactNode {
  const { messages, components } = useDialog()
  const { Facts } = components
  return (
    <Facts
      action={messages.action}
      items={<Labels of={state.waiting} />}
      account={messages.account}
      person={personOf(state.authentication.account)}
    />
  )
}
