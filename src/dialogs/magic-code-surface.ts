import { CodeForm } from './code-form.js'
import { LinkForm } from './link-form.js'
import { PromptScreen } from './screen.js'
import { surfaceFor } from './surface.js'

export default surfaceFor({ forms: { code: CodeForm, link: LinkForm }, Prompt: PromptScreen })
