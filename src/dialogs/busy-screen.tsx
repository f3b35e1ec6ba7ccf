import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import { Description } from './parts.js'
import type { Label } from './wording.js'

interface BusyScreenProps {
  readonly title: string
  readonly labels?: readonly Label[]
  /** The way out, where there is one. */
  readonly end?: ReactNode
}

/** Something is under way, and the person waits for it. */
export function BusyScreen({ title, labels = [], end }: BusyScreenProps): ReactNode {
  const { Actions, Items, Spinner, Title } = useDialog().components
  return (
    <>
      <Spinner />
      <Title>{title}</Title>
      <Description>{labels.length > 0 && <Items labels={labels} />}</Description>
      {end && <Actions>{end}</Actions>}
    </>
  )
}
