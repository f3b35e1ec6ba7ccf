import type { Authentication } from '../core/authentication.js'
import { defined } from '../core/defined.js'
import { isObject } from '../core/storable.js'
import { authenticationFromClaims } from '../core/claims.js'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * Who is signed in, as strictly read as the claims of a token: what has another type is not there.
 *
 * @throws TypeError where somebody is signed in and nobody can tell who.
 */
export async function readSession<Request>(
  authenticate: (request: Request) => unknown,
  request: Request,
): Promise<Authentication | null> {
  const found: unknown = await authenticate(request)
  if (found === null) return null
  if (!isObject(found) || text(found.issuer) === undefined || text(found.subject) === undefined) {
    const gave = isObject(found) ? 'an object without them' : typeof found
    throw new TypeError(
      `\`authenticate\` must give { issuer, subject, … } with two texts, or null where nobody is signed in. It gave ${gave}.`,
    )
  }
  const { account } = found
  const named = isObject(account)
    ? defined({ name: text(account.name), loginHint: text(account.loginHint) })
    : undefined
  return defined({
    ...authenticationFromClaims({
      iss: found.issuer,
      sub: found.subject,
      sid: found.sessionId,
      auth_time: found.authTime,
      iat: found.issuedAt,
      acr: found.acr,
      amr: found.amr,
    }),
    account: named,
    // Whatever is not a plain "no" might be a "yes".
    impersonated: Boolean(found.impersonated) || undefined,
  })
}
