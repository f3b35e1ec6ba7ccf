import type { ReactNode } from 'react'
import { CancelButton } from './button.js'
import { useDialog } from './dialog-context.js'
import type { FormProps } from './form.js'
import { useAttempt } from './use-attempt.js'
import { placeOf, promiseOf } from './wording.js'

/** Where the trip leads, and what comes back from it. */
export function TripForm(props: FormProps<'redirect'>): ReactNode {
  const { state, method } = props
  const { messages, controls, components } = useDialog()
  const { Actions, Button, Notice, Text } = components
  const { notice } = useAttempt(props)
  const place = placeOf(method, state.authentication.issuer, messages)
  const tab = { where: 'tab', text: messages.continueTo(place) } as const
  const popup = { where: 'popup', text: messages.openWindow } as const
  // What cannot come back is better off with a window beside it.
  const stays = method.popup && state.waiting.some(({ resumable }) => !resumable)
  const ways = stays ? [popup, tab] : method.popup ? [tab, popup] : [tab]
  return (
    <>
      {notice && <Notice {...notice} />}
      <Text>{promiseOf(state.waiting, messages)}</Text>
      <Actions>
        {ways.map(({ where, text }, index) => (
          <Button
            key={where}
            variant={index === 0 ? 'primary' : 'secondary'}
            initialFocus={index === 0}
            onPress={() => controls.leave(where)}
          >
            {text}
          </Button>
        ))}
        <CancelButton />
      </Actions>
    </>
  )
}
