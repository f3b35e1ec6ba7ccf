import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { WebAuthnCredential } from '@simplewebauthn/server'

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const base64url = (data: string | Uint8Array) => Buffer.from(data).toString('base64url')

export interface Ceremony {
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
  /** The person has shown themselves, and not only touched it. */
  readonly verified: boolean
  readonly type: string
  readonly counter: number
}

/** An authenticator in software: one P-256 key, and assertions as WebAuthn Level 3, 7.2 has them. */
export function createAuthenticator() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = base64url(randomBytes(16))
  let counter = 0
  /** COSE (RFC 9053): EC2, ES256, P-256, x, y. */
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
  const credential: WebAuthnCredential = { id, publicKey: new Uint8Array(cose), counter: 0 }
  return {
    credential,
    assert(changes: Pick<Ceremony, 'challenge'> & Partial<Ceremony>) {
      const ceremony: Ceremony = {
        origin: 'https://app.example',
        rpId: 'app.example',
        verified: true,
        type: 'webauthn.get',
        counter: ++counter,
        ...changes,
      }
      const { type, challenge, origin } = ceremony
      const clientData = JSON.stringify({ type, challenge, origin, crossOrigin: false })
      const count = Buffer.alloc(4)
      count.writeUInt32BE(ceremony.counter)
      const flags = Buffer.from([ceremony.verified ? 0x05 : 0x01])
      const data = Buffer.concat([sha256(ceremony.rpId), flags, count])
      const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey)
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        authenticatorAttachment: 'platform',
        response: {
          authenticatorData: base64url(data),
          clientDataJSON: base64url(clientData),
          signature: base64url(signature),
        },
      }
    },
  }
}
