import type { ComponentType, ReactNode } from 'react'
import { useEffect } from 'react'
import type { Method } from '../core/adapter.js'
import { useClient } from '../react/step-up-provider.js'
import { Concerned } from './concerned.js'
import { useDialog } from './dialog-context.js'
import type { AnyFormProps, Asking } from './form.js'
import { usable } from './form.js'
import { Framed, isFramedByOthers } from './framed.js'
import { Head } from './head.js'
import { useOnline } from './use-online.js'
import { nameOf, reasonOf } from './wording.js'

/** Before the proof: what is confirmed, as whom, why now, how, and what happens next. */
export function AskScreen({ state }: { readonly state: Asking }): ReactNode {
  const { messages, controls, components, forms, round } = useDialog()
  const { MethodChooser, Notice } = components
  const client = useClient('StepUpDialog')
  const online = useOnline()
  const methods = usable(state.methods, forms)
  const method = methods.find(({ id }) => id === state.method?.id) ?? methods[0]
  // The one that leads may be of a kind that is not asked for here.
  const chosen = method?.id === state.method?.id
  useEffect(() => {
    if (method && !chosen) controls.choose(method)
  }, [chosen, controls, method])
  if (!method) return null

  const again = state.step > 1
  const why = again ? messages.nextText : reasonOf(state, method, client.getAge(), messages)
  const goesOn = method.type === 'redirect' ? '' : messages.between + messages.goesOn
  const ways = methods
    .filter(({ id }) => id !== method.id)
    .map((other) => ({
      id: other.id,
      name: nameOf(other, state.authentication.issuer, messages),
      destination: 'destination' in other ? other.destination : undefined,
      onChoose: () => controls.choose(other),
    }))
  return (
    <>
      <Head
        tone="ask"
        title={again ? messages.nextTitle : messages.askTitle}
        text={why + goesOn}
        said={again ? why : ''}
      >
        <Concerned state={state} />
      </Head>
      {!online && <Notice {...messages.offline} />}
      {takesCredentials(method) && isFramedByOthers() ? (
        <Framed />
      ) : (
        <MethodForm key={`${method.id} ${String(round)}`} state={state} method={method} />
      )}
      {ways.length > 0 && <MethodChooser title={messages.otherWays} ways={ways} />}
    </>
  )
}

const takesCredentials = ({ type }: Method) => type !== 'redirect' && type !== 'link'

function MethodForm(props: AnyFormProps): ReactNode {
  const { forms } = useDialog()
  const Form = forms[props.method.type] as ComponentType<AnyFormProps> | undefined
  return Form && <Form {...props} />
}
