import type { ReactNode } from 'react'
import type { StepUpState } from '../core/machine.js'
import { useDialog } from './dialog-context.js'
import { Facts } from './facts.js'
import { Icon } from './icon.js'
import { Actions, CloseButton, Description, Text, Title } from './parts.js'
import { labelsOf } from './wording.js'

type Prompting = Extract<StepUpState, { status: 'prompting' }>

/** Nothing here could prove who it is: said plainly, with whom to ask. */
export function DeadEndScreen({ state }: { readonly state: Prompting }): ReactNode {
  const { messages } = useDialog()
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
