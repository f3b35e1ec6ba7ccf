import type { ReactNode } from 'react'
import type { TripMethod } from '../core/adapter.js'
import type { StepUpState } from '../core/machine.js'
import { useClient } from '../react/step-up-provider.js'
import { useDialog } from './dialog-context.js'
import { Facts } from './facts.js'
import { Icon } from './icon.js'
import { MethodChooser } from './method-chooser.js'
import { Actions, Button, CancelButton, Description, Notice, Text, Title } from './parts.js'
import { failureOf, labelsOf, placeOf, promiseOf, reasonOf, usable } from './wording.js'

type Prompting = Extract<StepUpState, { status: 'prompting' }>

/** Before the trip: what is confirmed, as whom, why now, where to, and what comes back. */
export function AskScreen({ state }: { readonly state: Prompting }): ReactNode {
  const { messages, controls } = useDialog()
  const client = useClient('StepUpDialog')
  const { authentication, waiting, methods, method, error } = state
  const trips = usable(methods)
  const chosen = trips.find(({ id }) => id === method?.id) ?? trips[0]
  if (!chosen) return null

  const go = (trip: TripMethod) => {
    // The one that leads may be of a kind that only a later version can show.
    controls.choose(trip)
    controls.leave('tab')
  }
  const place = placeOf(chosen, authentication.issuer, messages)
  const failure = error && failureOf(error.code, true, messages)
  return (
    <>
      <Icon tone="ask" />
      <Title>{messages.askTitle}</Title>
      <Description>
        <Text>{reasonOf(state, client.getAge(), messages)}</Text>
        <Facts labels={labelsOf(waiting)} account={authentication.account} />
      </Description>
      {failure && <Notice {...failure} />}
      {trips.length > 1 && (
        <MethodChooser trips={trips} chosen={chosen} issuer={authentication.issuer} />
      )}
      <Text>{promiseOf(waiting, messages)}</Text>
      <Actions>
        <Button variant="primary" initialFocus onPress={() => go(chosen)}>
          {messages.continueTo(place)}
        </Button>
        <CancelButton />
      </Actions>
    </>
  )
}
