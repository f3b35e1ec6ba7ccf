import type { ComponentType } from 'react'
import type { StepUpDialogProps } from './shell.js'
import { shellFor } from './shell.js'

/**
 * `StepUpDialog` for passkeys alone.
 *
 * @example
 * <PasskeyDialog />
 */
export const PasskeyDialog: ComponentType<StepUpDialogProps> = /* @__PURE__ */ shellFor(
  'PasskeyDialog',
  () => import('./passkey-surface.js'),
)
