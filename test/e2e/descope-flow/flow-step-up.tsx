import { Descope } from '@descope/react-sdk'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createStepUpClient, StepUpError } from 'react-step-up'
import { createDescopeAdapter, type DescopeSession } from 'react-step-up/adapters/descope'

export const descope = createDescopeAdapter({ methods: () => [] })
export const stepUp = createStepUpClient({
  adapter: {
    ...descope,
    methods: ({ acrValues }) => {
      // No token of Descope has a level.
      if (acrValues) return []
      const verify = async ({ signal }: { signal: AbortSignal }) => {
        descope.steppedUp(await showFlow(signal))
      }
      return [{ type: 'passkey', id: 'flow', verify }]
    },
  },
})

interface Shown {
  answer(session: DescopeSession): void
  fail(error: Error): void
}
let show: (shown: Shown | null) => void = () => undefined

function showFlow(signal: AbortSignal): Promise<DescopeSession> {
  const answered = new Promise<DescopeSession>((answer, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason as Error))
    show({ answer, fail })
  })
  return answered.finally(() => show(null))
}

/** Beside StepUpDialog: whoever cancels the flow cancels the action. */
export function FlowDialog() {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    show = setShown
  }, [])
  return shown && <Flow {...shown} />
}

function Flow({ answer, fail }: Shown) {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  const { cancel } = stepUp.controls
  return (
    <dialog ref={ref} aria-label="Confirm that it's you" onCancel={cancel}>
      <Descope
        flowId="step-up"
        onSuccess={({ detail }) => answer(detail)}
        onError={() => fail(new StepUpError('provider_error', 'The flow failed. Try again.'))}
      />
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </dialog>
  )
}
