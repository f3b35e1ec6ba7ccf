import { createHash } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'

/** Milliseconds for a call to the identity provider. */
const patience = 10_000
/** Seconds by which its clock may differ from ours. */
export const clockTolerance = 5

export interface Registration {
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
}

/** What one trip takes along and must find again. */
export interface Secrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

interface Metadata {
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly keys: JWTVerifyGetKey
}

/** The answer is not one that this trip may rest on; anything else that is thrown may pass. */
export class UnverifiedError extends Error {}

/** A client of another OpenID provider: authorization code, PKCE, and a verified ID token. */
export class RelyingParty {
  readonly registration: Registration
  #metadata: Promise<Metadata> | undefined

  constructor(registration: Registration) {
    this.registration = registration
  }

  async authorizationUrl(
    { state, nonce, verifier }: Secrets,
    params: Readonly<Record<string, string>>,
  ): Promise<URL> {
    const { clientId, redirectUri } = this.registration
    const url = new URL((await this.#read()).authorizationEndpoint)
    url.search = new URLSearchParams({
      ...params,
      ...{ client_id: clientId, redirect_uri: redirectUri, response_type: 'code' },
      ...{ scope: 'openid email', state, nonce },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString()
    return url
  }

  /** Spends the code. The claims are those of an ID token verified by OpenID Connect Core 3.1.3.7. */
  async redeem(code: string, { nonce, verifier }: Omit<Secrets, 'state'>): Promise<JWTPayload> {
    const { issuer, clientId, redirectUri } = this.registration
    const { tokenEndpoint, keys } = await this.#read()
    const response = await fetch(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, client_id: clientId },
        ...{ redirect_uri: redirectUri, code_verifier: verifier },
      }),
      signal: AbortSignal.timeout(patience),
    })
    const { id_token: token } = (await response.json()) as { id_token?: unknown }
    if (typeof token !== 'string') throw new UnverifiedError('no_id_token')
    const { payload } = await jwtVerify(token, keys, {
      ...{ issuer, audience: clientId, clockTolerance },
      algorithms: ['ES256'],
      requiredClaims: ['sub', 'exp', 'iat'],
    })
    if (payload.nonce !== nonce) throw new UnverifiedError('nonce')
    // A token for others too would need an `azp`; nobody issues such a one to us.
    if (Array.isArray(payload.aud) && payload.aud.length > 1) throw new UnverifiedError('aud')
    return payload
  }

  #read(): Promise<Metadata> {
    this.#metadata ??= discover(this.registration.issuer).catch((error: unknown) => {
      this.#metadata = undefined
      throw error
    })
    return this.#metadata
  }
}

async function discover(issuer: string): Promise<Metadata> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(patience),
  })
  const metadata = (await response.json()) as Readonly<Record<string, unknown>>
  if (metadata.issuer !== issuer) throw new Error(`${issuer} describes another issuer`)
  return {
    authorizationEndpoint: String(metadata.authorization_endpoint),
    tokenEndpoint: String(metadata.token_endpoint),
    keys: createRemoteJWKSet(new URL(String(metadata.jwks_uri))),
  }
}
