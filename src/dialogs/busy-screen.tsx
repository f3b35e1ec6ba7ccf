import type { ReactNode } from 'react'
import { useDialog } from './dialog-context.js'
import { Head } from './head.js'
import { Labels } from './labels.js'
import type { Labelled } from './wording.js'

interface BusyScreenProps {
  readonly title: string
  readonly text?: string | undefined
  readonly labels?: readonly Labelled[]
  /** The way out, where there is one. */
  readonly end?: ReactNode
}

/** Something is under way, and the person waits for it. */
export function BusyScreen({ title, text, labels = [], end }: BusyScreenProps): ReactNode {
  const { Actions } = useDialog().components
  return (
    <>
      <Head title={title} text={text}>
        <Labels of={labels} />
      </Head>
      {end && <Actions>{end}</Actions>}
    </>
  )
}
