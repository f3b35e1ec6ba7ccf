import type { IncomingMessage } from 'node:http'

const limit = 16 * 1024

/** The body as text; a body larger than any of our forms is refused rather than held in memory. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit)
      throw Object.assign(new Error('Request body too large'), { status: 413, expose: true })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
