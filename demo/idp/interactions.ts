import type OidcProvider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { arrive } from './arrivals.js'
import { readBody } from './request-body.js'
import { show, take, type Interaction, type Means, type Outcome } from './steps.js'

type Handler = (ctx: KoaContextWithOIDC) => Promise<void>

/** Shows the sign-in page of an authorization request, and takes what is entered there. */
export function signInPages(means: Means): Handler {
  return withInteraction(means, async (interaction, ctx) => {
    const another = ctx.query.account === 'another'
    if (ctx.method !== 'POST') return { page: show(means, interaction, another) }
    return take(means, interaction, new URLSearchParams(await readBody(ctx.req)), another)
  })
}

/** Takes in the answer of the company's own provider, in the browser that began the trip. */
export function ssoAnswers(means: Means): Handler {
  return withInteraction(means, (interaction, ctx) =>
    arrive(means, interaction, ctx.URL.searchParams),
  )
}

/**
 * The one address that the company's provider sends people back to. Which interaction it is for
 * only the state knows; whether this browser began it, the cookie that has the interaction's path.
 */
export function ssoCallback({ federation, screens }: Means) {
  return (ctx: KoaContextWithOIDC): void => {
    const uid = federation.interactionOf(ctx.URL.searchParams)
    if (uid === undefined) screens.expired(ctx)
    else redirect(ctx, `/interaction/${uid}/sso${ctx.search}`)
  }
}

function withInteraction(
  { provider, screens }: Means,
  decide: (interaction: Interaction, ctx: KoaContextWithOIDC) => Promise<Outcome | undefined>,
): Handler {
  return async (ctx) => {
    const interaction = await findInteraction(provider, ctx)
    const outcome = interaction && (await decide(interaction, ctx))
    if (outcome === undefined) screens.expired(ctx)
    else if ('page' in outcome) screens.show(ctx, outcome.page)
    else if ('leaveTo' in outcome) redirect(ctx, outcome.leaveTo)
    else redirect(ctx, await provider.interactionResult(ctx.req, ctx.res, outcome.result, fresh))
  }
}

const fresh = { mergeWithLastSubmission: false }

function redirect(ctx: KoaContextWithOIDC, address: string): void {
  ctx.set('Cache-Control', 'no-store')
  ctx.redirect(address)
  ctx.status = 303
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
