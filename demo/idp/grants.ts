import type { Grant, KoaContextWithOIDC } from 'oidc-provider'

/**
 * Grants a client what it may have as soon as the person is known. It is the company that trusts it:
 * nobody is asked for consent, and `prompt=none` never fails for the lack of it. `resource` is the
 * API that its access tokens are for.
 */
export function grantWithoutConsent(scope: string, resource?: string) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, provider } = ctx.oidc
    if (!client || session?.accountId === undefined) return undefined

    const existing = await provider.Grant.find(session.grantIdFor(client.clientId) ?? '')
    if (existing) return existing

    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope(scope)
    if (resource !== undefined) grant.addResourceScope(resource, scope)
    await grant.save()
    return grant
  }
}
