import type { ReactNode } from 'react'
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

  const place = placeOf(chosen, authentication.issuer, messages)
  const go = (where: 'tab' | 'popup') => {
    // The one that leads may be of a kind that only a later version can show.
    controls.choose(chosen)
    controls.leave(where)
  }
  const tab = { where: 'tab', text: messages.continueTo(place) } as const
  const popup = { where: 'popup', text: messages.openWindow } as const
  // What cannot come back is better off with a window beside it.
  const stays = chosen.popup && waiting.some(({ resumable }) => !resumable)
  const ways = stays ? [popup, tab] : chosen.popup ? [tab, popup] : [tab]
  const failure = error && failureOf(error, true, messages)
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
        {ways.map(({ where, text }, index) => (
          <Button
            key={where}
            variant={index === 0 ? 'primary' : 'secondary'}
            initialFocus={index === 0}
            onPress={() => go(where)}
          >
            {text}
          </Button>
        ))}
        <CancelButton />
      </Actions>
    </>
  )
}
