import EmailPassword from 'supertokens-web-js/recipe/emailpassword'
import Passwordless from 'supertokens-web-js/recipe/passwordless'
import ThirdParty from 'supertokens-web-js/recipe/thirdparty'

/** Resolves to what is wrong, in words; to nothing where they are signed in. */
export async function signInByPassword(email: string, password: string): Promise<string> {
  const formFields = [
    { id: 'email', value: email },
    { id: 'password', value: password },
  ]
  const { status } = await EmailPassword.signIn({ formFields })
  return status === 'OK' ? '' : 'That email and password do not belong together.'
}

export async function sendCode(email: string): Promise<string> {
  const { status } = await Passwordless.createCode({ email })
  return status === 'OK' ? '' : 'The code could not be sent.'
}

export async function signInByCode(userInputCode: string): Promise<string> {
  const { status } = await Passwordless.consumeCode({ userInputCode })
  return status === 'OK' ? '' : 'That code is not right.'
}

const callback = `${window.location.origin}/callback`

export async function leaveForCompany(): Promise<void> {
  const thirdPartyId = 'initech'
  const url = await ThirdParty.getAuthorisationURLWithQueryParamsAndSetState({
    ...{ thirdPartyId, frontendRedirectURI: callback },
  })
  window.location.assign(url)
}

/** Once for a page: the code is spent by it. */
export async function comeBackFromCompany(): Promise<string> {
  const { status } = await ThirdParty.signInAndUp()
  return status === 'OK' ? '' : 'Initech SSO signed in nobody who has an account at Acme.'
}
