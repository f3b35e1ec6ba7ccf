import type OidcProvider from 'oidc-provider'
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider'
import { passwordAcr, passwordAmr } from './claims.js'
import { pages, type SignIn } from './pages.js'
import { readBody } from './request-body.js'
import type { Screens } from './screens.js'
import { authenticate, findUser } from './users.js'

type Interaction = Awaited<ReturnType<OidcProvider['interactionDetails']>>

/** Shows the sign-in page of an authorization request, and takes what is entered there. */
export function signInPages(provider: OidcProvider, screens: Screens) {
  return async (ctx: KoaContextWithOIDC): Promise<void> => {
    const interaction = await findInteraction(provider, ctx)
    if (!interaction) {
      screens.expired(ctx)
      return
    }
    const request = signInFor(interaction, ctx.query.account === 'another')
    if (ctx.method !== 'POST') {
      screens.show(ctx, pages.signIn(request))
      return
    }
    const answer = judge(new URLSearchParams(await readBody(ctx.req)), request)
    if ('refused' in answer) {
      screens.show(ctx, pages.signIn(answer.refused))
      return
    }
    const next = await provider.interactionResult(ctx.req, ctx.res, answer.result, {
      mergeWithLastSubmission: false,
    })
    ctx.redirect(next)
    ctx.status = 303
  }
}

/** What to ask: only the password, where the session or the app says who is expected. */
export function signInFor({ session, params }: Interaction, another: boolean): SignIn {
  const hint = typeof params.login_hint === 'string' ? params.login_hint : undefined
  const email = hint ?? findUser(session?.accountId)?.email ?? ''
  return another || email === '' ? { expected: false, email: '' } : { expected: true, email }
}

/** What a submitted form comes to: a result for the provider, or the page once more. */
export function judge(
  form: URLSearchParams,
  request: SignIn,
): { result: InteractionResults } | { refused: SignIn } {
  if (form.get('action') === 'cancel') {
    return { result: { error: 'access_denied', error_description: 'The person cancelled' } }
  }
  const email = form.get('email') ?? ''
  const user = authenticate(email, form.get('password') ?? '')
  if (!user) {
    const error = 'That email and password do not match. Please try again.'
    return { refused: { ...request, email, error } }
  }
  return { result: { login: { accountId: user.id, acr: passwordAcr, amr: passwordAmr } } }
}

/** `undefined` where the page was used before, expired, or its session is gone. */
async function findInteraction(
  provider: OidcProvider,
  ctx: KoaContextWithOIDC,
): Promise<Interaction | undefined> {
  try {
    return await provider.interactionDetails(ctx.req, ctx.res)
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return undefined
    throw error
  }
}
