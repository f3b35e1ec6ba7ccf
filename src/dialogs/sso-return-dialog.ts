import type { ComponentType } from 'react'
import type { StepUpDialogProps } from './shell.js'
import { shellFor } from './shell.js'

/**
 * What is shown after a trip, for apps that ask in a dialog of their own (`useStepUp`): the
 * confirmation, the outcome, and every way it can fail. It does not count as the dialog that asks.
 *
 * @example
 * <OwnDialog /><SsoReturnDialog signOut={signOut} />
 */
export const SsoReturnDialog: ComponentType<StepUpDialogProps> = /* @__PURE__ */ shellFor(
  'SsoReturnDialog',
  () => import('./sso-return-surface.js'),
  false,
)
