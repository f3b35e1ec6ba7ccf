import { BackScreen } from './back-screen.js'
import { surfaceFor } from './surface.js'

export default surfaceFor({ forms: {}, Back: BackScreen })
