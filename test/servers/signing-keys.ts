import { exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose'

/** One for all stand-ins of a process: making one takes longer than most tests. */
let keyPair: ReturnType<typeof generateKeyPair> | undefined

/** What a stand-in signs its tokens with, and what it publishes of it. */
export async function signingKeys(kid: string) {
  const { publicKey, privateKey } = await (keyPair ??= generateKeyPair('RS256'))
  const key = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }
  const jwks: JSONWebKeySet = { keys: [key] }
  return { privateKey, jwks }
}
