import type { ReactNode } from 'react'
import { useId } from 'react'
import type { TripMethod } from '../core/adapter.js'
import { useDialog } from './dialog-context.js'
import { placeOf } from './wording.js'

interface MethodChooserProps {
  readonly trips: readonly TripMethod[]
  readonly chosen: TripMethod
  readonly issuer: string
}

/** Which way to confirm, where there are several; the adapter's order is best first. */
export function MethodChooser({ trips, chosen, issuer }: MethodChooserProps): ReactNode {
  const { messages, controls } = useDialog()
  const name = useId()
  return (
    <fieldset data-step-up="methods">
      <legend>{messages.chooseMethod}</legend>
      {trips.map((trip) => (
        <label key={trip.id} data-step-up="method">
          <input
            type="radio"
            name={name}
            checked={trip.id === chosen.id}
            onChange={() => controls.choose(trip)}
          />
          <bdi>{placeOf(trip, issuer, messages)}</bdi>
        </label>
      ))}
    </fieldset>
  )
}
