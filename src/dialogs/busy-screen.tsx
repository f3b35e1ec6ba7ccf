import type { ReactNode } from 'react'
import { Spinner } from './icon.js'
import { Actions, CancelButton, Description, Items, Title } from './parts.js'
import type { Label } from './wording.js'

interface BusyScreenProps {
  readonly title: string
  readonly labels?: readonly Label[]
  /** Whether it can still be given up. */
  readonly cancel?: boolean
}

/** Something is under way, and the person waits for it. */
export function BusyScreen({ title, labels = [], cancel = false }: BusyScreenProps): ReactNode {
  return (
    <>
      <Spinner />
      <Title>{title}</Title>
      <Description>{labels.length > 0 && <Items labels={labels} />}</Description>
      {cancel && (
        <Actions>
          <CancelButton />
        </Actions>
      )}
    </>
  )
}
