import { Refused } from './verification-answer.js'

/** Bytes: a passkey's answer needs a few thousand. */
const LARGEST = 16_384

/**
 * Only a page of the app may confirm: a form of another site cannot send JSON, and the browser tells
 * whose page it is (Fetch Metadata; where it does not, `Origin`, RFC 6454 7).
 *
 * @throws Refused
 */
export function checkSource({ headers, url }: Request, origins: readonly string[]): void {
  const json = /^application\/json[ \t]*(;|$)/i.test(headers.get('Content-Type') ?? '')
  const site = headers.get('Sec-Fetch-Site')
  const origin = headers.get('Origin')
  const own =
    site === 'same-origin' ||
    (origin !== null && site === null && origin === new URL(url).origin) ||
    (origin !== null && origins.includes(origin))
  if (!json || !own) throw new Refused('forbidden')
}

async function readBytes({ body }: Request): Promise<Uint8Array> {
  const bytes = new Uint8Array(LARGEST)
  let length = 0
  const reader = body?.getReader()
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) return bytes.subarray(0, length)
    if (length + chunk.value.length > LARGEST) {
      // Whoever sends it need not be waited for.
      void reader?.cancel().catch(() => undefined)
      throw new Refused('too_large')
    }
    bytes.set(chunk.value, length)
    length += chunk.value.length
  }
}

/** A JSON object, of which only members of its own are read. */
export type Body = (name: string) => unknown

/** @throws Refused for what is too large, or no JSON object. */
export async function readBody(request: Request): Promise<Body> {
  const bytes = await readBytes(request)
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refused('bad_request')
  }
  if (typeof body !== 'object' || body === null) throw new Refused('bad_request')
  const object = body
  return (name) =>
    Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined
}

/** @throws Refused where it is no text, or an empty one. */
export function textOf(body: Body, name: string): string {
  const value = body(name)
  if (typeof value !== 'string' || value === '') throw new Refused('bad_request')
  return value
}
