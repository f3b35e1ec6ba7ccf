import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { request } from '../api.js'

export interface Passkeys {
  readonly count: number
  /** A passkey is how this person signs in, and there is none. */
  readonly missing: boolean
}

export const readPasskeys = () => request<Passkeys>('GET', '/auth/passkeys')

/** Asks the device for a new one. The server guards both steps. */
export async function addPasskey({ signal }: { signal: AbortSignal }): Promise<void> {
  const options = { signal, body: {} }
  const [{ startRegistration }, optionsJSON] = await Promise.all([
    import('@simplewebauthn/browser'),
    request<PublicKeyCredentialCreationOptionsJSON>('POST', '/auth/passkeys/options', options),
  ])
  const body = await startRegistration({ optionsJSON })
  await request('POST', '/auth/passkeys', { signal, body })
}
