import { base64url } from 'jose'

/**
 * A key for a store: of one length whatever it is made from, and nobody's session can be read from it.
 * What is kept under it is good for nothing but a step-up.
 */
export async function keyOf(kind: string, ...parts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return `step-up:${kind}:${base64url.encode(new Uint8Array(digest))}`
}
