import type { ComponentType } from 'react'
import type { StepUpDialogProps } from './shell.js'
import { shellFor } from './shell.js'

/**
 * `StepUpDialog` where the password is all that is asked for in the page.
 *
 * @example
 * <PasswordDialog forgotPassword={<a href="/reset">Forgot password?</a>} />
 */
export const PasswordDialog: ComponentType<StepUpDialogProps> = /* @__PURE__ */ shellFor(
  'PasswordDialog',
  () => import('./password-surface.js'),
)
