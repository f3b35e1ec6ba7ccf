// A real OpenID provider on loopback that does as it is told: honest, until a script says otherwise.
import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { CryptoKey, JWK } from 'jose'
import { CompactSign, decodeJwt, exportJWK, generateKeyPair } from 'jose'
import type { Fault } from './http.js'
import { bodyOf, listen, Refused, Script } from './http.js'

/** Who is at the keyboard whenever the sign-in page asks. */
export interface Person {
  readonly sub: string
  readonly name: string
  /** The levels that this person can reach. */
  readonly acrs: readonly string[]
}
export const ada: Person = { sub: 'ada', name: 'Ada Lovelace', acrs: ['pwd'] }
export const bob: Person = { sub: 'bob', name: 'Bob', acrs: ['pwd'] }

/** The provider's own session with the browser. */
export interface Session {
  readonly sub: string
  readonly name: string
  readonly authTime: number
  readonly acr: string
  readonly sid: string
}

interface Grant {
  readonly asked: URLSearchParams
  readonly session: Session
}

export interface Tokens {
  readonly access_token?: string
  readonly token_type: string
  readonly expires_in: number
  readonly id_token?: string
  readonly refresh_token?: string
}

export const AUDIENCE = 'https://api.test/'
export const CLIENT = 'console'
const LIFETIME = 36_000

export type Provider = Awaited<ReturnType<typeof startProvider>>

/** An error that goes back to the app (OAuth 2.0 4.1.2.1). */
export const refusal = (asked: URLSearchParams, error: string, description?: string) =>
  new URLSearchParams({
    error,
    ...(description !== undefined && { error_description: description }),
    state: asked.get('state') ?? '',
  })

/** @param now seconds since the epoch, by the provider's clock */
export async function startProvider(options: {
  readonly redirectUris: readonly string[]
  readonly now: () => number
}) {
  const seconds = () => Math.floor(options.now())
  const codes = new Map<string, Grant>()
  const refreshTokens = new Map<string, Grant>()
  const discovery = new Script<URLSearchParams, object>()
  const jwks = new Script<URLSearchParams, object>()
  const authorize = new Script<URLSearchParams, URLSearchParams>()
  const token = new Script<URLSearchParams, Tokens>()
  let keys: { privateKey: CryptoKey; jwk: JWK }

  async function rotateKeys(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const kid = random()
    keys = { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
  }
  await rotateKeys()

  /** @param payload text goes in as it is: JSON knows no NaN */
  const sign = (payload: object | string, typ = 'JWT'): Promise<string> =>
    new CompactSign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'ES256', kid: keys.jwk.kid ?? '', typ })
      .sign(keys.privateKey)

  function honestAuthorize(asked: URLSearchParams): URLSearchParams {
    const levels = asked.get('acr_values')?.split(' ') ?? []
    const maxAge = asked.get('max_age')
    const { session, person } = provider
    const stale = maxAge !== null && seconds() - (session?.authTime ?? 0) > Number(maxAge)
    const weak = levels.length > 0 && !levels.includes(session?.acr ?? '')
    let current = session
    if (!current || stale || maxAge === '0' || weak || asked.get('prompt') === 'login') {
      if (asked.get('prompt') === 'none') return refusal(asked, 'login_required')
      const acr = levels.find((level) => person.acrs.includes(level)) ?? 'pwd'
      const sid = session?.sub === person.sub ? session.sid : random()
      current = { sub: person.sub, name: person.name, authTime: seconds(), acr, sid }
      provider.session = current
    }
    const code = random()
    codes.set(code, { asked, session: current })
    const answer = { code, state: asked.get('state') ?? '', iss: issuer }
    return new URLSearchParams(answer)
  }

  async function tokensFor({ asked, session }: Grant, nonce: string | null): Promise<Tokens> {
    const { sub, name, authTime: auth_time, acr, sid } = session
    const iat = seconds()
    const claims = { iss: issuer, sub, auth_time, acr, sid, iat, exp: iat + LIFETIME }
    const about = { ...claims, aud: AUDIENCE, client_id: CLIENT, jti: random() }
    const access_token = await sign(about, 'at+jwt')
    const at_hash = hash(access_token).subarray(0, 16).toString('base64url')
    const own = { aud: CLIENT, name, at_hash, ...(nonce !== null && { nonce }) }
    const refresh_token = random()
    refreshTokens.set(refresh_token, { asked, session })
    const id_token = await sign({ ...claims, ...own })
    return { access_token, token_type: 'Bearer', expires_in: LIFETIME, id_token, refresh_token }
  }

  async function honestToken(asked: URLSearchParams): Promise<Tokens> {
    if (asked.get('grant_type') === 'refresh_token') {
      const grant = refreshTokens.get(asked.get('refresh_token') ?? '')
      if (!grant) throw new Refused(400, { error: 'invalid_grant' })
      return tokensFor(grant, null)
    }
    const code = asked.get('code') ?? ''
    const grant = codes.get(code)
    codes.delete(code)
    const challenge = hash(asked.get('code_verifier') ?? '').toString('base64url')
    const same = ['client_id', 'redirect_uri'].every(
      (name) => grant?.asked.get(name) === asked.get(name),
    )
    if (!grant || !same || grant.asked.get('code_challenge') !== challenge) {
      throw new Refused(400, { error: 'invalid_grant' })
    }
    return tokensFor(grant, grant.asked.get('nonce'))
  }

  async function handle(req: IncomingMessage, url: URL) {
    const query = url.searchParams
    if (req.method === 'OPTIONS') return new Response(null, { status: 204 })
    if (url.pathname === '/.well-known/openid-configuration') {
      return toResponse(await discovery.play(query, () => metadata))
    }
    if (url.pathname === '/jwks') {
      return toResponse(await jwks.play(query, () => ({ keys: [keys.jwk] })))
    }
    if (url.pathname === '/authorize') {
      provider.asked.push(query)
      const target = query.get('redirect_uri') ?? ''
      if (query.get('client_id') !== CLIENT || !options.redirectUris.includes(target)) {
        return new Response('This is no app of ours.', { status: 400 })
      }
      const answer = await authorize.play(query, honestAuthorize)
      return answer instanceof URLSearchParams
        ? redirect(`${target}?${answer.toString()}`)
        : toResponse(answer)
    }
    if (url.pathname === '/token') {
      const asked = new URLSearchParams(await bodyOf(req))
      provider.tokenRequests.push(asked)
      return toResponse(await token.play(asked, honestToken))
    }
    if (url.pathname === '/end-session') {
      provider.session = null
      const state = query.get('state')
      const back = query.get('post_logout_redirect_uri') ?? issuer
      return redirect(
        state === null ? back : `${back}?${new URLSearchParams({ state }).toString()}`,
      )
    }
    return new Response('There is nothing here.', { status: 404 })
  }

  const server = await listen(handle)
  const issuer = server.origin
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/end-session`,
    authorization_response_iss_parameter_supported: true,
  }

  const provider = {
    issuer,
    person: ada,
    session: null as Session | null,
    discovery,
    jwks,
    authorize,
    token,
    sign,
    rotateKeys,
    /** The parameters of every authorization request. */
    asked: [] as URLSearchParams[],
    /** The forms of every token request. */
    tokenRequests: [] as URLSearchParams[],
    /** How often each code was sent to the token endpoint. */
    get spent(): readonly number[] {
      const sent = provider.tokenRequests.flatMap((asked) => asked.get('code') ?? [])
      return [...new Set(sent)].map((code) => sent.filter((other) => other === code).length)
    },
    busy: server.busy,
    close: server.close,
  }
  return provider
}

const random = () => randomBytes(24).toString('base64url')
const hash = (text: string) => createHash('sha256').update(text).digest()
const redirect = (location: string) =>
  new Response(null, { status: 303, headers: { Location: location } })
const toResponse = (answer: object | Fault): Response | Fault =>
  answer instanceof Response || isFault(answer) ? answer : Response.json(answer)
const isFault = (answer: object): answer is Fault => typeof answer === 'function'

/** The tokens with other claims in the ID token, signed as ever. */
export async function reclaim(
  provider: Pick<Provider, 'sign'>,
  tokens: Tokens,
  change: Readonly<Record<string, unknown>>,
): Promise<Tokens> {
  const claims = decodeJwt(tokens.id_token ?? '')
  return { ...tokens, id_token: await provider.sign({ ...claims, ...change }) }
}
