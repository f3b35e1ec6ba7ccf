import type { ReactNode } from 'react'
import { CloseButton } from './button.js'
import { Concerned } from './concerned.js'
import { useDialog } from './dialog-context.js'
import type { Asking } from './form.js'
import { Head } from './head.js'

/** Nothing here could prove who it is: said plainly, with whom to ask. */
export function DeadEndScreen({ state }: { readonly state: Asking }): ReactNode {
  const { messages, components } = useDialog()
  const { Actions } = components
  const { impersonated, failures } = messages
  return (
    <>
      <Head
        tone="warn"
        {...(state.authentication.impersonated ? impersonated : failures.no_method)}
      >
        <Concerned state={state} />
      </Head>
      <Actions>
        <CloseButton variant="primary" />
      </Actions>
    </>
  )
}
