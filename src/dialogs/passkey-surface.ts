import { PasskeyForm } from './passkey-form.js'
import { PromptScreen } from './screen.js'
import { surfaceFor } from './surface.js'

export default surfaceFor({ forms: { passkey: PasskeyForm }, Prompt: PromptScreen })
