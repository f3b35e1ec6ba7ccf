import type { ComponentType } from 'react'
import type { StepUpDialogProps } from './shell.js'
import { shellFor } from './shell.js'

/**
 * `StepUpDialog` for one-time codes, by mail, text message or authenticator app, and for links by mail.
 *
 * @example
 * <MagicCodeDialog messages={french} />
 */
export const MagicCodeDialog: ComponentType<StepUpDialogProps> = /* @__PURE__ */ shellFor(
  'MagicCodeDialog',
  () => import('./magic-code-surface.js'),
)
