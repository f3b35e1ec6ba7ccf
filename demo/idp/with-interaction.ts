import type OidcProvider from 'oidc-provider'
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider'
import type { Html } from './html.js'
import type { Screens } from './screens.js'

export type Handler = (ctx: KoaContextWithOIDC) => Promise<void>
export type Interaction = Awaited<ReturnType<OidcProvider['interactionDetails']>>

/** What becomes of a request: a page, another address, or the end of the interaction. */
export type Outcome =
  { readonly page: Html } | { readonly leaveTo: string } | { readonly result: InteractionResults }

/** Finds the interaction that a request is for, and carries out what is decided about it. */
export function withInteraction(
  { provider, screens }: { readonly provider: OidcProvider; readonly screens: Screens },
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

export function redirect(ctx: KoaContextWithOIDC, address: string): void {
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
