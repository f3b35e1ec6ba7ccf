import { userManager } from './user-manager.js'

// The end of a sign-in without a prompt, in a hidden frame: hands the answer to the page around it.
void userManager.signinSilentCallback()
