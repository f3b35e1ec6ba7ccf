import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { bench, describe } from 'vitest'
import { createFreshAuthGuard } from 'react-step-up/server'

const issuer = 'https://id.test'
const audience = 'https://api.test'
const now = Math.floor(Date.now() / 1000)
const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
const sign = (id: number) =>
  new SignJWT({ auth_time: now, sub: 'ada', client_id: 'app', jti: String(id) })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: '1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
const key = { ...(await exportJWK(publicKey)), kid: '1', alg: 'ES256' }
const guard = createFreshAuthGuard({ issuer, audience, jwks: { keys: [key] } })
const request = (token: string) =>
  new Request(`${audience}/`, { headers: { Authorization: `Bearer ${token}` } })

const tokens = await Promise.all(Array.from({ length: 2000 }, (_, id) => sign(id)))
const next = (() => {
  let turn = 0
  return () => tokens[turn++ % tokens.length] ?? ''
})()
const seen = await sign(-1)

describe('one request at the API', () => {
  bench('jose: jwtVerify alone', async () => {
    await jwtVerify(next(), publicKey, { issuer, audience, typ: 'at+jwt' })
  })
  bench('guard: a token seen before', async () => {
    await guard(request(seen), 300)
  })
})
