import { BackScreen } from './back-screen.js'
import { PromptScreen } from './screen.js'
import { surfaceFor } from './surface.js'
import { TripForm } from './trip-form.js'

export default surfaceFor({
  forms: { redirect: TripForm },
  Prompt: PromptScreen,
  Back: BackScreen,
})
