import type { RecipeInterface } from 'supertokens-node/recipe/session'
import { checkFactors } from '../adapters/supertokens-claims.js'
import { defined } from '../core/defined.js'
import { authenticateWith, type SupertokensEvidence } from './supertokens-guard.js'
import {
  codesBy,
  methodsOf,
  passwordBy,
  tripsBy,
  type SupertokensRecipes,
} from './supertokens-methods.js'
import { Refused } from './verification-answer.js'
import type { Reauthenticated, VerificationOptions } from './verification-options.js'
import { createVerificationHandler, type VerificationHandler } from './verification.js'

export {
  createSupertokensGuard,
  type FreshAuthValidator,
  type SessionOf,
  type SupertokensEvidence,
  type SupertokensGuard,
  type SupertokensGuardOptions,
  type SupertokensSession,
} from './supertokens-guard.js'
export type { SupertokensRecipes } from './supertokens-methods.js'

/** Options of `createSupertokensVerification`. */
export interface SupertokensVerificationOptions
  extends
    SupertokensEvidence,
    SupertokensRecipes,
    Pick<
      VerificationOptions,
      'attempts' | 'attemptLimit' | 'attemptWindow' | 'store' | 'origins' | 'now'
    > {
  /** Told of a proof, once it is written into the session: what it throws is logged, and undoes nothing. */
  readonly onReauthenticated?: (event: Reauthenticated) => unknown
}

/**
 * Lets people confirm over SuperTokens' session: by the password or the code that they sign in with, or
 * at their third-party provider, which is asked with `max_age` and has to tell when it asked them. What
 * was proved is written into the access token as `auth_time`; the session and its handle stay.
 *
 * It is a `createVerificationHandler`, and belongs behind `verifySession()`. It never answers 401.
 *
 * @throws TypeError for options that could not be enforced.
 * @example
 * const verify = createSupertokensVerification({
 *   sessionOf, supertokens, EmailPassword, Passwordless,
 *   store: createMemoryVerificationStore(),
 *   attempts: createMemoryAttempts(),
 *   origins: ['https://app.example.com'],
 * })
 * app.use('/auth/step-up', verifySession(), verification(verify))
 */
export function createSupertokensVerification(
  options: SupertokensVerificationOptions,
): VerificationHandler {
  const { sessionOf, supertokens, EmailPassword, Passwordless, ThirdParty, callback } = options
  check(options)
  async function sessionIn(request: Request) {
    const session = await sessionOf(request)
    if (!session) throw new Refused('signed_out')
    return session
  }
  const tenantOf = async (request: Request) => (await sessionIn(request)).getTenantId()
  const recipes = defined({
    ...{ supertokens, EmailPassword, Passwordless, ThirdParty, callback },
    clientType: options.clientType,
  })
  const { attempts, attemptLimit, attemptWindow, store, origins, now } = options

  const handle = createVerificationHandler({
    ...defined({ attempts, attemptLimit, attemptWindow, store, origins, now }),
    authenticate: authenticateWith(options),
    methodsOf: async ({ subject }, request) => methodsOf(recipes, subject, await tenantOf(request)),
    ...(EmailPassword && { password: passwordBy(recipes, tenantOf) }),
    ...(Passwordless && { code: codesBy(Passwordless, tenantOf) }),
    ...(ThirdParty && { trip: tripsBy(recipes, tenantOf) }),
    async onReauthenticated(event) {
      const session = await sessionIn(event.request)
      await session
        .mergeIntoAccessTokenPayload({ auth_time: event.authTime })
        .catch((error: unknown) => {
          const { type } = error as { type?: unknown }
          throw type === 'UNAUTHORISED' ? new Refused('signed_out') : error
        })
      try {
        await options.onReauthenticated?.(event)
      } catch (error) {
        console.error('react-step-up: onReauthenticated failed; the proof stands.', error)
      }
    },
  })
  return async (request) => {
    const response = await handle(request)
    // A 401 has SuperTokens' page refresh its session and send the request again.
    if (response.status !== 401) return response
    return new Response(response.body, { status: 403, headers: response.headers })
  }
}

/** The functions of each recipe that cannot be done without. */
const NEEDED = {
  EmailPassword: ['verifyCredentials'],
  Passwordless: ['createCode', 'checkCode', 'revokeCode'],
  ThirdParty: ['getProvider'],
} as const

function check(options: SupertokensVerificationOptions) {
  const { sessionOf, supertokens, ThirdParty, callback, factors } = options
  const missing = (name: string, remedy: string) =>
    new TypeError(`No \`${name}\` for createSupertokensVerification: ${remedy}.`)
  if (typeof sessionOf !== 'function') {
    throw missing('sessionOf', 'pass where verifySession leaves the session of a request')
  }
  if (typeof (supertokens as { getUser?: unknown } | undefined)?.getUser !== 'function') {
    throw missing('supertokens', 'pass the default import of supertokens-node 24')
  }
  if (ThirdParty && !URL.canParse(callback ?? '')) {
    throw missing(
      'callback',
      'pass the page that providers send people back to, as a whole address',
    )
  }
  const names = Object.keys(NEEDED) as (keyof typeof NEEDED)[]
  const given = names.filter((name) => options[name] !== undefined)
  if (given.length === 0) {
    throw missing(names.join('`, `'), 'pass at least one recipe that people sign in with')
  }
  for (const name of given) {
    const recipe = options[name] as Readonly<Record<string, unknown>>
    const lost = NEEDED[name].find((own) => typeof recipe[own] !== 'function')
    if (lost === undefined) continue
    const module = `supertokens-node/recipe/${name.toLowerCase()}`
    throw missing(`${name}.${lost}`, `pass the default import of ${module}, version 24`)
  }
  checkFactors(factors)
}

/**
 * Writes `auth_time` into the sessions of people who sign in by a password or a code, which proves it at
 * that moment. Who comes from a third-party provider may have proved it long ago, and gets none.
 *
 * Sessions that your own code makes for people with a password or a code are stamped as well. Where
 * nobody has proved anything, give `accessTokenPayload: { auth_time: null }`.
 *
 * @example
 * Session.init({ override: { functions: stampSignIns(supertokens) } })
 */
export const stampSignIns =
  (
    supertokens: SupertokensRecipes['supertokens'],
    now = () => Date.now() / 1000,
  ): ((original: RecipeInterface) => RecipeInterface) =>
  (original) => ({
    ...original,
    async createNewSession(input) {
      const user = await supertokens.getUser(input.userId, input.userContext)
      const id = input.recipeUserId.getAsString()
      const login = user?.loginMethods.find(({ recipeUserId }) => recipeUserId.getAsString() === id)
      const proved = login?.recipeId === 'emailpassword' || login?.recipeId === 'passwordless'
      if (!proved) return original.createNewSession(input)
      const given = input.accessTokenPayload as object | undefined
      const accessTokenPayload = { auth_time: Math.floor(now()), ...given }
      return original.createNewSession({ ...input, accessTokenPayload })
    },
  })
