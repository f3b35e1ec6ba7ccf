import { BackScreen } from './back-screen.js'
import { CodeForm } from './code-form.js'
import { LinkForm } from './link-form.js'
import { PasskeyForm } from './passkey-form.js'
import { PasswordForm } from './password-form.js'
import { PromptScreen } from './screen.js'
import { surfaceFor } from './surface.js'
import { TripForm } from './trip-form.js'

const forms = {
  password: PasswordForm,
  code: CodeForm,
  link: LinkForm,
  passkey: PasskeyForm,
  redirect: TripForm,
}

export default surfaceFor({ forms, Prompt: PromptScreen, Back: BackScreen })
