import { base64url } from 'jose'
import { defined } from '../core/defined.js'
import { maskDestination } from '../core/destination.js'
import { Refused } from './verification-answer.js'
import { keyOf } from './verification-keys.js'
import type { CheckedVerification, CodeDelivery } from './verification-options.js'
import type { Session } from './verification-session.js'

const HMAC = { name: 'HMAC', hash: 'SHA-256' }
const bytesOf = (text: string) => new TextEncoder().encode(text)
const hmacKey = (secret: Uint8Array<ArrayBuffer>, usage: KeyUsage) =>
  crypto.subtle.importKey('raw', secret, HMAC, false, [usage])

/** Every code as likely as any other: a digit that would tip the scale is drawn again. */
export function randomDigits(length: number): string {
  let digits = ''
  while (digits.length < length) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < 250) digits += String(byte % 10)
  }
  return digits
}

interface StoredCode {
  readonly secret: string
  readonly mac: string
  readonly expiresAt: number
}

/** Codes of one session, person and method: one is good at a time, once, for a while. */
export function createCodes(options: CheckedVerification) {
  const { attempts, code: verification, codes, now, store } = options
  const { expiresIn, length, resendIn } = codes

  const keyFor = (kind: string, { binding }: Session, { id }: CodeDelivery['method']) =>
    keyOf(kind, ...binding, id)
  const read = async (key: string) => {
    const text = await store.get(key)
    return text === null ? null : { text, ...(JSON.parse(text) as StoredCode) }
  }

  async function issue(key: string): Promise<string> {
    const code = randomDigits(length)
    const secret = crypto.getRandomValues(new Uint8Array(32))
    const message = bytesOf(key + code)
    const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret, 'sign'), message)
    const stored: StoredCode = {
      secret: base64url.encode(secret),
      mac: base64url.encode(new Uint8Array(mac)),
      expiresAt: now() + expiresIn,
    }
    // It outlives its use, so that who is late hears "expired" and not "wrong".
    await store.set(key, JSON.stringify(stored), 2 * expiresIn)
    return code
  }

  return {
    /** Sends a code; where one was sent a moment ago, that one stands, and nothing is sent. */
    async send(session: Session, method: CodeDelivery['method']): Promise<object> {
      if (!verification || method.channel === 'totp') throw new Refused('no_method')
      const { authentication } = session
      const key = await keyFor('code', session, method)
      const sendKey = await keyFor('send', session, method)
      const { destination } = method
      const sent = {
        destination: destination === undefined ? undefined : maskDestination(destination),
        expiresIn,
        resendIn,
      }
      const { count, endsIn } = await attempts.count(sendKey, resendIn)
      if (!(count <= 1)) {
        const left = ((await read(key))?.expiresAt ?? now() + expiresIn) - now()
        return defined({
          ...sent,
          expiresIn: Math.max(0, Math.floor(left)),
          resendIn: Math.max(1, Math.ceil(endsIn)),
        })
      }
      try {
        const code = await issue(key)
        await verification.deliver({ authentication, code, method, expiresIn })
      } catch (error) {
        await attempts.forget(sendKey)
        throw error
      }
      return defined(sent)
    },

    /** Spends it where it is right. @throws Refused for one that has expired */
    async verify(session: Session, method: CodeDelivery['method'], typed: string) {
      const key = await keyFor('code', session, method)
      const stored = await read(key)
      if (!stored) return false
      if (now() >= stored.expiresAt) throw new Refused('code_expired')
      const secret = await hmacKey(new Uint8Array(base64url.decode(stored.secret)), 'verify')
      const mac = new Uint8Array(base64url.decode(stored.mac))
      // In constant time, as every `verify` of Web Cryptography.
      const right = await crypto.subtle.verify('HMAC', secret, mac, bytesOf(key + typed))
      if (!right || !(await store.take(key, stored.text))) return false
      await attempts.forget(await keyFor('send', session, method))
      return true
    },
  }
}
