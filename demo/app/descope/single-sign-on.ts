import { accepted, descope } from './sdk.js'

/** Where people come back to after a first sign-in at their company. */
export const SIGNED_IN = '/signed-in'

export async function signInAtCompany(): Promise<void> {
  const { origin } = window.location
  const answer = await accepted((await descope).sso.start('initech', origin + SIGNED_IN))
  if (answer) window.location.assign(answer.url)
}
