import type { ComponentType } from 'react'
import type { StepUpDialogProps } from './shell.js'
import { shellFor } from './shell.js'

/**
 * The dialog that asks people to confirm that it is them, by whatever method they have, and that
 * welcomes them back. Render it once, anywhere inside `<StepUpProvider>`. It shows nothing by itself,
 * and loads when the page is idle or something needs it. Its look is in
 * `react-step-up/dialogs/styles.css`.
 *
 * @example
 * <StepUpProvider client={stepUp}><App /><StepUpDialog signOut={signOut} /></StepUpProvider>
 */
export const StepUpDialog: ComponentType<StepUpDialogProps> = /* @__PURE__ */ shellFor(
  'StepUpDialog',
  () => import('./step-up-surface.js'),
)
