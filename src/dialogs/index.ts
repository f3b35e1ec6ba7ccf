export { StepUpDialog } from './step-up-dialog.js'
export type { StepUpDialogProps } from './step-up-dialog.js'
export type { Messages } from './messages.js'
