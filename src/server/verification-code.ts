import { base64url } from 'jose'

const HMAC = { name: 'HMAC', hash: 'SHA-256' }
const bytesOf = (text: string) => new TextEncoder().encode(text)
const encode = (bytes: ArrayBuffer) => base64url.encode(new Uint8Array(bytes))
const decode = (text: string) => new Uint8Array(base64url.decode(text))
const hmacKey = (secret: Uint8Array<ArrayBuffer>, usage: KeyUsage) =>
  crypto.subtle.importKey('raw', secret, HMAC, false, [usage])

/** A code as it is kept: whoever reads it cannot tell the code. */
export interface HiddenCode {
  readonly secret: string
  readonly mac: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** Every code as likely as any other: a digit that would tip the scale is drawn again. */
export function randomDigits(length: number): string {
  let digits = ''
  while (digits.length < length) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < 250) digits += String(byte % 10)
  }
  return digits
}

/** @param purpose what the code is good for, and nothing else */
export async function hide(code: string, purpose: string, expiresAt: number): Promise<HiddenCode> {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const mac = await crypto.subtle.sign(HMAC, await hmacKey(secret, 'sign'), bytesOf(purpose + code))
  return { secret: encode(secret.buffer), mac: encode(mac), expiresAt }
}

/** In constant time, as every `verify` of Web Cryptography. */
export async function isCode(
  typed: string,
  purpose: string,
  { secret, mac }: HiddenCode,
): Promise<boolean> {
  const key = await hmacKey(decode(secret), 'verify')
  return crypto.subtle.verify(HMAC, key, decode(mac), bytesOf(purpose + typed))
}
