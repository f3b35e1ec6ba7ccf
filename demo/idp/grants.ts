import type { Grant, KoaContextWithOIDC } from 'oidc-provider'

export const scope = 'openid profile email offline_access'

/**
 * Grants the console what it may have as soon as the person is known. It is Acme's own app:
 * nobody is asked for consent, and `prompt=none` never fails for the lack of it.
 */
export function grantWithoutConsent(apiAudience: string) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, provider } = ctx.oidc
    if (!client || session?.accountId === undefined) return undefined

    const existing = await provider.Grant.find(session.grantIdFor(client.clientId) ?? '')
    if (existing) return existing

    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope(scope)
    grant.addResourceScope(apiAudience, scope)
    await grant.save()
    return grant
  }
}
