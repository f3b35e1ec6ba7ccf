import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { StepUpControls } from '../core/client.js'
import type { StepUpState } from '../core/machine.js'
import { useClient } from './step-up-provider.js'

const IDLE: StepUpState = { status: 'idle' }

/**
 * The state of the step-up and what can be done about it: for building a dialog of your own. A
 * component that uses it counts as the dialog.
 *
 * @example
 * const { state, leave, cancel } = useStepUp()
 */
export function useStepUp(): { readonly state: StepUpState } & StepUpControls {
  const client = useClient('useStepUp')
  const state = useSyncExternalStore(client.subscribe, client.getState, () => IDLE)
  useEffect(() => client.attachDialog(), [client])
  return useMemo(() => ({ state, ...client.controls }), [client, state])
}
