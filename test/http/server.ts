import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { formatChallenge } from 'react-step-up'
import { onTestFinished } from 'vitest'

/** What a server was sent. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}
type Handler = (request: Received, response: ServerResponse, nth: number) => void

const serve = (response: ServerResponse, status: number, body: unknown, headers = {}) => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
export const ok = (response: ServerResponse, body: unknown = { ok: true }) =>
  serve(response, 200, body)

export const MIRROR = { error: 'insufficient_user_authentication', max_age: 300 }

/** `hidden`: as a page sees it through CORS. */
export const challenge = (response: ServerResponse, hidden = false) =>
  serve(
    response,
    401,
    hidden ? MIRROR : { message: 'no' },
    hidden ? {} : { 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', maxAge: 300 }) },
  )

/** A real HTTP server on a port of its own, gone when the test is. */
export async function openServer(handler: Handler) {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      received.push({ method, path, headers, body: Buffer.concat(chunks) })
      handler(received.at(-1)!, response, received.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}
