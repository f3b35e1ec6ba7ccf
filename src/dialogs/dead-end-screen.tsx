import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import type { Asking } from './form.js'
import { CloseButton } from './button.js'
import { Description } from './parts.js'
import { labelsOf } from './wording.js'

/** Nothing here could prove who it is: said plainly, with whom to ask. */
export function DeadEndScreen({ state }: { readonly state: Asking }): ReactNode {
  const { messages, components } = useDialog()
  const { Actions, Facts, Icon, Text, Title } = components
  const { authentication, waiting } = state
  const { title, text } = authentication.impersonated
    ? messages.impersonated
    : messages.failures.no_method
  return (
    <>
      <Icon tone="warn" />
      <Title more={text}>{title}</Title>
      <Description>
        <Text>{text}</Text>
        <Facts labels={labelsOf(waiting)} account={authentication.account} />
      </Description>
      <Actions>
        <CloseButton variant="primary" />
      </Actions>
    </>
  )
}
