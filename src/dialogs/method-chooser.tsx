import type { ReactNode } from 'react'
import { useId } from 'react'

export interface MethodChooserProps {
  readonly title: string
  /** Best first. */
  readonly ways: readonly Way[]
}

interface Way {
  readonly id: string
  readonly name: string
  /** Where it goes to, masked. */
  readonly destination?: string | undefined
  readonly onChoose: () => void
}

/** The other ways to confirm: there is one more after every failure. */
export function MethodChooser({ title, ways }: MethodChooserProps): ReactNode {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} data-step-up="methods">
      <h3 id={titleId}>{title}</h3>
      <ul>
        {ways.map(({ id, name, destination, onChoose }) => (
          <li key={id}>
            <button type="button" data-step-up="method" onClick={onChoose}>
              <bdi>{name}</bdi>
              {destination && <bdi>{destination}</bdi>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
