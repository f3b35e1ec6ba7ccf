import { createHash } from 'node:crypto'
import type { createAuthenticator } from '../server/authenticator.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest()
/** CBOR (RFC 8949): a short text. */
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), bytes(value)])
const bytes = (value: string) => Buffer.from(value, 'utf8')

/** A new passkey's answer to a challenge, without an attestation (WebAuthn Level 3, 6.5.4 and 8.7). */
export function attest(
  { credential }: ReturnType<typeof createAuthenticator>,
  { challenge, origin, verified = true }: { challenge: string; origin: string; verified?: boolean },
) {
  const id = Buffer.from(credential.id, 'base64url')
  const data = Buffer.concat([
    sha256(new URL(origin).hostname),
    // Present, perhaps verified, and with a credential inside; a counter of 0; no make.
    Buffer.from([verified ? 0x45 : 0x41, ...Array<number>(4 + 16).fill(0), 0, id.length]),
    ...[id, Buffer.from(credential.publicKey)],
  ])
  const attestation = Buffer.concat([
    ...[Buffer.from([0xa3]), text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])],
    ...[text('authData'), Buffer.from([0x58, data.length]), data],
  ])
  const client = JSON.stringify({ type: 'webauthn.create', challenge, origin, crossOrigin: false })
  return {
    ...{ id: credential.id, rawId: credential.id, type: 'public-key', clientExtensionResults: {} },
    response: {
      clientDataJSON: bytes(client).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
    },
  }
}
