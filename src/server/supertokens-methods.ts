import type * as SuperTokens from 'supertokens-node'
import type * as EmailPasswordRecipe from 'supertokens-node/recipe/emailpassword'
import type * as PasswordlessRecipe from 'supertokens-node/recipe/passwordless'
import type * as ThirdPartyRecipe from 'supertokens-node/recipe/thirdparty'
import { Refused } from './verification-answer.js'
import type { VerificationMethod } from './verification-methods.js'
import type {
  Attempt,
  CodeService,
  PasswordVerification,
  TripVerification,
} from './verification-options.js'

/** What a person is asked by: the parts of `supertokens-node` that the app has set up, as imported. */
export interface SupertokensRecipes {
  /** `supertokens-node` itself. */
  readonly supertokens: Pick<typeof SuperTokens, 'getUser'>
  readonly EmailPassword?: Pick<typeof EmailPasswordRecipe, 'verifyCredentials'>
  readonly Passwordless?: Pick<
    typeof PasswordlessRecipe,
    'createCode' | 'checkCode' | 'revokeCode' | 'sendEmail' | 'sendSms'
  >
  readonly ThirdParty?: Pick<typeof ThirdPartyRecipe, 'getProvider'>
  /** Of `ThirdParty`: the page of the app where people come back, which their providers have to know. */
  readonly callback?: string
  /** Of `ThirdParty`: which of a provider's clients, where there are several. */
  readonly clientType?: string
}

/** The person's own login methods; nothing of a request's body gets here. */
async function loginMethodsOf({ supertokens }: SupertokensRecipes, subject: string) {
  return (await supertokens.getUser(subject))?.loginMethods ?? []
}
type LoginMethod = Awaited<ReturnType<typeof loginMethodsOf>>[number]

/** A provider that is down takes no other method with it. */
async function toUsable(
  recipes: SupertokensRecipes,
  login: LoginMethod,
  tenant: string,
): Promise<VerificationMethod | null> {
  try {
    return await toMethod(recipes, login, tenant)
  } catch (error) {
    console.error(`react-step-up: a method (${login.recipeId}) cannot be offered now.`, error)
    return null
  }
}

async function toMethod(
  { EmailPassword, Passwordless, ThirdParty, clientType }: SupertokensRecipes,
  { recipeId, recipeUserId, email, phoneNumber, thirdParty }: LoginMethod,
  tenant: string,
): Promise<VerificationMethod | null> {
  if (recipeId === 'emailpassword' && EmailPassword) return { type: 'password', id: 'password' }
  const destination = email ?? phoneNumber
  if (recipeId === 'passwordless' && Passwordless && destination !== undefined) {
    const channel = email === undefined ? 'sms' : 'email'
    return { type: 'code', id: recipeUserId.getAsString(), channel, destination }
  }
  if (recipeId !== 'thirdparty' || !ThirdParty || !thirdParty) return null
  const { id } = thirdParty
  const provider = await ThirdParty.getProvider(tenant, id, clientType)
  // What SAML answers here does not tell when somebody was asked.
  if (provider?.type !== 'oauth2') return null
  return { type: 'redirect', id, label: provider.config.name ?? id }
}

/** How a person has signed in to this tenant before, and so how they can confirm there. */
export async function methodsOf(
  recipes: SupertokensRecipes,
  subject: string,
  tenant: string,
): Promise<readonly VerificationMethod[]> {
  const logins = await loginMethodsOf(recipes, subject)
  const here = logins.filter(({ tenantIds }) => tenantIds.includes(tenant))
  const methods = await Promise.all(here.map((login) => toUsable(recipes, login, tenant)))
  // Several addresses may have a password each: one form asks for any of them.
  return [...new Map(methods.flatMap((method) => (method ? [[method.id, method]] : []))).values()]
}

/** The tenant of a request's session. */
type TenantOf = (request: Request) => Promise<string>

export function passwordBy(recipes: SupertokensRecipes, tenantOf: TenantOf): PasswordVerification {
  return {
    async verify({ authentication, request, password }) {
      const tenant = await tenantOf(request)
      for (const login of await loginMethodsOf(recipes, authentication.subject)) {
        const { email, recipeId, tenantIds } = login
        if (recipeId !== 'emailpassword' || email === undefined) continue
        if (!tenantIds.includes(tenant)) continue
        const found = await recipes.EmailPassword?.verifyCredentials(tenant, email, password)
        if (found?.status === 'OK') return true
      }
      return false
    },
  }
}

/** What a code is checked by, beside what is typed. */
interface Device {
  readonly preAuthSessionId: string
  readonly deviceId: string
}

export function codesBy(
  Passwordless: NonNullable<SupertokensRecipes['Passwordless']>,
  tenantOf: TenantOf,
): CodeService {
  return {
    async send({ method: { channel, destination = '' }, request }) {
      const tenantId = await tenantOf(request)
      const bySms = channel === 'sms'
      const to = bySms ? { phoneNumber: destination } : { email: destination }
      const made = await Passwordless.createCode({ ...to, tenantId })
      const { preAuthSessionId, deviceId, userInputCode, codeLifetime } = made
      const message = {
        type: 'PASSWORDLESS_LOGIN' as const,
        ...{ isFirstFactor: false, userInputCode, codeLifetime, preAuthSessionId, tenantId },
      }
      await (bySms
        ? Passwordless.sendSms({ ...message, phoneNumber: destination })
        : Passwordless.sendEmail({ ...message, email: destination }))
      const device: Device = { preAuthSessionId, deviceId }
      return { ticket: JSON.stringify(device), expiresIn: Math.floor(codeLifetime / 1000) }
    },
    async check({ ticket, code, request }) {
      const tenantId = await tenantOf(request)
      const device = JSON.parse(ticket) as Device
      const { status } = await Passwordless.checkCode({ ...device, userInputCode: code, tenantId })
      if (status === 'INCORRECT_USER_INPUT_CODE_ERROR') return false
      if (status !== 'OK') return 'expired'
      // A check leaves the code as it was, and this one has had its use.
      const { preAuthSessionId } = device
      await Passwordless.revokeCode({ preAuthSessionId, tenantId })
      return true
    },
  }
}

export function tripsBy(recipes: SupertokensRecipes, tenantOf: TenantOf): TripVerification {
  const { callback: redirectURIOnProviderDashboard = '', clientType, ThirdParty } = recipes
  async function providerOf({ request }: Pick<Attempt, 'request'>, id: string) {
    const tenantId = await tenantOf(request)
    const provider = await ThirdParty?.getProvider(tenantId, id, clientType)
    if (provider?.type !== 'oauth2') throw new Refused('no_method')
    return { tenantId, provider }
  }
  /** As what this person is known there, in this tenant. */
  async function knownAs({ authentication }: Attempt, id: string, tenantId: string) {
    const logins = await loginMethodsOf(recipes, authentication.subject)
    return logins.filter(
      ({ tenantIds, thirdParty }) => thirdParty?.id === id && tenantIds.includes(tenantId),
    )
  }
  return {
    async leave({ method: { id }, state, maxAge, prompt, ...attempt }) {
      const { tenantId, provider } = await providerOf(attempt, id)
      const place = { tenantId, redirectURIOnProviderDashboard }
      const { urlWithQueryParams, pkceCodeVerifier = '' } =
        await provider.getAuthorisationRedirectURL(place)
      const url = new URL(urlWithQueryParams)
      const [login] = await knownAs(attempt, id, tenantId)
      const asked = { state, max_age: maxAge?.toString(), prompt, login_hint: login?.email }
      for (const [name, value] of Object.entries(asked)) {
        if (value !== undefined) url.searchParams.set(name, value)
      }
      return { url: url.href, kept: pkceCodeVerifier }
    },
    async arrive({ method: { id }, kept, answer, ...attempt }) {
      const { tenantId, provider } = await providerOf(attempt, id)
      const oAuthTokens: unknown = await provider.exchangeAuthCodeForOAuthTokens({
        tenantId,
        redirectURIInfo: {
          redirectURIOnProviderDashboard,
          redirectURIQueryParams: answer,
          ...(kept !== '' && { pkceCodeVerifier: kept }),
        },
      })
      const info = await provider.getUserInfo({ tenantId, oAuthTokens })
      const logins = await knownAs(attempt, id, tenantId)
      const isMine = logins.some(({ thirdParty }) => thirdParty?.userId === info.thirdPartyUserId)
      if (!isMine) return null
      // Of the ID token alone, whose signature supertokens-node has verified.
      const time: unknown = info.rawUserInfoFromProvider.fromIdTokenPayload?.['auth_time']
      return typeof time === 'number' ? { authTime: time } : {}
    },
  }
}
