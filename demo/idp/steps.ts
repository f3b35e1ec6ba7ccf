import type OidcProvider from 'oidc-provider'
import { acrOf, amrOf } from './claims.js'
import type { Codes } from './codes.js'
import type { Federation } from './federation.js'
import type { Html } from './html.js'
import { pages, type SignIn } from './pages.js'
import type { Screens } from './screens.js'
import { authenticate, findUser, findUserByEmail, type User } from './users.js'
import type { Interaction, Outcome } from './with-interaction.js'

export interface Means {
  readonly provider: OidcProvider
  readonly screens: Screens
  readonly codes: Codes
  readonly federation: Federation
}

/** Who is expected, where the session or the app says so. */
export function signInFor({ session, params }: Interaction, another = false): SignIn {
  const hint = typeof params.login_hint === 'string' ? params.login_hint : undefined
  const email = hint ?? findUser(session?.accountId)?.email ?? ''
  return another || email === '' ? { expected: false, email: '' } : { expected: true, email }
}

/** The method of who is expected, where that is known; else the page that asks who it is. */
export function show(means: Means, interaction: Interaction, another: boolean): Html {
  const { codes, federation } = means
  const request = signInFor(interaction, another)
  if (!another && codes.stepOf(interaction.uid)) return codePage(means, interaction)
  if (!request.expected) return pages.signIn(request)
  if (federation.covers(request.email)) return ssoPage(interaction, request)
  if (findUserByEmail(request.email)?.method !== 'code') return pages.signIn(request)
  codes.send(interaction.uid, request.email)
  return codePage(means, interaction)
}

/** What a submitted form comes to. */
export async function take(
  means: Means,
  interaction: Interaction,
  form: URLSearchParams,
  another: boolean,
): Promise<Outcome> {
  const { codes, federation } = means
  const email = form.get('email') ?? ''
  const retry = (error: string): Outcome => ({
    page: pages.signIn({ ...signInFor(interaction, another), email, error }),
  })
  switch (form.get('action')) {
    case 'cancel':
      return { result: { error: 'access_denied', error_description: 'The person cancelled' } }
    case 'code': {
      const user = codes.spend(interaction.uid, form.get('code') ?? '')
      if (user) return signedIn(user, 'code')
      return { page: codePage(means, interaction, 'That code is not right, or no longer valid.') }
    }
    case 'resend':
      if (codes.send(interaction.uid, email)) return { leaveTo: addressOf(interaction) }
      return { page: codePage(means, interaction, 'Please wait half a minute for a new code.') }
  }
  // A password of a company with a provider of its own is none of ours to look at.
  if (federation.covers(email)) return travel(means, interaction, email, form)
  if (form.get('action') === 'other') {
    if (!email.includes('@')) return retry('Enter your email first: it says how you sign in.')
    codes.send(interaction.uid, email)
    return { leaveTo: addressOf(interaction) }
  }
  const user = authenticate(email, form.get('password') ?? '')
  if (user) return signedIn(user, 'password')
  return retry('That email and password do not match. Please try again.')
}

async function travel(
  { federation }: Means,
  interaction: Interaction,
  email: string,
  form: URLSearchParams,
): Promise<Outcome> {
  // Where somebody else signed in there, only being asked again can change that.
  const maxAge = form.get('action') === 'again' ? 0 : maxAgeThere(interaction)
  try {
    return { leaveTo: await federation.leave(interaction.uid, email, maxAge) }
  } catch {
    return { page: ssoPage(interaction, { email, error: 'Initech SSO cannot be reached now.' }) }
  }
}

/**
 * How old a sign-in at the company may be. Who has a session here and is asked all the same is asked
 * to prove it now: a sign-in that the company had for somebody else's sake in between will not do.
 */
export function maxAgeThere({ session, prompt, params }: Interaction): number | undefined {
  if (session?.accountId !== undefined || prompt.reasons.includes('login_prompt')) return 0
  return params.max_age === undefined ? undefined : Number(params.max_age)
}

function signedIn(user: User, method: 'password' | 'code'): Outcome {
  return { result: { login: { accountId: user.id, acr: acrOf[method], amr: [...amrOf[method]] } } }
}

function codePage({ codes }: Means, interaction: Interaction, error?: string): Html {
  const { email, locked } = codes.stepOf(interaction.uid) ?? { email: '', locked: true }
  const request = signInFor(interaction)
  const expected = request.expected && request.email === email
  const text = locked ? 'Too many wrong codes. Cancel, and start again from Acme Console.' : error
  return pages.code({ expected, email, locked, error: text })
}

export function ssoPage(
  interaction: Interaction,
  { email, error }: Pick<SignIn, 'email' | 'error'>,
): Html {
  const request = signInFor(interaction)
  const expected = request.expected && request.email === email
  return pages.sso({ expected, email, error, action: addressOf(interaction) })
}

const addressOf = ({ uid }: Interaction): string => `/interaction/${uid}`
