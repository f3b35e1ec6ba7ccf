import type { ComponentType, ReactNode } from 'react'
import { useEffect } from 'react'
import type { Method } from '../core/adapter.js'
import { useClient } from '../react/step-up-provider.js'
import { useDialog } from './dialog-context.js'
import type { Asking, FormProps } from './form.js'
import { usable } from './form.js'
import { Framed, isFramedByOthers } from './framed.js'
import { Description } from './parts.js'
import { useOnline } from './use-online.js'
import { labelsOf, reasonOf } from './wording.js'

/** Before the proof: what is confirmed, as whom, why now, how, and what happens next. */
export function AskScreen({ state }: { readonly state: Asking }): ReactNode {
  const { messages, controls, components, forms, round } = useDialog()
  const { Icon, Title, Text, Facts, MethodChooser, Notice } = components
  const client = useClient('StepUpDialog')
  const online = useOnline()
  const { authentication, waiting, step } = state
  const methods = usable(state.methods, forms)
  const method = methods.find(({ id }) => id === state.method?.id) ?? methods[0]
  // The one that leads may be of a kind that is not asked for here.
  const chosen = method?.id === state.method?.id
  useEffect(() => {
    if (method && !chosen) controls.choose(method)
  }, [chosen, controls, method])
  if (!method) return null

  const others = methods.filter(({ id }) => id !== method.id)
  const again = step > 1
  return (
    <>
      <Icon tone="ask" />
      <Title more={again ? messages.nextText : undefined}>
        {again ? messages.nextTitle : messages.askTitle}
      </Title>
      <Description>
        <Text>
          {again ? messages.nextText : reasonOf(state, method, client.getAge(), messages)}
          {method.type !== 'redirect' && messages.between + messages.goesOn}
        </Text>
        <Facts labels={labelsOf(waiting)} account={authentication.account} />
      </Description>
      {!online && <Notice {...messages.offline} />}
      {takesCredentials(method) && isFramedByOthers() ? (
        <Framed />
      ) : (
        <MethodForm key={`${method.id} ${String(round)}`} state={state} method={method} />
      )}
      {others.length > 0 && (
        <MethodChooser
          methods={others}
          disabled={state.status === 'verifying'}
          issuer={authentication.issuer}
          onChoose={(other) => controls.choose(other)}
        />
      )}
    </>
  )
}

const takesCredentials = ({ type }: Method) => type !== 'redirect' && type !== 'link'

function MethodForm(props: FormProps): ReactNode {
  const { forms } = useDialog()
  const Form = forms[props.method.type] as ComponentType<FormProps> | undefined
  return Form && <Form {...props} />
}
