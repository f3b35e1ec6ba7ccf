import type { KoaContextWithOIDC } from 'oidc-provider'
import { arrive } from './arrivals.js'
import { readBody } from './request-body.js'
import { show, take, type Means } from './steps.js'
import { redirect, withInteraction, type Handler } from './with-interaction.js'

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
