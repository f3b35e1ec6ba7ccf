import { PasswordForm } from './password-form.js'
import { PromptScreen } from './screen.js'
import { surfaceFor } from './surface.js'

export default surfaceFor({ forms: { password: PasswordForm }, Prompt: PromptScreen })
