import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

export type Signer = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']

/** An identity provider that answers with whatever ID token the test has made. */
export async function startCompany() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: '1', alg: 'ES256', use: 'sig' }
  let answer: { status: number; body: unknown } = { status: 500, body: {} }
  let named: string | undefined
  const requests: URLSearchParams[] = []

  const server = createServer((request, response) => {
    const send = (body: unknown, status = 200) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/jwks') return send({ keys: [jwk] })
    if (request.url !== '/token') {
      const [authorization_endpoint, token_endpoint] = [`${issuer}/auth`, `${issuer}/token`]
      const endpoints = { authorization_endpoint, token_endpoint, jwks_uri: `${issuer}/jwks` }
      return send({ issuer: named ?? issuer, ...endpoints })
    }
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    return request.on('end', () => {
      requests.push(new URLSearchParams(body))
      send(answer.body, answer.status)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const issuer = `http://localhost:${String((server.address() as AddressInfo).port)}`
  return {
    issuer,
    requests,
    callItself: (name: string | undefined) => (named = name),
    answerWith: (body: unknown, status = 200) => (answer = { status, body }),
    sign: (claims: JWTPayload, key: Signer | Uint8Array = privateKey, alg = 'ES256') =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: '1' }).sign(key),
    close: () => server.close(),
  }
}
