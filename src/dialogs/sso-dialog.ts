import type { ComponentType } from 'react'
import type { StepUpDialogProps } from './shell.js'
import { shellFor } from './shell.js'

/**
 * `StepUpDialog` for trips to a sign-in page alone: where to, the window beside the page, and the way
 * back.
 *
 * @example
 * <SsoDialog signOut={signOut} />
 */
export const SsoDialog: ComponentType<StepUpDialogProps> = /* @__PURE__ */ shellFor(
  'SsoDialog',
  () => import('./sso-surface.js'),
)
