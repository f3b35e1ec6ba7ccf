// Passkeys at the Descope of test/servers/descope.ts, really verified.
import { randomUUID } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import type { LoginOptions } from './descope-sessions.js'

interface Begun {
  readonly userId: string
  readonly challenge: string
  readonly options: LoginOptions
}

/** `response` comes as the SDK writes it, without the results of extensions. */
const parse = (response: string) => ({
  ...(JSON.parse(response) as object),
  clientExtensionResults: {},
})

export function createPasskeys(origin: string) {
  const rpID = new URL(origin).hostname
  const credentials = new Map<string, WebAuthnCredential[]>()
  const begun = new Map<string, Begun>()

  function begin(userId: string, publicKey: { challenge: string }, options: LoginOptions) {
    const transactionId = randomUUID()
    begun.set(transactionId, { userId, challenge: publicKey.challenge, options })
    return { transactionId, options: JSON.stringify({ publicKey }), create: false }
  }

  function take(transactionId: string): Begun | undefined {
    const found = begun.get(transactionId)
    begun.delete(transactionId)
    return found
  }

  return {
    clear(): void {
      credentials.clear()
    },
    async startAdding(userId: string, name: string) {
      const publicKey = await generateRegistrationOptions({
        ...{ rpName: 'Acme Console', rpID, userName: name },
        userID: new TextEncoder().encode(userId),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      })
      return begin(userId, publicKey, {})
    },
    async finishAdding(transactionId: string, response: string): Promise<boolean> {
      const found = take(transactionId)
      if (!found) return false
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: parse(response) as RegistrationResponseJSON,
        expectedChallenge: found.challenge,
        ...{ expectedOrigin: origin, expectedRPID: rpID },
      })
      if (!verified) return false
      const known = credentials.get(found.userId) ?? []
      credentials.set(found.userId, [...known, registrationInfo.credential])
      return true
    },
    async startProving(userId: string, options: LoginOptions) {
      const allowCredentials = (credentials.get(userId) ?? []).map(({ id }) => ({ id }))
      const publicKey = await generateAuthenticationOptions({
        ...{ rpID, allowCredentials, userVerification: 'required' },
      })
      return begin(userId, publicKey, options)
    },
    /** Who has proved it, and what for. */
    async finishProving(transactionId: string, text: string): Promise<Begun | undefined> {
      const found = take(transactionId)
      const response = parse(text) as AuthenticationResponseJSON
      const credential = credentials.get(found?.userId ?? '')?.find(({ id }) => id === response.id)
      if (!found || !credential) return undefined
      const { verified } = await verifyAuthenticationResponse({
        ...{ response, credential, expectedOrigin: origin, expectedRPID: rpID },
        expectedChallenge: found.challenge,
      })
      return verified ? found : undefined
    },
  }
}
