import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JSONWebKeySet } from 'jose'
import { createTestIssuer } from 'react-step-up/testing'

/** The time of every test, in seconds; the guards get it as their clock. */
export const NOW = 1_760_000_000
export const ISSUER = 'https://id.example'
export const AUDIENCE = 'https://api.example'

export type Claims = Readonly<Record<string, unknown>>

/** The claims of an access token as RFC 9068 has them, of a person who signed in a minute ago. */
export const claims: Claims = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'alice',
  client_id: 'console',
  jti: 'token-1',
  sid: 'session-1',
  iat: NOW - 10,
  exp: NOW + 600,
  auth_time: NOW - 60,
  acr: 'pwd',
  amr: ['pwd'],
}

export interface Signer {
  readonly jwks: JSONWebKeySet
  /** Signs `claims` with the changes given; a claim of `undefined` is left out. */
  sign(changes?: Claims, header?: Record<string, string>): Promise<string>
}

export async function createSigner(alg = 'ES256', kid = 'key-1'): Promise<Signer> {
  const { jwks, signToken } = await createTestIssuer({ alg, kid })
  return { jwks, sign: (changes, header) => signToken({ ...claims, ...changes }, header) }
}

export const bearer = (token: string): Request =>
  new Request('https://api.example/', { headers: { Authorization: `Bearer ${token}` } })

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export interface Provider {
  readonly issuer: string
  /** The path of every request so far. */
  readonly requests: string[]
  /** What the next requests get instead of the truth: `status`, other `metadata`, or silence. */
  fault: { status?: number; metadata?: object; silent?: boolean } | null
  jwks: JSONWebKeySet
  close(): void
}

/** An issuer on loopback that serves its metadata and its keys. */
export async function startProvider(jwks: JSONWebKeySet): Promise<Provider> {
  const server = createServer((req, res) => {
    const path = req.url ?? ''
    provider.requests.push(path)
    const { issuer, fault } = provider
    if (fault?.silent) return
    if (path.startsWith('/.well-known/')) res.statusCode = fault?.status ?? 200
    res.setHeader('Location', '/elsewhere')
    res.setHeader('Content-Type', 'application/json')
    const metadata = { issuer, jwks_uri: `${issuer}/jwks`, ...fault?.metadata }
    res.end(JSON.stringify(path === '/jwks' ? provider.jwks : metadata))
  })
  const provider: Provider = {
    issuer: await listen(server),
    requests: [],
    fault: null,
    jwks,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return provider
}
