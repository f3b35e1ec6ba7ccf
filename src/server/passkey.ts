import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialHint,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import type { Authentication } from '../core/authentication.js'
import type { PasskeyVerification } from './verification-options.js'

/** Options of `passkeys`. */
export interface PasskeyOptions {
  /** The domain that the passkeys were made for, as `acme.example`. */
  readonly rpId: string
  /** Where the page is served from, as `https://app.acme.example`; one, or several. */
  readonly origin: string | readonly string[]
  /** The person's passkeys, as they were registered; none: passkeys are not offered. */
  readonly credentialsOf: (
    authentication: Authentication,
  ) => readonly WebAuthnCredential[] | Promise<readonly WebAuthnCredential[]>
  /** Writes `counter` to the credential, so that a copy of its authenticator is found out. Awaited. */
  readonly onUsed: (credential: WebAuthnCredential, counter: number) => unknown
}

// The authenticator of this machine first (WebAuthn Level 3, 5.8.7).
const HINTS: PublicKeyCredentialHint[] = ['client-device', 'hybrid', 'security-key']

/**
 * The passkeys of `createVerificationHandler`, checked by @simplewebauthn/server. The person must show
 * themselves to the authenticator (user verification): to hold the device is not enough.
 *
 * @example
 * createVerificationHandler({
 *   passkey: passkeys({
 *     rpId: 'acme.example',
 *     origin: 'https://app.acme.example',
 *     credentialsOf: ({ subject }) => db.passkeys.of(subject),
 *     onUsed: ({ id }, counter) => db.passkeys.update(id, { counter }),
 *   }),
 *   …
 * })
 */
export function passkeys(options: PasskeyOptions): PasskeyVerification {
  const { rpId, origin, credentialsOf, onUsed } = options
  return {
    has: async (authentication) => (await credentialsOf(authentication)).length > 0,

    async options(authentication) {
      const credentials = await credentialsOf(authentication)
      const request = await generateAuthenticationOptions({
        rpID: rpId,
        userVerification: 'required',
        allowCredentials: credentials.map(({ id, transports }) => ({
          id,
          ...(transports && { transports }),
        })),
      })
      return { ...request, hints: HINTS }
    },

    async verify({ authentication, response, challenge }) {
      const credentials = await credentialsOf(authentication)
      const id = (response as { id?: unknown } | null | undefined)?.id
      const credential = credentials.find((candidate) => candidate.id === id)
      if (!credential) return false
      const result = await verifyAuthenticationResponse({
        response: response as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: typeof origin === 'string' ? origin : [...origin],
        expectedRPID: rpId,
        requireUserVerification: true,
        credential,
        // It throws for whatever is wrong with the answer; there is no outage it could have.
      }).catch(() => null)
      if (!result?.verified) return false
      await onUsed(credential, result.authenticationInfo.newCounter)
      return true
    },
  }
}
